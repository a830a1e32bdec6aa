import type { InvoiceServiceFace } from '../invoice-service.ts';
import { createClient } from './client.ts';
import { CREDENTIALS } from './credentials.ts';
import type { GreenInvoiceCredentials } from './credentials.ts';
import { createGreenInvoiceService } from './documents.ts';

/** Green Invoice (Morning): its documents are the legal ones. */
export const greenInvoice: InvoiceServiceFace<GreenInvoiceCredentials> = {
  name: 'green-invoice',
  credentials: CREDENTIALS,
  issuesLegalDocuments: true,
  accountKey: ({ apiKeyId }) => apiKeyId,
  create: ({ http, credentials, mode, baseUrl }) =>
    createGreenInvoiceService(createClient({ http, key: credentials, mode, baseUrl })),
};
