import { afterAll, beforeAll, expect, it } from '#jest';
import { createApplyResolution } from '../../src/activities/reviews/apply-resolution.ts';
import { insertResolution } from '../../src/db/review-resolutions.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { readPayment, readTimeline } from '../e2e/support/clinic.ts';
import { disputeOf, movement, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

it('a decision that another review overtakes is void, and the timeline says so', async () => {
  const { clinic, pool } = word;
  const { payment, chargeId } = await paidCharge(clinic, books);
  await word.tell(payment.id, { disputes: [disputeOf(chargeId, 'open')] });
  const resolutionId = newId('resolution');
  const decision = { review: 'provider_dispute', action: 'dismiss', reason: 'bad debt', paid: null } as const;
  await inWorkspace(pool, clinic.id, (tx) =>
    insertResolution(tx, {
      ...decision,
      id: resolutionId,
      workspaceId: clinic.id,
      paymentId: payment.id,
      providerTransactionId: null,
      refundId: null,
    }),
  );
  const second = movement(payment.id, { transactionId: `second-of-${payment.id}` });
  await word.tell(payment.id, { transactions: [second] });
  const apply = createApplyResolution(word.context);
  await apply({ workspaceId: clinic.id, resolutionId });
  await apply({ workspaceId: clinic.id, resolutionId });

  expect(await readPayment(clinic, payment.id)).toMatchObject({
    status: 'disputed',
    review: 'duplicate_payment',
  });
  const told = (await readTimeline(clinic, payment.id)).filter(({ summary }) =>
    summary.includes('decide anew'),
  );
  expect(told).toHaveLength(1);
});
