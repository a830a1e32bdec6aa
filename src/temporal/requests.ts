import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import {
  askPayerWorkflowId,
  PAYMENTS_QUEUE,
  requestChangedSignal,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type { AskPayerInput } from '../workflows/messages.ts';
import type { askPayer } from '../workflows/requests/ask-payer.ts';
import { SIGNAL_DEADLINE_MS, TASK_TIMEOUT, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/**
 * Lets the workflow of a payment request read its rows again; if none is running, one is started. Its steps are
 * recorded, so one call too many changes nothing.
 * @throws if Temporal is down
 */
export async function pursueRequest(calls: TemporalCalls, input: AskPayerInput): Promise<void> {
  const workflowId = askPayerWorkflowId(input.workspaceId, input.paymentId);
  const handle = calls.client.workflow.getHandle(workflowId);
  try {
    await within(calls, SIGNAL_DEADLINE_MS, () => handle.signal(requestChangedSignal));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await start(calls, workflowId, input);
  }
}

async function start(calls: TemporalCalls, workflowId: string, input: AskPayerInput): Promise<void> {
  try {
    await within(calls, SIGNAL_DEADLINE_MS, () =>
      calls.client.workflow.start<typeof askPayer>(WORKFLOWS.askPayer, {
        workflowId,
        taskQueue: PAYMENTS_QUEUE,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowTaskTimeout: TASK_TIMEOUT,
        staticSummary: `Asking the payer of ${input.paymentId}`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
          { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
        ],
        priority: { fairnessKey: input.workspaceId },
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
