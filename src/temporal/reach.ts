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

/** What every call of the engine shares. */
export interface Reach {
  readonly client: Client;
  readonly connection: Connection;
  readonly logger: Logger;
}

/** A worker that is killed gives its workflow task back after this long. */
export const TASK_TIMEOUT = '3s';
export const START_DEADLINE_MS = 5_000;
export const SIGNAL_DEADLINE_MS = 2_000;
const DESCRIBE_DEADLINE_MS = 500;

/** A workflow to be started by the question that is put to it. */
export interface Start<Run extends Workflow> {
  readonly name: string;
  readonly workflowId: string;
  readonly args: Parameters<Run>;
  readonly summary: string;
  /** After it failed or was terminated: where the rows guard against doing anything twice. */
  readonly mayRunAgain?: boolean;
  /** Whose share of the workers it uses. */
  readonly fairnessKey: string;
  readonly attributes: Extract<ConstructorParameters<typeof TypedSearchAttributes>[0], readonly unknown[]>;
}

/** One call with a deadline; without one the SDK waits without end. */
export function within<T>(reach: Reach, timeoutMs: number, call: () => Promise<T>): Promise<T> {
  return reach.client.withDeadline(Date.now() + timeoutMs, call);
}

/**
 * Starts a workflow, or finds it, and puts a question to it, in one call. `gone`: it has run and ended. Unanswered in
 * time: `waiting` where it exists, else `unavailable` and nothing was started.
 */
export async function startAndAsk<Run extends Workflow, Answer>(
  reach: Reach,
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
    const answer = await within(reach, timeoutMs, () =>
      reach.client.workflow.executeUpdateWithStart(question, {
        updateId: question.name,
        startWorkflowOperation: operation,
      }),
    );
    return { state: 'done', answer };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { state: 'gone' };
    reach.logger.warn({ err: error, workflowId: start.workflowId }, 'a start was not answered');
    return (await isFound(reach, start.workflowId)) ? { state: 'waiting' } : { state: 'unavailable' };
  }
}

/** Puts a question to a workflow that is running. */
export async function ask<Answer>(
  reach: Reach,
  workflowId: string,
  question: UpdateDefinition<Answer>,
  { timeoutMs, updateId }: { readonly timeoutMs: number; readonly updateId: string },
): Promise<UpdateOutcome<Answer>> {
  const handle = reach.client.workflow.getHandle(workflowId);
  try {
    const answer = await within(reach, timeoutMs, () => handle.executeUpdate(question, { updateId }));
    return { state: 'done', answer };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'gone' };
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { state: 'waiting' };
    reach.logger.warn({ err: error, workflowId }, 'a question was not answered');
    return { state: 'unavailable' };
  }
}

/** Started or not, as far as half a second can tell. */
async function isFound(reach: Reach, workflowId: string): Promise<boolean> {
  try {
    return await isKnown(reach, workflowId, DESCRIBE_DEADLINE_MS);
  } catch {
    return false;
  }
}

/** Whether Temporal knows a workflow, running or ended. @throws when Temporal is away */
export async function isKnown(reach: Reach, workflowId: string, deadlineMs: number): Promise<boolean> {
  try {
    await within(reach, deadlineMs, () => reach.client.workflow.getHandle(workflowId).describe());
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
