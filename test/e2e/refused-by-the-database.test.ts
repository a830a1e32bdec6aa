import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, openClinic, openPayment, readPayment, readTimeline, untilReview } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { creditsOf, paid } from './support/paid-payments.ts';
import { refund, untilRefund } from './support/refunds.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

/** SQLSTATE 22003: the next number of every series is larger than the column can hold. */
const useUpTheNumbers = ({ id }: Clinic) =>
  books.query('UPDATE document_counters SET last_number = 9223372036854775807 WHERE workspace_id = $1', [id]);

/** SQLSTATE 23505: the next number is taken, by a document of a payment that nobody has paid. */
async function takeTheNextNumber(clinic: Clinic): Promise<unknown> {
  const { id } = await openPayment(clinic);
  return books.query(
    `INSERT INTO tax_documents (id, workspace_id, payment_id, type, series, number, fiscal_year, document_date, currency,
       net, vat, total, rate_bp, status, content, payment_provider, payment_method)
     SELECT 'doc_taken_' || $2, workspace_id, $2, type, series, number + 1, fiscal_year, document_date, currency,
       net, vat, total, rate_bp, status, content, payment_provider, payment_method
     FROM tax_documents WHERE workspace_id = $1`,
    [clinic.id, id],
  );
}

const refusalsOf = async (clinic: Clinic, id: string): Promise<number> =>
  (await readTimeline(clinic, id)).filter(({ kind }) => kind === 'refused').length;

/** What Temporal is doing for the payment, or would try again. */
const pendingOf = async (payment: { id: string; workspaceId: string }) =>
  (await temporal.ofPayment(payment).describe()).raw.pendingActivities ?? [];

describe('a document that the database refuses', () => {
  it.each([
    ['22003', useUpTheNumbers],
    ['23505', takeTheNextNumber],
  ])('with SQLSTATE %s is a person’s question, and is not tried again without end', async (_, spoil) => {
    const clinic = await openClinic();
    await paid(clinic);
    await spoil(clinic);
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id);
    const held = await untilReview(clinic, payment.id, 'reconciliation');
    expect(held).toMatchObject({ status: 'pending', documentIds: [], capturedAmount: payment.amount });
    expect(await pendingOf(payment)).toEqual([]);
    expect(await refusalsOf(clinic, payment.id)).toBe(1);
    // Who asks again gets the same answer, and no second question.
    expect(await check(clinic, payment.id)).toMatchObject({ status: 'pending', review: 'reconciliation' });
    expect(await pendingOf(payment)).toEqual([]);
    expect(await refusalsOf(clinic, payment.id)).toBe(1);
  });

  it('for a refund leaves the money in the books without a credit, and a person is asked', async () => {
    const clinic = await openClinic();
    const { id } = await paid(clinic);
    const first = await refund(clinic, id, { amount: 1_000 });
    await untilRefund(clinic, id, first.json.id, { status: 'completed' });
    await useUpTheNumbers(clinic);
    const second = await refund(clinic, id, { amount: 2_000 });
    await untilRefund(clinic, id, second.json.id, { status: 'completed', documentId: null });
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'partially_refunded',
      review: 'reconciliation',
      refundedAmount: 3_000,
    });
    expect(await creditsOf(clinic, id)).toMatchObject([{ total: 1_000 }]);
    // What went back without a credit is not given back again.
    const { amount } = await readPayment(clinic, id);
    expect(await refund(clinic, id, { amount: amount - 2_999 })).toMatchObject({ status: 409 });
    expect(
      await refund(clinic, id, { amount: amount - 2_999, method: 'cash', reason: 'by hand' }),
    ).toMatchObject({ status: 409 });
  });
});
