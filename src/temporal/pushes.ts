import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { PAYMENTS_QUEUE, pushWorkflowId, SEARCH_ATTRIBUTES, WORKFLOWS } from '../workflows/messages.ts';
import type { PushAgainInput } from '../workflows/messages.ts';
import type { pushAgain } from '../workflows/invoices/push-again.ts';
import { SIGNAL_DEADLINE_MS, TASK_TIMEOUT, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/** Starts another try of a push; a running one continues. @throws if Temporal is down */
export async function startPush(calls: TemporalCalls, input: PushAgainInput): Promise<void> {
  try {
    await within(calls, SIGNAL_DEADLINE_MS, () =>
      calls.client.workflow.start<typeof pushAgain>(WORKFLOWS.pushAgain, {
        workflowId: pushWorkflowId(input.workspaceId, input.documentId),
        taskQueue: PAYMENTS_QUEUE,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowTaskTimeout: TASK_TIMEOUT,
        staticSummary: `Document ${input.documentId} pushed again`,
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId }],
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
