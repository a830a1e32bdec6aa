import { custom } from './custom/index.ts';
import { greenInvoice } from './green-invoice/index.ts';
import type { InvoiceServiceFace } from './invoice-service.ts';
import { sumit } from './sumit/index.ts';

/** Every invoice service by its outside name. A new one is a folder and two lines here. */
export const invoiceServices: Readonly<Record<string, InvoiceServiceFace>> = {
  [greenInvoice.name]: greenInvoice,
  [sumit.name]: sumit,
  [custom.name]: custom,
};
