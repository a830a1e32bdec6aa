import { recordUpdate, paymentWorkflowId, SEARCH_ATTRIBUTES, WORKFLOWS } from '../workflows/messages.ts';
import type { CheckAnswer, RecordManualPaymentInput } from '../workflows/messages.ts';
import type { recordManualPayment } from '../workflows/payments/record-manual-payment.ts';
import type { UpdateOutcome } from './engine.ts';
import { toSummary } from './payment-start.ts';
import type { StartablePayment } from './payment-start.ts';
import { START_DEADLINE_MS, startAndAsk } from './reach.ts';
import type { Reach } from './reach.ts';

/** Starts (or finds) the workflow of a payment that the business took itself and waits until it is settled. */
export function startManualPayment(
  reach: Reach,
  payment: StartablePayment,
  print: RecordManualPaymentInput['print'],
): Promise<UpdateOutcome<CheckAnswer>> {
  const { workspaceId, id: paymentId } = payment;
  const start = {
    name: WORKFLOWS.recordManualPayment,
    workflowId: paymentWorkflowId(workspaceId, paymentId),
    args: [{ workspaceId, paymentId, print }] as [RecordManualPaymentInput],
    summary: toSummary(payment),
    attributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: paymentId },
      { key: SEARCH_ATTRIBUTES.paymentStatus, value: 'creating' },
      { key: SEARCH_ATTRIBUTES.provider, value: payment.provider },
      { key: SEARCH_ATTRIBUTES.currency, value: payment.currency },
      { key: SEARCH_ATTRIBUTES.amountMinor, value: payment.chargeAmount },
    ],
    fairnessKey: workspaceId,
  };
  return startAndAsk<typeof recordManualPayment, CheckAnswer>(reach, start, recordUpdate, START_DEADLINE_MS);
}
