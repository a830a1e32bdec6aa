import {
  creditWorkflowId,
  refundUpdate,
  refundWorkflowId,
  resolutionWorkflowId,
  resolveUpdate,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type {
  CheckAnswer,
  RefundAnswer,
  RefundPaymentInput,
  ResolveReviewInput,
} from '../workflows/messages.ts';
import type { refundPayment } from '../workflows/refunds/refund-payment.ts';
import type { resolveReview } from '../workflows/reviews/resolve-review.ts';
import type { StartableRefund, UpdateOutcome } from './temporal.ts';
import { startAndAsk } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/**
 * Starts (or finds) the workflow of a refund and waits for its end. One that has ended runs again under an id of its own, for
 * the credit document that waited.
 */
export function startRefund(
  calls: TemporalCalls,
  { provider, currency, amount, isForCredit = false, ...input }: StartableRefund,
  timeoutMs: number,
): Promise<UpdateOutcome<RefundAnswer>> {
  const start = {
    name: WORKFLOWS.refundPayment,
    workflowId: (isForCredit ? creditWorkflowId : refundWorkflowId)(input.workspaceId, input.refundId),
    args: [input] as [RefundPaymentInput],
    summary: `Refund ${input.refundId} of ${input.paymentId} · ${provider}`,
    attributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
      { key: SEARCH_ATTRIBUTES.provider, value: provider },
      { key: SEARCH_ATTRIBUTES.currency, value: currency },
      { key: SEARCH_ATTRIBUTES.amountMinor, value: amount },
    ],
    fairnessKey: input.workspaceId,
    mayRunAgain: true,
  };
  return startAndAsk<typeof refundPayment, RefundAnswer>(calls, start, refundUpdate, timeoutMs);
}

/** Carries out the decision of a person, and waits for that. */
export function startResolution(
  calls: TemporalCalls,
  input: ResolveReviewInput,
  timeoutMs: number,
): Promise<UpdateOutcome<CheckAnswer>> {
  const start = {
    name: WORKFLOWS.resolveReview,
    workflowId: resolutionWorkflowId(input.workspaceId, input.resolutionId),
    args: [input] as [ResolveReviewInput],
    summary: `Review of ${input.paymentId} resolved`,
    attributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
    ],
    fairnessKey: input.workspaceId,
    mayRunAgain: true,
  };
  return startAndAsk<typeof resolveReview, CheckAnswer>(calls, start, resolveUpdate, timeoutMs);
}
