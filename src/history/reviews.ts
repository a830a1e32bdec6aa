import { storeReview } from '../db/payments.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { Sql } from '../db/pool.ts';
import { listSeenSubjects, markAnswered } from '../db/review-questions.ts';
import type { ResolutionRow } from '../db/review-resolutions.ts';
import { markUnreadableSeen } from '../db/unreadable-rows.ts';
import type { ReviewReason } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import { tell } from './tell.ts';

/** Says that a person must look at a payment, and why. */
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

/** Says that the books no longer give a reason for a review. */
export function closeReview(tx: Sql, payment: PaymentRow, review: ReviewReason): Promise<void> {
  const facts = { review, action: null, refundId: null };
  return tell(tx, ownerOf(payment), {
    kind: 'review_closed',
    summary: CLOSED[review] ?? 'The books no longer give a reason for the review',
    events: [{ type: 'payment.review_closed', facts }],
  });
}

/**
 * Closes a review as a person decided, with the questions that it showed: all of its reason that were asked before the
 * decision, or the one refund that the decision names. The audit log says who decided and why.
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
      summary: `A person closed the review ${review}: ${action}`,
      detail: { resolutionId: resolution.id },
      events: [{ type: 'payment.review_closed', facts: { review, action, refundId } }],
    },
  );
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
