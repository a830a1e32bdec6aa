import { afterAll, beforeAll, expect, it } from '#jest';
import { createApplyResolution } from '../../src/activities/reviews/apply-resolution.ts';
import { updateStanding } from '../../src/activities/books/update-standing.ts';
import { askPerson } from '../../src/db/review-questions.ts';
import { insertResolution } from '../../src/db/review-resolutions.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import type { ReviewReason } from '../../src/domain/payment.ts';
import type { ReviewAction } from '../../src/domain/review.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { readPayment, readTimeline } from '../e2e/support/clinic.ts';
import { disputeOf, transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

/** What the API writes when a person decides; its workflow would carry it out. */
async function decide(
  paymentId: string,
  review: ReviewReason,
  action: ReviewAction,
): Promise<{ workspaceId: string; resolutionId: string }> {
  const { id: workspaceId } = word.clinic;
  const resolutionId = newId('resolution');
  const nothing = { paid: null, refundId: null, items: null, disputes: [], providerTransactionId: null };
  const about = { paymentId, review, action, reason: 'seen', ...nothing };
  await inWorkspace(word.pool, workspaceId, (tx) =>
    insertResolution(tx, { ...about, id: resolutionId, workspaceId }),
  );
  return { workspaceId, resolutionId };
}

it('a decision that another review overtakes is void, and the timeline says so', async () => {
  const { clinic } = word;
  const { payment, chargeId } = await paidCharge(clinic, books);
  await word.tell(payment.id, { disputes: [disputeOf(chargeId, 'open')] });
  const decision = await decide(payment.id, 'provider_dispute', 'dismiss');
  const second = transaction(payment.id, { transactionId: `second-of-${payment.id}` });
  await word.tell(payment.id, { transactions: [second] });
  const apply = createApplyResolution(word.context);
  await apply(decision);
  await apply(decision);

  expect(await readPayment(clinic, payment.id)).toMatchObject({
    status: 'disputed',
    review: 'duplicate_payment',
  });
  const told = (await readTimeline(clinic, payment.id)).filter(({ summary }) =>
    summary.includes('no longer matches the payment'),
  );
  expect(told).toHaveLength(1);
});

it('a decision answers what was asked before it, and no question that came later', async () => {
  const { clinic, pool } = word;
  const { payment } = await paidCharge(clinic, books);
  const ask = (subject: string) =>
    inWorkspace(pool, clinic.id, async (tx) => {
      await askPerson(tx, {
        workspaceId: clinic.id,
        paymentId: payment.id,
        reason: 'reconciliation',
        subject,
      });
      await updateStanding(tx, payment.id);
    });
  await ask('seen');
  const decision = await decide(payment.id, 'reconciliation', 'dismiss');
  await ask('unseen');
  await createApplyResolution(word.context)(decision);
  expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'reconciliation' });
  const open = 'SELECT subject FROM review_questions WHERE payment_id = $1 AND answered_at IS NULL';
  expect(await books.query(open, [payment.id])).toEqual([{ subject: 'unseen' }]);
});

it('a decision gives back the charges that were there, and none that came later', async () => {
  const { clinic } = word;
  const { payment } = await paidCharge(clinic, books);
  const another = (name: string) => transaction(payment.id, { transactionId: `${name}-of-${payment.id}` });
  await word.tell(payment.id, { transactions: [another('second')] });
  const decision = await decide(payment.id, 'duplicate_payment', 'refund');
  await word.tell(payment.id, { transactions: [another('third')] });
  await createApplyResolution(word.context)(decision);
  expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'duplicate_payment' });
  const refunds = 'SELECT count(*)::int AS count FROM refunds WHERE payment_id = $1';
  expect(await books.query(refunds, [payment.id])).toEqual([{ count: 1 }]);
});

it('a decision whose first answer was lost names the same documents again, also those of a payment that it made', async () => {
  const { clinic } = word;
  const { payment } = await paidCharge(clinic, books);
  await word.tell(payment.id, {
    transactions: [transaction(payment.id, { transactionId: `second-of-${payment.id}` })],
  });
  const decision = await decide(payment.id, 'duplicate_payment', 'accept');
  const apply = createApplyResolution(word.context);
  const first = await apply(decision);
  expect(first.documentIds).toHaveLength(1);
  expect(await apply(decision)).toEqual(first);
});
