import { clearReview } from '../db/payments.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { Sql } from '../db/pool.ts';
import { listSeenSubjects, markAnswered } from '../db/review-questions.ts';
import type { ResolutionRow } from '../db/review-resolutions.ts';
import { markUnreadableSeen } from '../db/unreadable-rows.ts';
import type { ReviewReason } from '../domain/payment.ts';
import { isAboutRefunds } from '../domain/standing.ts';
import type { Standing } from '../domain/standing.ts';
import { tell } from './tell.ts';

/** Reports that a person must look at a payment, and why. `refundId`: the refund that the review is about, if it is about one. */
export function openReview(
  tx: Sql,
  payment: PaymentRow,
  review: ReviewReason,
  now: Pick<Standing, 'status' | 'captured'>,
  refundId: string | null,
): Promise<void> {
  const facts = { review, status: now.status, capturedAmount: now.captured, refundId };
  return tell(tx, ownerOf(payment), {
    kind: 'review_opened',
    summary: OPENED[review],
    detail: aboutRefund(refundId),
    events: [{ type: 'payment.review_opened', facts }],
  });
}

/** Reports that a review no longer shows because its reason is gone. `refundId`: for that refund alone; null for all. */
export function closeReview(
  tx: Sql,
  payment: PaymentRow,
  review: ReviewReason,
  refundId: string | null,
): Promise<void> {
  return tellClosed(tx, payment, review, CLOSED[review] ?? 'The reason for the review is gone', refundId);
}

/** Reports that a review no longer shows because a more urgent one hides it for now. */
export function hideReview(tx: Sql, payment: PaymentRow, review: ReviewReason): Promise<void> {
  const summary = 'A more urgent review comes first. This review shows again once that one is closed';
  return tellClosed(tx, payment, review, summary, null);
}

function tellClosed(
  tx: Sql,
  payment: PaymentRow,
  review: ReviewReason,
  summary: string,
  refundId: string | null,
): Promise<void> {
  return tell(tx, ownerOf(payment), {
    kind: 'review_closed',
    summary,
    detail: aboutRefund(refundId),
    events: [{ type: 'payment.review_closed', facts: { review, action: null, refundId } }],
  });
}

const aboutRefund = (refundId: string | null): { refundId?: string } =>
  refundId === null ? {} : { refundId };

/**
 * Closes a review as a person decided, with the questions that it showed. These are all questions with its reason from
 * before the decision, or those about the refund that the decision names. The audit log says who decided and why. Returns
 * what the questions were about.
 */
export async function closeReviewByPerson(tx: Sql, resolution: ResolutionRow): Promise<readonly string[]> {
  const { workspaceId, paymentId, review, action, refundId } = resolution;
  const open = await listSeenSubjects(tx, resolution);
  const answered = isAboutRefunds(review) ? open.filter((subject) => subject === refundId) : open;
  await markAnswered(tx, paymentId, review, answered);
  if (review === 'reconciliation') await markUnreadableSeen(tx, paymentId);
  await clearReview(tx, paymentId);
  await tell(
    tx,
    { workspaceId, paymentId },
    {
      kind: 'review_closed',
      summary: `A person closed the review "${review}" with "${action}"`,
      detail: { resolutionId: resolution.id },
      events: [{ type: 'payment.review_closed', facts: { review, action, refundId } }],
    },
  );
  return answered;
}

/** Reports a decision that changes nothing: the reason for the review is still there, and so is the review. */
export function keepReviewOpen(
  tx: Sql,
  { workspaceId, paymentId, id, review }: ResolutionRow,
): Promise<void> {
  return tell(
    tx,
    { workspaceId, paymentId },
    {
      kind: 'review_left_open',
      summary: `A person decided to leave the review "${review}" open: the money stays held`,
      detail: { resolutionId: id },
    },
  );
}

const ownerOf = ({ workspaceId, id }: PaymentRow) => ({ workspaceId, paymentId: id });

const OPENED: Readonly<Record<ReviewReason, string>> = {
  amount_mismatch:
    'The amount or currency that was paid differs from the request. No document was issued. A person must decide',
  duplicate_payment: 'The payer paid twice. A person must decide about the second charge',
  late_success: 'Money came after the payment had ended',
  unknown_outcome: 'The outcome of the refund is still unknown: check the provider’s dashboard',
  provider_dispute: 'The payer disputes the charge',
  document_mismatch: 'The invoice service shows other amounts than our document',
  foreign_document: 'The provider issued a tax document of its own',
  push_failed: 'The document could not be pushed to the invoice service',
  reconciliation: 'The provider and our books differ. A person must decide',
  refund_reversed:
    'Refunded money came back (a refund was reversed, or a dispute was won). Accept to reverse its credit document',
  refund_lines_required:
    'A part was refunded of a document with mixed VAT. A person must say which lines: then its credit document is issued',
};

const CLOSED: Readonly<Partial<Record<ReviewReason, string>>> = {
  unknown_outcome: 'The outcome of the refund is now known',
  provider_dispute: 'The charge is no longer disputed',
  push_failed: 'The invoice service now has the document',
  reconciliation: 'The provider’s answer is readable again',
  duplicate_payment: 'The second charge was refunded in full',
  amount_mismatch: 'The held money was refunded, or the right amount arrived',
};
