import type { Vendor, VendorDeps } from '../vendor.ts';
import { accountRoutes, accountsOf } from './account.ts';
import { createDocument } from './create-document.ts';
import { documentFile } from './document-file.ts';
import { errorBody } from './errors.ts';
import { findDocuments } from './find-document.ts';

/** Green Invoice, as docs/reference/green-invoice.md describes it, below `/green-invoice` in place of `/api/v1`. */
export function createGreenInvoice(deps: VendorDeps): Vendor {
  return {
    name: 'green-invoice',
    routes: [...accountRoutes(deps), createDocument(deps), ...findDocuments(deps), documentFile(deps)],
    accountsOf,
    credentialFields: ['client_id', 'secret', 'client_secret'],
    trouble: () => errorBody({ code: 500 }),
    unknownPath: { status: 404, json: errorBody({ code: 404 }) },
  };
}
