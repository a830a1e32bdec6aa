import {
  dueInvoiceChangedSignal,
  dueInvoiceWorkflowId,
  PAYMENTS_QUEUE,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type { IssueDueInvoiceInput } from '../workflows/messages.ts';
import type { issueDueInvoice } from '../workflows/payments/issue-due-invoice.ts';
import { SIGNAL_DEADLINE_MS, TASK_TIMEOUT, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/**
 * Lets the timer of a tax invoice read its rows again; if none is running, one is started. What is issued is in the rows, so one
 * call too many changes nothing.
 * @throws if Temporal is down
 */
export async function pursueDueInvoice(
  calls: Pick<TemporalCalls, 'client'>,
  input: IssueDueInvoiceInput,
): Promise<void> {
  const { workspaceId, paymentId } = input;
  await within(calls, SIGNAL_DEADLINE_MS, () =>
    calls.client.workflow.signalWithStart<typeof issueDueInvoice>(WORKFLOWS.issueDueInvoice, {
      workflowId: dueInvoiceWorkflowId(workspaceId, paymentId),
      taskQueue: PAYMENTS_QUEUE,
      args: [{ workspaceId, paymentId }],
      signal: dueInvoiceChangedSignal,
      workflowTaskTimeout: TASK_TIMEOUT,
      staticSummary: `The tax invoice of the cheques of ${paymentId}`,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.workspaceId, value: workspaceId },
        { key: SEARCH_ATTRIBUTES.paymentId, value: paymentId },
      ],
      priority: { fairnessKey: workspaceId },
    }),
  );
}
