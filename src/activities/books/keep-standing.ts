import { readBooks } from '../../db/books.ts';
import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, storeStanding } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { EventFacts, EventType } from '../../domain/events.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { reasonsOf, standingOf } from '../../domain/standing.ts';
import type { Books, Standing } from '../../domain/standing.ts';
import { impossible } from '../failure.ts';

/** A payment as it was stored and as it now stands. */
export interface Kept {
  readonly before: PaymentRow;
  readonly books: Books;
  readonly now: Standing;
}

/**
 * Brings a payment into line with its books: the only writer of outcome, review and sums, and of the status once a
 * document exists. Every change of the books calls it before the transaction ends. A review that opens or closes is told
 * here; `announce` tells the caller's own news before that.
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

/** Reviews about money that is held: more of it is told again. */
const ABOUT_HELD_MONEY: readonly ReviewReason[] = ['amount_mismatch', 'duplicate_payment'];

interface Told {
  readonly type: EventType;
  readonly facts: EventFacts;
}

async function tellReview(tx: Sql, kept: Kept): Promise<void> {
  const { before, now } = kept;
  const isSame = before.review === now.review;
  if (isSame && !hasMoreToHold(kept)) return;
  const closed = isSame ? [] : await tellClosed(tx, kept);
  const opened = now.review === null ? [] : await tellOpened(tx, kept, now.review);
  const events = [...closed, ...opened];
  if (events.length > 0) await insertPaymentEvents(tx, ownerOf(before), events);
}

function hasMoreToHold({ before, now }: Kept): boolean {
  return (
    now.review !== null && ABOUT_HELD_MONEY.includes(now.review) && before.capturedAmount !== now.captured
  );
}

/** One that a more urgent reason hides is still open. */
async function tellClosed(tx: Sql, { before, books }: Kept): Promise<Told[]> {
  const { review } = before;
  if (review === null || reasonsOf(books).has(review)) return [];
  const summary = CLOSED[review] ?? 'The books no longer give a reason for the review';
  await insertLog(tx, { ...ownerOf(before), kind: 'review_closed', summary });
  const how: EventFacts = review === 'reconciliation' ? { action: 'readable_again' } : {};
  return [{ type: 'payment.review_closed', facts: { review, ...how } }];
}

async function tellOpened(tx: Sql, { before, now }: Kept, review: ReviewReason): Promise<Told[]> {
  const [refundId] = now.reviewRefundIds;
  const about: { refundId?: string } = refundId === undefined ? {} : { refundId };
  const entry = { kind: 'review_opened', summary: OPENED[review], detail: { ...about } };
  await insertLog(tx, { ...ownerOf(before), ...entry });
  const facts = { review, status: now.status, capturedAmount: now.captured, ...about };
  return [{ type: 'payment.review_opened', facts }];
}

const ownerOf = ({ workspaceId, id }: PaymentRow) => ({ workspaceId, paymentId: id });

const OPENED: Readonly<Record<ReviewReason, string>> = {
  amount_mismatch:
    'The payer was charged another amount or currency than was asked: held for a person, nothing is documented',
  duplicate_payment: 'The payer paid twice: the second charge is held for a person',
  late_success: 'Money came after the payment had been given up',
  unknown_outcome:
    'What became of the refund is still not known: look it up in the dashboard of the provider',
  provider_dispute: 'The payer disputes the charge',
  document_mismatch: 'The invoice service shows other amounts than our document',
  foreign_document: 'The provider issued a tax document of its own',
  push_failed: 'The document could not be pushed to the invoice service',
  reconciliation: 'The provider and our books differ: held for a person',
  refund_reversed:
    'Money that went back is here again (a refund was taken back, or a dispute won): accept it to take back its credit document',
};

const CLOSED: Readonly<Partial<Record<ReviewReason, string>>> = {
  unknown_outcome: 'It is known now what became of the refund',
  provider_dispute: 'Nobody disputes the charge any more',
  push_failed: 'The document is at the invoice service after all',
  reconciliation: 'The answer of the provider can be read again',
  duplicate_payment: 'The second charge went back whole',
  amount_mismatch: 'The held money went back, or the right sum came',
};
