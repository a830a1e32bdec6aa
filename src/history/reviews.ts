import { storeReview } from '../db/payments.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { Sql } from '../db/pool.ts';
import { listSeenSubjects, markAnswered } from '../db/review-questions.ts';
import type { ResolutionRow } from '../db/review-resolutions.ts';
import { markUnreadableSeen } from '../db/unreadable-rows.ts';
import type { ReviewReason } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import { tell } from './tell.ts';

/** Reports that a person must look at a payment, and why. */
export function openReview(
  tx: Sql,
  payment: PaymentRow,
  review: ReviewReason,
  now: Pick<Standing, 'status' | 'captured' | 'reviewRefundIds'>,
): Promise<void> {
  const refundId = now.reviewRefundIds[0] ?? null;
  const facts = { review, status: now.status, capturedAmount: now.captured, refundId };
  return tell(tx, ownerOf(payment), {
    kind: 'review_opened',
    summary: OPENED[review],
    detail: refundId === null ? {} : { refundId },
    events: [{ type: 'payment.review_opened', facts }],
  });
}

/** Reports that a review no longer shows: its reason is gone, or a more urgent review hides it for now. */
export function closeReview(
  tx: Sql,
  payment: PaymentRow,
  review: ReviewReason,
  isHidden: boolean,
): Promise<void> {
  const facts = { review, action: null, refundId: null };
  return tell(tx, ownerOf(payment), {
    kind: 'review_closed',
    summary: isHidden
      ? 'A more urgent review comes first. This review shows again once that one is closed'
      : (CLOSED[review] ?? 'The reason for the review is gone'),
    events: [{ type: 'payment.review_closed', facts }],
  });
}

/**
 * Closes a review as a person decided, with the questions that it showed: all questions with its reason from before
 * the decision, or those about the refund that the decision names. The audit log says who decided and why.
 */
export async function closeReviewByPerson(tx: Sql, resolution: ResolutionRow): Promise<void> {
  const { workspaceId, paymentId, review, action, refundId } = resolution;
  const open = await listSeenSubjects(tx, resolution);
  const answered = review === 'refund_reversed' ? open.filter((subject) => subject === refundId) : open;
  await markAnswered(tx, paymentId, review, answered);
  if (review === 'reconciliation') await markUnreadableSeen(tx, paymentId);
  await storeReview(tx, paymentId, null);
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
};

const CLOSED: Readonly<Partial<Record<ReviewReason, string>>> = {
  unknown_outcome: 'The outcome of the refund is now known',
  provider_dispute: 'The charge is no longer disputed',
  push_failed: 'The invoice service now has the document',
  reconciliation: 'The provider’s answer is readable again',
  duplicate_payment: 'The second charge was refunded in full',
  amount_mismatch: 'The held money was refunded, or the right amount arrived',
};
