import { recordUpdate, paymentWorkflowId, WORKFLOWS } from '../workflows/messages.ts';
import type { CheckAnswer, RecordManualPaymentInput } from '../workflows/messages.ts';
import type { recordManualPayment } from '../workflows/payments/record-manual-payment.ts';
import type { UpdateOutcome } from './temporal.ts';
import { attributesOf, toSummary } from './payment-start.ts';
import type { StartablePayment } from './payment-start.ts';
import { START_DEADLINE_MS, startAndAsk } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/** Starts (or finds) the workflow of a manual payment and waits until it is settled. */
export function startManualPayment(
  calls: TemporalCalls,
  payment: StartablePayment,
): Promise<UpdateOutcome<CheckAnswer>> {
  const { workspaceId, id: paymentId } = payment;
  const start = {
    name: WORKFLOWS.recordManualPayment,
    workflowId: paymentWorkflowId(workspaceId, paymentId),
    args: [{ workspaceId, paymentId }] as [RecordManualPaymentInput],
    summary: toSummary(payment),
    attributes: attributesOf(payment, 'creating'),
    fairnessKey: workspaceId,
  };
  return startAndAsk<typeof recordManualPayment, CheckAnswer>(calls, start, recordUpdate, START_DEADLINE_MS);
}
