import type { InvoiceServiceFace } from '../invoice-service.ts';
import { CREDENTIALS } from './credentials.ts';
import type { CustomCredentials } from './credentials.ts';
import { createCustomService } from './documents.ts';

/**
 * An address of the customer, for services without a public API. It copies our documents onward; ours stay the legal
 * ones.
 */
export const custom: InvoiceServiceFace<CustomCredentials> = {
  name: 'custom',
  credentials: CREDENTIALS,
  issuesLegalDocuments: false,
  callsCustomersUrl: true,
  accountKey: ({ url }) => url,
  create: ({ http, credentials }) => createCustomService(http, credentials),
};
