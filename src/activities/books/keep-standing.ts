import { readBooks } from '../../db/books.ts';
import { lockPayment, storeStanding } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { reasonsOf, standingOf } from '../../domain/standing.ts';
import type { Books, Standing } from '../../domain/standing.ts';
import { closeReview, openReview } from '../../history/reviews.ts';
import { impossible } from '../failure.ts';

/** A payment as it was stored, and its new standing. */
export interface Kept {
  readonly before: PaymentRow;
  readonly books: Books;
  readonly now: Standing;
}

/**
 * Updates the standing of a payment from its books. It is the only writer of outcome, review and sums, and of the
 * status once a document exists. Every change of the books calls it before the transaction ends. It reports a review
 * that opens or closes; `announce` reports the news of the caller before that.
 */
export async function keepStanding(
  tx: Sql,
  paymentId: string,
  announce: (kept: Kept) => Promise<void> = () => Promise.resolve(),
): Promise<Kept> {
  const before = await lockPayment(tx, paymentId);
  if (before === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  const books = await readBooks(tx, paymentId);
  const now = standingOf(books);
  await storeStanding(tx, paymentId, now);
  const kept = { before, books, now };
  await announce(kept);
  await tellReview(tx, kept);
  return kept;
}

/** Reviews about held money: more of it is reported again. */
const ABOUT_HELD_MONEY: readonly ReviewReason[] = ['amount_mismatch', 'duplicate_payment'];

/** The events follow `payment.review`: a review that a more urgent one hides is closed, and opened when it shows again. */
async function tellReview(tx: Sql, kept: Kept): Promise<void> {
  const { before, books, now } = kept;
  if (before.review === now.review && !hasMoreToHold(kept)) return;
  if (before.review !== null && before.review !== now.review)
    await closeReview(tx, before, before.review, reasonsOf(books).has(before.review));
  if (now.review !== null) await openReview(tx, before, now.review, now);
}

function hasMoreToHold({ before, now }: Kept): boolean {
  return (
    now.review !== null && ABOUT_HELD_MONEY.includes(now.review) && before.capturedAmount !== now.captured
  );
}
