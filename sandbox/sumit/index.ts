import type { Vendor, VendorDeps } from '../vendor.ts';
import { accountsOf } from './account.ts';
import { createDocument } from './create-document.ts';
import { trouble } from './envelope.ts';
import { listDocuments, readCompany, readDocument, showFile } from './find-document.ts';

/** SUMIT (OfficeGuy), as its OpenAPI file describes it, below `/sumit` in place of `https://api.sumit.co.il`. */
export function createSumit(deps: VendorDeps): Vendor {
  return {
    name: 'sumit',
    routes: [createDocument(deps), listDocuments(deps), readDocument(deps), readCompany(), showFile(deps)],
    accountsOf,
    credentialFields: ['APIKey'],
    trouble: () => trouble,
    unknownPath: { status: 404, text: '<h1>404</h1>', headers: { 'content-type': 'text/html' } },
  };
}
