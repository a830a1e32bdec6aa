import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { closeReview as clearReview } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listSeenSubjects, markAnswered } from '../../db/review-questions.ts';
import type { ResolutionRow } from '../../db/review-resolutions.ts';
import { markUnreadableSeen } from '../../db/unreadable-rows.ts';

/**
 * Closes the review of a payment, as a person decided, and the questions that it showed: all of its reason that were asked
 * before the decision, or the one refund that the decision names. Who it was and why is in the audit log.
 */
export async function closeReview(tx: Sql, resolution: ResolutionRow): Promise<void> {
  const owner = { workspaceId: resolution.workspaceId, paymentId: resolution.paymentId };
  const { review, action, refundId } = resolution;
  const open = await listSeenSubjects(tx, resolution);
  const answered = review === 'refund_reversed' ? open.filter((subject) => subject === refundId) : open;
  await markAnswered(tx, resolution.paymentId, review, answered);
  if (review === 'reconciliation') await markUnreadableSeen(tx, resolution.paymentId);
  await clearReview(tx, resolution.paymentId);
  await insertLog(tx, {
    ...owner,
    kind: 'review_closed',
    summary: `The review ${review} was closed by a person: ${action}`,
    detail: { resolutionId: resolution.id },
  });
  await insertPaymentEvents(tx, owner, [
    { type: 'payment.review_closed', facts: { review, action, ...(refundId === null ? {} : { refundId }) } },
  ]);
}
