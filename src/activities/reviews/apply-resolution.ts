import { findPayment, lockPayment } from '../../db/payments.ts';
import { findResolution, markApplied } from '../../db/review-resolutions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { closeReview } from './close-review.ts';
import { DECISIONS } from './decisions.ts';

/** How the payment stands after a decision, and the documents that must still be printed and pushed. */
export interface AppliedResolution {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly documentIds: readonly string[];
}

/** Carries out what a person decided, in one transaction. A second time, or about a review that has closed, nothing changes. */
export function createApplyResolution(context: ActivityContext) {
  return async function applyResolution(order: {
    workspaceId: string;
    resolutionId: string;
  }): Promise<AppliedResolution> {
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const resolution = await findResolution(tx, order.resolutionId);
      if (resolution === null) throw impossible('no_such_resolution', `no resolution ${order.resolutionId}`);
      const payment = await lockPayment(tx, resolution.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${resolution.paymentId}`);
      const isDue = resolution.appliedAt === null && payment.review === resolution.review;
      const decide = DECISIONS[resolution.review][resolution.action];
      let documentIds: readonly string[] = [];
      if (isDue && decide !== undefined) {
        if (!isHeldOn(resolution)) await closeReview(tx, resolution);
        documentIds = await decide({ context, tx, payment: { ...payment, review: null }, resolution });
      }
      await markApplied(tx, resolution.id);
      const now = (await findPayment(tx, payment.id)) ?? payment;
      return { status: now.status, review: now.review, documentIds };
    });
  };
}

/** Money of a wrong sum that is neither documented nor given back stays held (domain-rules.md). */
function isHeldOn({ review, action }: { review: ReviewReason; action: string }): boolean {
  return review === 'amount_mismatch' && action === 'dismiss';
}
