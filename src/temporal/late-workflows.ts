import { isGrpcDeadlineError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  lateCheckWorkflowId,
  lateEventWorkflowId,
  PAYMENTS_QUEUE,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type { CheckAnswer, SettleLateEventInput } from '../workflows/messages.ts';
import type { settleLateEvent } from '../workflows/payments/settle-late-event.ts';
import type { Temporal, UpdateOutcome } from './temporal.ts';
import { SIGNAL_DEADLINE_MS, TASK_TIMEOUT, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/**
 * Handles an inbox row in a separate workflow, because the one of the payment is gone or stuck.
 * @throws if Temporal is down
 */
export async function settleLate(
  calls: TemporalCalls,
  event: Parameters<Temporal['settleLate']>[0],
): Promise<void> {
  const { workspaceId, paymentId, id } = event;
  try {
    await within(calls, SIGNAL_DEADLINE_MS, () =>
      calls.client.workflow.start<typeof settleLateEvent>(WORKFLOWS.settleLateEvent, {
        workflowId: lateEventWorkflowId(workspaceId, id),
        ...toOptions({ workspaceId, paymentId, providerEventId: id }),
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks the provider about a payment in a separate workflow. */
export async function checkLate(
  calls: TemporalCalls,
  payment: Parameters<Temporal['checkLate']>[0],
  timeoutMs: number,
): Promise<UpdateOutcome<CheckAnswer>> {
  const { workspaceId, id: paymentId, unlessSettled = false } = payment;
  try {
    const answer = await within(calls, timeoutMs, () =>
      calls.client.workflow.execute<typeof settleLateEvent>(WORKFLOWS.settleLateEvent, {
        workflowId: lateCheckWorkflowId(workspaceId, paymentId),
        ...toOptions({ workspaceId, paymentId, providerEventId: null, unlessSettled }),
      }),
    );
    return { state: 'done', answer };
  } catch (error) {
    if (isGrpcDeadlineError(error)) return { state: 'waiting' };
    calls.logger.warn({ err: error, paymentId }, 'a late check was not answered');
    return { state: 'unavailable' };
  }
}

function toOptions(input: SettleLateEventInput) {
  return {
    taskQueue: PAYMENTS_QUEUE,
    args: [input] as [SettleLateEventInput],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: `Late news of ${input.paymentId}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
    ],
  };
}
