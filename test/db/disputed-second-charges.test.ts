import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createApplyResolution } from '../../src/activities/reviews/apply-resolution.ts';
import { insertResolution } from '../../src/db/review-resolutions.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import type { DisputeStatus } from '../../src/domain/standing.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openPayment, readPayment, readTimeline } from '../e2e/support/clinic.ts';
import { documentsOf, resolve } from '../e2e/support/paid-payments.ts';
import { listRefunds } from '../e2e/support/refunds.ts';
import { disputeOf, openVendorWord, paidCharge, transaction } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

/** A payment that was paid twice; of the second charge, which has no document, the bank says this. */
async function paidTwice(status: DisputeStatus | null, amount = 35_000) {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  const secondId = `second-of-${payment.id}`;
  await word.tell(payment.id, { transactions: [transaction(payment.id, { transactionId: secondId })] });
  const say = (now: DisputeStatus, of = secondId) =>
    word.tell(payment.id, { disputes: [{ ...disputeOf(of, now), amount }] });
  if (status !== null) await say(status);
  expect(await readPayment(word.clinic, payment.id)).toMatchObject({ review: 'duplicate_payment' });
  return { id: payment.id, chargeId, say };
}

const refundsOf = async (id: string) =>
  (await listRefunds(word.clinic, id)).map(({ amount, documentId, ...one }) => [
    (one as unknown as { origin: string }).origin,
    amount,
    documentId,
  ]);

describe('of a second charge, which has no document, the bank', () => {
  it('took the money: it gets no document, and refund books it without asking the vendor', async () => {
    const { id } = await paidTwice('lost');
    expect(await resolve(word.clinic, id, { action: 'accept' })).toMatchObject({
      status: 422,
      json: { code: 'unsupported_operation' },
    });
    expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
      status: 200,
      json: { status: 'completed', review: null, amounts: { captured: 70_000, refunded: 35_000, held: 0 } },
    });
    expect(await refundsOf(id)).toEqual([['dispute', 35_000, null]]);
    expect(await documentsOf(word.clinic, id)).toHaveLength(1);
    const sent = 'SELECT count(*)::int AS sent FROM refunds WHERE payment_id = $1 AND sent_at IS NOT NULL';
    expect(await books.query(sent, [id])).toEqual([{ sent: 0 }]);
  });

  it('gives the money back on appeal: a person takes the booking back, and decides about the charge again', async () => {
    const { id, say } = await paidTwice('lost');
    await resolve(word.clinic, id, { action: 'refund' });
    await say('won');
    expect(await readPayment(word.clinic, id)).toMatchObject({ review: 'refund_reversed' });
    expect(await resolve(word.clinic, id, { action: 'accept' })).toMatchObject({
      status: 200,
      json: { status: 'completed', review: 'duplicate_payment', refundedAmount: 0 },
    });
    expect(await documentsOf(word.clinic, id)).toHaveLength(1);
    expect((await resolve(word.clinic, id, { action: 'accept' })).status).toBe(200);
  });

  it('has not decided: nothing is sent to the vendor, and the caller is told to wait', async () => {
    const { id, say } = await paidTwice('open');
    expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
      status: 409,
      json: { code: 'not_refundable' },
    });
    expect(await refundsOf(id)).toEqual([]);
    await say('won');
    expect((await resolve(word.clinic, id, { action: 'refund' })).status).toBeLessThan(300);
    expect(await refundsOf(id)).toEqual([['review', 35_000, null]]);
  });

  it('took a part: only the rest is sent to the vendor', async () => {
    const { id } = await paidTwice('lost', 10_000);
    expect((await resolve(word.clinic, id, { action: 'refund' })).status).toBeLessThan(300);
    expect(await refundsOf(id)).toEqual(
      expect.arrayContaining([
        ['dispute', 10_000, null],
        ['review', 25_000, null],
      ]),
    );
  });

  it('begins a dispute after a person decided: the decision is void, and says why', async () => {
    const { id, say } = await paidTwice(null);
    const ids = { workspaceId: word.clinic.id, resolutionId: newId('resolution') };
    const decision = {
      paymentId: id,
      review: 'duplicate_payment',
      action: 'refund',
      reason: 'seen',
    } as const;
    const rest = { paid: null, refundId: null, items: null, disputes: [], providerTransactionId: null };
    await inWorkspace(word.pool, word.clinic.id, (tx) =>
      insertResolution(tx, { ...decision, ...rest, id: ids.resolutionId, workspaceId: word.clinic.id }),
    );
    await say('open');
    const apply = createApplyResolution(word.context);
    expect(await apply(ids)).toMatchObject({ review: 'duplicate_payment', documentIds: [] });
    expect(await refundsOf(id)).toEqual([]);
    const summaries = (await readTimeline(word.clinic, id)).map(({ summary }) => summary);
    expect(summaries.filter((one) => one.includes('has not decided the dispute'))).toHaveLength(1);
  });

  it('took the money, and disputes the first as well: each is decided by itself', async () => {
    const { id, chargeId, say } = await paidTwice('lost');
    await say('open', chargeId);
    expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
      status: 200,
      json: { status: 'disputed', review: 'provider_dispute', refundedAmount: 35_000 },
    });
    expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
      status: 200,
      json: { status: 'refunded', review: null, refundedAmount: 70_000 },
    });
    expect(await documentsOf(word.clinic, id)).toHaveLength(2);
  });
});

describe('held money of another sum that the bank took', () => {
  it('gets no document; refund books it, and the payment failed', async () => {
    const { id } = await openPayment(word.clinic);
    const wrongId = `wrong-of-${id}`;
    await word.tell(id, {
      transactions: [transaction(id, { transactionId: wrongId, amount: 30_000 })],
      disputes: [{ ...disputeOf(wrongId, 'lost'), amount: 30_000 }],
    });
    expect(await readPayment(word.clinic, id)).toMatchObject({ review: 'amount_mismatch' });
    expect(await resolve(word.clinic, id, { action: 'accept' })).toMatchObject({ status: 422 });
    expect(await resolve(word.clinic, id, { action: 'refund' })).toMatchObject({
      status: 200,
      json: { status: 'failed', review: null, refundedAmount: 30_000, documentIds: [] },
    });
    expect(await refundsOf(id)).toEqual([['dispute', 30_000, null]]);
  });
});
