import { z } from 'zod';

const visible = (field: string) =>
  z
    .string({ error: `${field} is missing: enter the id and the secret of an API key made at Green Invoice` })
    .regex(/^[\x21-\x7e]{1,200}$/, `${field} must be 1 to 200 visible characters, as Green Invoice shows it`);

/** The API key of one Green Invoice account. */
export const CREDENTIALS = z.strictObject({
  apiKeyId: visible('apiKeyId'),
  apiKeySecret: visible('apiKeySecret'),
});
export type GreenInvoiceCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
