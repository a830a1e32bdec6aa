import { afterAll, beforeAll, expect, it } from '#jest';
import { askPerson } from '../../src/db/review-questions.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { readPayment } from '../e2e/support/clinic.ts';
import { resolve } from '../e2e/support/paid-payments.ts';
import { listRefunds, refund, untilRefund } from '../e2e/support/refunds.ts';
import { disputeOf, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

// A person wrote disputed money off. It is with the payer's bank all the same, and no provider may give it back again.

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

async function writtenOff(amount: number, status: 'open' | 'lost' = 'lost'): Promise<string> {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  await word.tell(payment.id, { disputes: [{ ...disputeOf(chargeId, status), amount }] });
  expect((await resolve(word.clinic, payment.id, { action: 'dismiss' })).json).toMatchObject({
    review: null,
  });
  return payment.id;
}

it('of a part that the bank took, only the rest goes back through the provider', async () => {
  const id = await writtenOff(10_000);
  const { status, json } = await refund(word.clinic, id, { amount: 25_001 });
  expect([status, json.code]).toEqual([409, 'refund_exceeds_charge']);
  const rest = await refund(word.clinic, id, { amount: 25_000 });
  await untilRefund(word.clinic, id, rest.json.id, { status: 'completed' });
  expect((await refund(word.clinic, id, { amount: 1 })).json.code).toBe('refund_exceeds_charge');
});

it('also where a person decided before the bank did', async () => {
  const id = await writtenOff(35_000, 'open');
  expect((await refund(word.clinic, id)).json.code).toBe('refund_exceeds_charge');
});

it('money that came late and was written off is not sent back by a decision about its coming late', async () => {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  const { id, workspaceId } = payment;
  await inWorkspace(word.pool, workspaceId, (tx) =>
    askPerson(tx, { workspaceId, paymentId: id, reason: 'late_success', subject: chargeId }),
  );
  await word.tell(id, { disputes: [disputeOf(chargeId, 'lost')] });
  expect(await readPayment(word.clinic, id)).toMatchObject({ review: 'provider_dispute' });
  await resolve(word.clinic, id, { action: 'dismiss' });
  expect(await readPayment(word.clinic, id)).toMatchObject({ review: 'late_success' });
  expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
    status: 409,
    json: { code: 'not_refundable' },
  });
  expect(await listRefunds(word.clinic, id)).toEqual([]);
});
