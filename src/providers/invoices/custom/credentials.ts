import { z } from 'zod';
import { customerUrlFault } from '../../../http-guard.ts';
import { isUsableSecret } from './signature.ts';

const LONGEST_URL = 2_000;

const url = z
  .string({ error: 'url is missing: enter the address that takes the documents' })
  .max(LONGEST_URL, `url must have ${LONGEST_URL} characters at most`)
  .superRefine((text, context) => {
    const fault = customerUrlFault(text);
    if (fault !== null) context.addIssue(`url ${fault}`);
  });

const secret = z
  .string({ error: 'secret is missing: enter the secret for signing documents' })
  .refine(isUsableSecret, 'secret must be "whsec_" and base64, or 8 to 200 visible characters');

/** The address that takes the documents, and the secret that signs them. */
export const CREDENTIALS = z.strictObject({ url, secret });
export type CustomCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
