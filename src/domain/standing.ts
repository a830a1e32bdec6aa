import { sumMinor } from './money.ts';
import { statusAfterRefunds } from './refund.ts';
import type { RefundOrigin, RefundStatus } from './refund.ts';
import type { Outcome, PaymentStatus, ReviewReason } from './payment.ts';

/** A charge that succeeded. Amounts here are minor units. */
export interface BookedCharge {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
}

/** A refund as the books have it. `amount` is in minor units. */
export interface BookedRefund {
  readonly id: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly status: RefundStatus;
  readonly isDocumented: boolean;
  readonly origin: RefundOrigin;
  readonly outcome: Outcome;
  readonly nextCheckAt: Date | null;
  /** The refund was sent, or may have been. */
  readonly isSent: boolean;
  /** The vendor has answered, even if only with "pending". */
  readonly isAnswered: boolean;
  /** It has taken so long that a person is asked. */
  readonly isOverdue: boolean;
}

/**
 * In the order in which they come. `inquiry`: the bank only asks and took no money. A lost dispute can still be won
 * on appeal; nothing comes after that.
 */
export const DISPUTE_STATUSES = ['inquiry', 'open', 'lost', 'won'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** Whether a dispute moved forward from what is known. Repeated or late news does not count. */
export function isDisputeNews(known: DisputeStatus | null, told: DisputeStatus): boolean {
  return known === null || DISPUTE_STATUSES.indexOf(told) > DISPUTE_STATUSES.indexOf(known);
}

/** A dispute as the books have it. */
export interface BookedDispute {
  /** Null if the charge is not in the books yet. */
  readonly chargeId: string | null;
  readonly status: DisputeStatus;
  /** What a person decided about it in its present state. */
  readonly resolution: 'refund' | 'dismiss' | null;
}

/** Something that began and has no known end. While there is any, the outcome is unknown. */
export interface UnderWay {
  readonly nextCheckAt: Date | null;
}

/** Everything that the standing of a payment follows from. */
export interface Books {
  /** The stored status. It counts only until a document is issued, and says how far the payment got. */
  readonly status: PaymentStatus;
  readonly asked: { readonly amount: number; readonly currency: string };
  /** Oldest first. */
  readonly charges: readonly BookedCharge[];
  /** The document of the payment and the charge it stands for. */
  readonly original: { readonly chargeId: string; readonly total: number } | null;
  /** Sum of the credit documents that were not taken back; all of a document that was cancelled. */
  readonly credited: number;
  /** What went back and gets its credit document once the original has its allocation number. */
  readonly creditWaits: number;
  readonly refunds: readonly BookedRefund[];
  readonly disputes: readonly BookedDispute[];
  /** Questions that no person has answered. `subject` names what each is about: for `refund_reversed`, the refund. */
  readonly questions: readonly { readonly reason: ReviewReason; readonly subject: string }[];
  /** Documents that the invoice service refused, as long as no person has closed the matter. */
  readonly failedPushes: number;
  /** Charges that are still pending at the vendor. */
  readonly underWay: readonly UnderWay[];
}

/** Why no refund is possible now. `in_flight`: another refund was sent and is not answered yet. */
export type RefundRefusal = 'outcome_unknown' | 'nothing_documented' | 'disputed' | 'in_flight';

/** The state of a payment and what may be done with it. */
export interface Standing {
  readonly status: PaymentStatus;
  readonly outcome: Outcome;
  readonly nextCheckAt: Date | null;
  readonly review: ReviewReason | null;
  /** The refunds that the review is about, if it is about refunds. */
  readonly reviewRefundIds: readonly string[];
  readonly captured: number;
  readonly refunded: number;
  /** The charge of exactly the requested amount, which is to be documented now. None while other money is held. */
  readonly settles: string | null;
  readonly refund: { readonly left: number; readonly refusal: RefundRefusal | null };
}

/** By urgency: the first reason that applies is the review. The next one shows once it is closed. */
const URGENCY: readonly ReviewReason[] = [
  'unknown_outcome',
  'amount_mismatch',
  'duplicate_payment',
  'refund_reversed',
  'refund_lines_required',
  'provider_dispute',
  'late_success',
  'document_mismatch',
  'foreign_document',
  'push_failed',
  'reconciliation',
];

/**
 * The standing that follows from the books. Pure: the same books give the same standing, whatever news came and in
 * whichever order.
 */
export function standingOf(books: Books): Standing {
  const unknown = underWayOf(books);
  const reasons = reasonsOf(books);
  const review = URGENCY.find((reason) => reasons.has(reason)) ?? null;
  return {
    status: statusOf(books),
    outcome: unknown.length > 0 ? 'unknown' : 'known',
    nextCheckAt: earliest(unknown),
    review,
    reviewRefundIds: refundsOf(review, books),
    captured: capturedOf(books),
    refunded: refundedOf(books),
    settles: settledBy(books),
    refund: { left: leftOf(books), refusal: refusalOf(books, unknown) },
  };
}

function settledBy(books: Books): string | null {
  const kept = books.original === null ? keptCharges(books) : [];
  return kept.every((charge) => isExact(books, charge)) ? (kept[0]?.id ?? null) : null;
}

/** Whether money came without a document, and a person must decide before there can be one. */
export function holdsMoney(books: Books): boolean {
  return books.original === null && settledBy(books) === null && keptCharges(books).length > 0;
}

/** The documented charge, and every other charge that was not refunded in full. */
export function keptCharges({ charges, original, refunds }: Books): readonly BookedCharge[] {
  return charges.filter(
    (charge) => charge.id === original?.chargeId || givenBack(charge.id, refunds) < charge.amount,
  );
}

/** How much of a charge was refunded or is on its way back. */
export function givenBack(
  chargeId: string,
  refunds: readonly Pick<BookedRefund, 'chargeId' | 'status' | 'amount'>[],
): number {
  const own = refunds.filter((refund) => refund.chargeId === chargeId && refund.status !== 'failed');
  return sumMinor(own.map(({ amount }) => amount));
}

/** Sent, and not answered, or answered by something unreadable. */
export function isInFlight(
  refund: Pick<BookedRefund, 'status' | 'isSent' | 'isAnswered' | 'outcome'>,
): boolean {
  return refund.status === 'pending' && refund.isSent && (!refund.isAnswered || refund.outcome === 'unknown');
}

function statusOf(books: Books): PaymentStatus {
  const { original, status } = books;
  if (original === null) return status;
  const paid = statusAfterRefunds(original.total, takenBack(books));
  return paid !== 'refunded' && isSuspended(books) ? 'disputed' : paid;
}

/** The documented money is disputed, and no person has decided. */
function isSuspended({ disputes, original }: Books): boolean {
  return disputes.some(
    (dispute) => isOpenDispute(dispute) && (dispute.chargeId ?? original?.chargeId) === original?.chargeId,
  );
}

function isOpenDispute({ status, resolution }: BookedDispute): boolean {
  return (status === 'open' || status === 'lost') && resolution === null;
}

/** Every reason for a review. The review shows the most urgent one. */
export function reasonsOf(books: Books): ReadonlySet<ReviewReason> {
  const { original, refunds, disputes, questions, failedPushes } = books;
  const kept = keptCharges(books);
  const reasons = new Set<ReviewReason>(questions.map(({ reason }) => reason));
  if (refunds.some(isOverdue)) reasons.add('unknown_outcome');
  if (original === null && kept.some((one) => !isExact(books, one))) reasons.add('amount_mismatch');
  if (original !== null && kept.some(({ id }) => id !== original.chargeId)) reasons.add('duplicate_payment');
  if (original !== null && disputes.some(isOpenDispute)) reasons.add('provider_dispute');
  if (failedPushes > 0) reasons.add('push_failed');
  return reasons;
}

function refundsOf(review: ReviewReason | null, { refunds, questions }: Books): readonly string[] {
  if (review === 'unknown_outcome') return refunds.filter(isOverdue).map(({ id }) => id);
  return isAboutRefunds(review) ? subjectsOf(review, questions) : [];
}

/** Reviews whose questions name a refund each. */
export function isAboutRefunds(review: ReviewReason | null): review is ReviewReason {
  return review === 'refund_reversed' || review === 'refund_lines_required';
}

/** What the open questions with this reason are about. */
export function subjectsOf(review: ReviewReason, questions: Books['questions']): readonly string[] {
  return questions.filter(({ reason }) => reason === review).map(({ subject }) => subject);
}

/** What is credited, or has gone back and is still to be. */
function takenBack(books: Books): number {
  return books.credited + books.creditWaits + awaitingLines(books);
}

/** What went back and gets its credit document once a person has named the lines. */
function awaitingLines({ refunds, questions }: Books): number {
  const asked = subjectsOf('refund_lines_required', questions);
  const waiting = refunds.filter(({ id, status }) => status === 'completed' && asked.includes(id));
  return sumMinor(waiting.map(({ amount }) => amount));
}

function isOverdue(refund: BookedRefund): boolean {
  return refund.status === 'pending' && refund.isOverdue;
}

function isExact({ asked }: Books, charge: BookedCharge): boolean {
  return charge.amount === asked.amount && charge.currency === asked.currency;
}

/** What was paid in the payment's own currency. Charges in another currency do not count: a person looks at them. */
function capturedOf({ charges, asked }: Books): number {
  return sumMinor(charges.filter(({ currency }) => currency === asked.currency).map(({ amount }) => amount));
}

/** What was refunded in the payment's own currency. */
function refundedOf({ charges, refunds, asked }: Books): number {
  const isForeign = (chargeId: string) =>
    charges.some(({ id, currency }) => id === chargeId && currency !== asked.currency);
  const back = refunds.filter(({ status, chargeId }) => status === 'completed' && !isForeign(chargeId));
  return sumMinor(back.map(({ amount }) => amount));
}

function underWayOf({ refunds, underWay }: Books): readonly UnderWay[] {
  const unknown = refunds.filter(({ status, outcome }) => status === 'pending' && outcome === 'unknown');
  return [...underWay, ...unknown];
}

function earliest(unknown: readonly UnderWay[]): Date | null {
  const times = unknown.flatMap(({ nextCheckAt }) => nextCheckAt?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/**
 * How much of the documented sum is neither credited nor reserved by a refund on its way. A refund that got no credit
 * document counts too: its money has left the charge.
 */
function leftOf(books: Books): number {
  const { original, refunds, charges } = books;
  if (original === null) return 0;
  const spokenFor = refunds.filter(({ status, isDocumented }) => status === 'pending' && isDocumented);
  const reserved = sumMinor(spokenFor.map(({ amount }) => amount));
  const charge = charges.find(({ id }) => id === original.chargeId);
  const kept = (charge?.amount ?? 0) - givenBack(original.chargeId, refunds);
  return Math.max(0, Math.min(original.total - takenBack(books) - reserved, kept));
}

function refusalOf(books: Books, unknown: readonly UnderWay[]): RefundRefusal | null {
  if (unknown.length > 0) return 'outcome_unknown';
  if (books.original === null) return 'nothing_documented';
  if (isSuspended(books)) return 'disputed';
  return books.refunds.some(isInFlight) ? 'in_flight' : null;
}
