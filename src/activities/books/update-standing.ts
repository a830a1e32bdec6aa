import { readBooks } from '../../db/books.ts';
import { lockPayment, setStanding } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { reasonsOf, standingOf } from '../../domain/standing.ts';
import type { Books, Standing } from '../../domain/standing.ts';
import { closeReview, hideReview, openReview } from '../../history/reviews.ts';
import { impossible } from '../failure.ts';

/** A payment as it was stored, its books, and the standing that follows from them. */
export interface Kept {
  readonly before: PaymentRow;
  readonly books: Books;
  readonly now: Standing;
}

/**
 * Locks a payment, reads its books and decides its standing, in one round trip. Statements that were started before,
 * in the same transaction, count.
 */
export async function readStanding(tx: Sql, paymentId: string): Promise<Kept> {
  const [before, books] = await Promise.all([lockPayment(tx, paymentId), readBooks(tx, paymentId)]);
  if (before === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  return { before, books, now: standingOf(books) };
}

/**
 * Writes the standing, and reports a review that opens or closes. It is the only writer of outcome, review and sums,
 * and of the status once a document exists. Every change of the books ends with it.
 */
export async function writeStanding(tx: Sql, kept: Kept): Promise<void> {
  await Promise.all([setStanding(tx, kept.before.id, kept.now), ...tellReview(tx, kept)]);
}

/** Updates the standing of a payment from its books, for a change that has no line of its own on the timeline. */
export async function updateStanding(tx: Sql, paymentId: string): Promise<Kept> {
  const kept = await readStanding(tx, paymentId);
  await writeStanding(tx, kept);
  return kept;
}

/** The change of the status, for the timeline line that says why. */
export function changeOf({ before, now }: Kept): { from?: PaymentStatus; to?: PaymentStatus } {
  return now.status === before.status ? {} : { from: before.status, to: now.status };
}

/** Reviews about held money: more of it is reported again. */
const ABOUT_HELD_MONEY: readonly ReviewReason[] = ['amount_mismatch', 'duplicate_payment'];

/**
 * The events follow `payment.review`: a review that a more urgent one hides is closed, and opened when it shows again.
 * If it is about refunds, each of them is opened and closed.
 */
function tellReview(tx: Sql, kept: Kept): readonly Promise<void>[] {
  const { before, now } = kept;
  if (before.review === now.review) return tellSameReview(tx, kept);
  const about = now.reviewRefundIds.length === 0 ? [null] : now.reviewRefundIds;
  return [
    ...(before.review === null ? [] : [tellGone(tx, kept, before.review)]),
    ...about.flatMap((id) => (now.review === null ? [] : [openReview(tx, before, now.review, now, id)])),
  ];
}

function tellGone(tx: Sql, { before, books }: Kept, review: ReviewReason): Promise<void> {
  return reasonsOf(books).has(review)
    ? hideReview(tx, before, review)
    : closeReview(tx, before, review, null);
}

function tellSameReview(tx: Sql, kept: Kept): readonly Promise<void>[] {
  const { before, now } = kept;
  const { review } = now;
  if (review === null) return [];
  const [were, are] = [before.reviewRefundIds, now.reviewRefundIds];
  return [
    ...were.filter((id) => !are.includes(id)).map((id) => closeReview(tx, before, review, id)),
    ...are.filter((id) => !were.includes(id)).map((id) => openReview(tx, before, review, now, id)),
    ...(hasMoreToHold(kept) ? [openReview(tx, before, review, now, null)] : []),
  ];
}

function hasMoreToHold({ before, now }: Kept): boolean {
  return (
    now.review !== null && ABOUT_HELD_MONEY.includes(now.review) && before.capturedAmount !== now.captured
  );
}
