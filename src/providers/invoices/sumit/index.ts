import { z } from 'zod';
import type { InvoiceServiceFace } from '../invoice-service.ts';
import { hasMixedVat } from '../vat-parts.ts';
import { createClient } from './client.ts';
import type { ApiKey } from './client.ts';
import { createSumitService } from './documents.ts';

const MIXED_VAT = {
  pointer: '#/items',
  detail:
    'must all have VAT, or none of them: documents with VAT on a part only are not sent to SUMIT. ' +
    'Create two payments: one for the items with VAT, one for the items without',
};

/** SUMIT (OfficeGuy): its documents are the legal ones. */
export const sumit: InvoiceServiceFace<ApiKey> = {
  name: 'sumit',
  credentials: z.strictObject({
    companyId: z
      .string({ error: 'companyId is missing: enter the company number that SUMIT shows beside the API key' })
      .regex(/^[1-9]\d{0,14}$/, 'companyId must be a number of 1 to 15 digits, as text'),
    apiKey: z
      .string({ error: 'apiKey is missing: enter the private API key made at SUMIT' })
      .regex(/^[\x21-\x7e]{1,200}$/, 'apiKey must be 1 to 200 visible characters, as SUMIT shows it'),
  }),
  issuesLegalDocuments: true,
  accountKey: ({ companyId }) => companyId,
  checkDocument: ({ split }) => (hasMixedVat(split) ? [MIXED_VAT] : []),
  create: ({ http, credentials, mode, baseUrl }) =>
    createSumitService(createClient({ http, key: credentials, baseUrl }), {
      // SUMIT has no sandbox host. Drafts have no number and are no legal documents.
      isDraft: mode === 'test' && baseUrl === null,
    }),
};
