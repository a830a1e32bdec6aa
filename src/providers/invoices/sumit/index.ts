import type { InvoiceServiceFace } from '../invoice-service.ts';
import { hasMixedVat } from '../priced-lines.ts';
import { createClient } from './client.ts';
import { CREDENTIALS } from './credentials.ts';
import type { SumitCredentials } from './credentials.ts';
import { createSumitService } from './documents.ts';

const MIXED_VAT = {
  pointer: '#/items',
  detail:
    'must all have VAT, or none of them: documents with VAT on a part only are not sent to SUMIT. ' +
    'Create two payments: one for the items with VAT, one for the items without',
};

/** SUMIT (OfficeGuy): its documents are the legal ones. */
export const sumit: InvoiceServiceFace<SumitCredentials> = {
  name: 'sumit',
  credentials: CREDENTIALS,
  issuesLegalDocuments: true,
  accountKey: ({ companyId }) => companyId,
  checkDocument: (terms) => (hasMixedVat(terms) ? [MIXED_VAT] : []),
  create: ({ http, credentials, mode, baseUrl }) =>
    createSumitService(createClient({ http, key: credentials, baseUrl }), {
      // SUMIT has no sandbox host. Drafts have no number and are no legal documents.
      isDraft: mode === 'test' && baseUrl === null,
    }),
};
