import { z } from 'zod';
import type { InvoiceServiceFace } from '../invoice-service.ts';
import { createClient } from './client.ts';
import type { ApiKey } from './client.ts';
import { createGreenInvoiceService } from './documents.ts';

const visible = (field: string) =>
  z
    .string({ error: `${field} is missing: enter the id and the secret of an API key made at Green Invoice` })
    .regex(/^[\x21-\x7e]{1,200}$/, `${field} must be 1 to 200 visible characters, as Green Invoice shows it`);

/** Green Invoice (Morning): its documents are the legal ones. */
export const greenInvoice: InvoiceServiceFace<ApiKey> = {
  name: 'green-invoice',
  credentials: z.strictObject({ apiKeyId: visible('apiKeyId'), apiKeySecret: visible('apiKeySecret') }),
  issuesLegalDocuments: true,
  accountKey: ({ apiKeyId }) => apiKeyId,
  create: ({ http, credentials, mode, baseUrl }) =>
    createGreenInvoiceService(createClient({ http, key: credentials, mode, baseUrl })),
};
