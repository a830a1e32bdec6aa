import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { setReview } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { ResolutionRow } from '../../db/review-resolutions.ts';
import { markUnreadableSeen } from '../../db/unreadable-rows.ts';

/** Closes the review of a payment, as a person decided. Who it was and why is in the audit log. */
export async function closeReview(tx: Sql, resolution: ResolutionRow): Promise<void> {
  const owner = { workspaceId: resolution.workspaceId, paymentId: resolution.paymentId };
  const { review, action } = resolution;
  await setReview(tx, resolution.paymentId, null);
  if (review === 'reconciliation') await markUnreadableSeen(tx, resolution.paymentId);
  await insertLog(tx, {
    ...owner,
    kind: 'review_closed',
    summary: `The review ${review} was closed by a person: ${action}`,
    detail: { resolutionId: resolution.id },
  });
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_closed', facts: { review, action } }]);
}
