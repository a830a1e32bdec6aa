import { z } from 'zod';
import { customerUrlFault } from '../../../http-guard.ts';
import type { InvoiceServiceFace } from '../invoice-service.ts';
import { createCustomService } from './documents.ts';
import { isUsableSecret } from './signature.ts';

/** The address that takes the documents, and the secret that signs them. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

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

/**
 * An address of the customer, for services without a public API. It copies our documents onward; ours stay the legal
 * ones.
 */
export const custom: InvoiceServiceFace<Receiver> = {
  name: 'custom',
  credentials: z.strictObject({ url, secret }),
  issuesLegalDocuments: false,
  callsCustomersUrl: true,
  accountKey: (receiver) => receiver.url,
  create: ({ http, credentials }) => createCustomService(http, credentials),
};
