import { todayInIsrael } from '../../support/today-in-israel.ts';
import { eventually, readDocument, readPayment } from './clinic.ts';
import type { DocumentBody, PaymentBody, TestWorkspace } from './clinic.ts';
import { record } from './manual.ts';

export type Paper = DocumentBody & { readonly documentDate: string; readonly vatRateBp: number };

/** A dealer of VAT, who gives a receipt of post-dated cheques at once and the tax invoice on their day. */
export const COMPANY = { mode: 'live', receipt: { email: false, print: 'on_demand' }, dealerType: 'company' };

export const cheque = (number: string, dueDate: string) => ({
  bank: '12',
  branch: '613',
  account: '448811',
  number,
  dueDate,
});

/** Cheques of 118.00 that were given today or on `paidOn`, due on `dueDate`. */
export const cheques = (clinic: TestWorkspace, dueDate: string, more: object = {}): Promise<PaymentBody> =>
  record(clinic, {
    ...{ amount: 11_800, method: 'check', paidOn: todayInIsrael(), check: cheque('71', dueDate) },
    ...more,
  });

export const untilInvoiced = (clinic: TestWorkspace, { id }: PaymentBody): Promise<Paper> =>
  eventually(`the tax invoice of ${id}`, async () => {
    const invoice = (await readPayment(clinic, id)).taxInvoice?.documentId ?? null;
    return invoice === null ? null : ((await readDocument(clinic, invoice)) as Paper);
  });
