import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Client, Connection } from '@temporalio/client';
import type { TypedSearchAttributes, UpdateDefinition, Workflow } from '@temporalio/common';
import type { Logger } from '../logger.ts';
import { PAYMENTS_QUEUE } from '../workflows/messages.ts';
import type { UpdateOutcome } from './temporal.ts';

/** Dependencies of every call to Temporal. */
export interface TemporalCalls {
  readonly client: Client;
  readonly connection: Connection;
  readonly logger: Logger;
}

/** Temporal takes a workflow task back from a killed worker after this long. */
export const TASK_TIMEOUT = '3s';
/** How long a request waits for a workflow to start. */
export const START_DEADLINE_MS = 5_000;
/** How long a request waits until Temporal takes a signal or says whether a workflow is there. */
export const SIGNAL_DEADLINE_MS = 2_000;
const DESCRIBE_DEADLINE_MS = 500;

/** A workflow that a question starts. */
export interface Start<Run extends Workflow> {
  readonly name: string;
  readonly workflowId: string;
  readonly args: Parameters<Run>;
  readonly summary: string;
  /**
   * Whether it may start again after it failed or was terminated: only if the rows guard against doing anything
   * twice.
   */
  readonly mayRunAgain?: boolean;
  /** The fairness key: whose share of the workers it uses. */
  readonly fairnessKey: string;
  readonly attributes: Extract<ConstructorParameters<typeof TypedSearchAttributes>[0], readonly unknown[]>;
}

/** One call with a deadline. Without one, the SDK waits forever. */
export function within<T>(
  calls: Pick<TemporalCalls, 'client'>,
  timeoutMs: number,
  call: () => Promise<T>,
): Promise<T> {
  return calls.client.withDeadline(Date.now() + timeoutMs, call);
}

/**
 * Starts a workflow, or finds it, and asks it a question, in one call. `gone`: it has run and ended. Without a timely
 * answer: `waiting` if it exists, else `unavailable`, and nothing was started.
 */
export async function startAndAsk<Run extends Workflow, Answer>(
  calls: TemporalCalls,
  start: Start<Run>,
  question: UpdateDefinition<Answer>,
  timeoutMs: number,
): Promise<UpdateOutcome<Answer>> {
  const operation = new WithStartWorkflowOperation<Workflow>(start.name, {
    workflowId: start.workflowId,
    taskQueue: PAYMENTS_QUEUE,
    args: start.args,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: start.mayRunAgain === true ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: start.summary,
    typedSearchAttributes: start.attributes,
    priority: { fairnessKey: start.fairnessKey },
  });
  try {
    const answer = await within(calls, timeoutMs, () =>
      calls.client.workflow.executeUpdateWithStart(question, {
        updateId: question.name,
        startWorkflowOperation: operation,
      }),
    );
    return { state: 'done', answer };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { state: 'gone' };
    calls.logger.warn({ err: error, workflowId: start.workflowId }, 'a start was not answered');
    return (await isFound(calls, start.workflowId)) ? { state: 'waiting' } : { state: 'unavailable' };
  }
}

/** Asks a running workflow a question. */
export async function ask<Answer>(
  calls: TemporalCalls,
  workflowId: string,
  question: UpdateDefinition<Answer>,
  { timeoutMs, updateId }: { readonly timeoutMs: number; readonly updateId: string },
): Promise<UpdateOutcome<Answer>> {
  const handle = calls.client.workflow.getHandle(workflowId);
  try {
    const answer = await within(calls, timeoutMs, () => handle.executeUpdate(question, { updateId }));
    return { state: 'done', answer };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'gone' };
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { state: 'waiting' };
    calls.logger.warn({ err: error, workflowId }, 'a question was not answered');
    return { state: 'unavailable' };
  }
}

/** Whether it was started, as far as half a second can tell. */
async function isFound(calls: TemporalCalls, workflowId: string): Promise<boolean> {
  try {
    return await isKnown(calls, workflowId, DESCRIBE_DEADLINE_MS);
  } catch {
    return false;
  }
}

/** Whether Temporal has a workflow, running or ended. @throws if Temporal is down */
export async function isKnown(
  calls: TemporalCalls,
  workflowId: string,
  deadlineMs: number,
): Promise<boolean> {
  try {
    await within(calls, deadlineMs, () => calls.client.workflow.getHandle(workflowId).describe());
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
