import { randomUUID } from 'node:crypto';
import { expect } from '#jest';
import { checkInvariants } from '../../../src/db/invariants/index.ts';
import { dayAfter, dayInZone } from '../../../src/domain/calendar.ts';
import { todayInIsrael } from '../../support/today-in-israel.ts';
import type { Books } from './books.ts';
import { call, eventually, listDocuments, readDocument, readPayment } from './clinic.ts';
import type { DocumentBody, PaymentBody, TestWorkspace } from './clinic.ts';
import { record } from './manual.ts';

export type Paper = DocumentBody & { readonly documentDate: string; readonly vatRateBp: number };

/** A dealer of VAT, who gives a receipt of post-dated cheques at once and the tax invoice on their day. */
export const COMPANY = { mode: 'live', receipt: { email: false, print: 'on_demand' }, dealerType: 'company' };

/** The time zone in which it is between `hour` and `hour + 1`, from nine hours behind UTC to fourteen ahead. */
const zoneAt = (hour: number, now: Date): string => {
  const ahead = ((hour - now.getUTCHours() + 33) % 24) - 9;
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};

/**
 * Cheques that were given on `paidOn` and fall due on `dueDate`. A business at `before` still waits for 06:00 of that day, by an
 * hour or more. At `after` it has passed, and it is still the same day. So a business that moves moves time, at each hour.
 */
export function dueDateToday(now = new Date()) {
  const [before, after] = ['Etc/GMT+12', zoneAt(7, now)];
  const paidOn = dayInZone(new Date(now.getTime() - 24 * 3_600_000), after);
  return { before, after, dueDate: dayAfter(paidOn), paidOn };
}

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

/** All documents of the payment. */
export const papersOf = async (clinic: TestWorkspace, { id }: PaymentBody): Promise<Paper[]> =>
  (await listDocuments(clinic)).filter(({ paymentId }) => paymentId === id) as Paper[];

/** Cheques, or `amount` of them, that the bank did not pay. */
export const bounce = async (clinic: TestWorkspace, { id }: PaymentBody, amount?: number) => {
  const { status, json } = await call<{ status: string; documentId: string; invoiceCreditId: string | null }>(
    'POST',
    `/v1/payments/${id}/refunds`,
    {
      key: clinic.key,
      body: { reason: 'the cheque bounced', ...(amount === undefined ? {} : { amount }) },
      headers: { 'idempotency-key': randomUUID() },
    },
  );
  expect([status, json.status]).toEqual([201, 'completed']);
  return json;
};

/** The id of the workflow that waits for the due date. */
export const timerOf = (workspace: TestWorkspace, { id }: PaymentBody) => `invoice/${workspace.id}/${id}`;

/** Holds the books of these businesses against the rules of `verify-books`. */
export async function expectSoundBooks(books: Books, ...clinics: readonly TestWorkspace[]): Promise<void> {
  const { findings } = await checkInvariants(books.sql);
  const broken = findings.filter(({ byWorkspace }) => clinics.some(({ id }) => byWorkspace.has(id)));
  expect(broken.map(({ name, rows }) => [name, rows])).toEqual([]);
}
