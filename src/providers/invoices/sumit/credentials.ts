import { z } from 'zod';

/** The private API key of one SUMIT company. `companyId` is its number as text. */
export const CREDENTIALS = z.strictObject({
  companyId: z
    .string({ error: 'companyId is missing: enter the company number that SUMIT shows beside the API key' })
    .regex(/^[1-9]\d{0,14}$/, 'companyId must be a number of 1 to 15 digits, as text'),
  apiKey: z
    .string({ error: 'apiKey is missing: enter the private API key made at SUMIT' })
    .regex(/^[\x21-\x7e]{1,200}$/, 'apiKey must be 1 to 200 visible characters, as SUMIT shows it'),
});
export type SumitCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
