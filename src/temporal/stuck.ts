import { WorkflowNotFoundError } from '@temporalio/client';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { SIGNAL_DEADLINE_MS, within } from './reach.ts';
import type { Reach } from './reach.ts';

/** A task that was tried so often fails by itself: a worker that is killed costs one try or two. */
const FAILING_FROM_ATTEMPT = 3;

/** Whether a workflow cannot go on, because its tasks fail. @throws when Temporal is away */
export async function isStuck(reach: Reach, workflowId: string): Promise<boolean> {
  const found = await describe(reach, workflowId);
  return (found?.raw.pendingWorkflowTask?.attempt ?? 0) >= FAILING_FROM_ATTEMPT;
}

/** Whether a workflow has not ended. @throws when Temporal is away */
export async function isRunning(reach: Reach, workflowId: string): Promise<boolean> {
  return (await describe(reach, workflowId))?.status.name === 'RUNNING';
}

/** Null: Temporal knows no such workflow. */
async function describe(reach: Reach, workflowId: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await within(reach, SIGNAL_DEADLINE_MS, () =>
      reach.client.workflow.getHandle(workflowId).describe(),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Some of the running workflows; `after` is what the call before gave as `next`. */
export interface RunningPage {
  readonly workflowIds: readonly string[];
  readonly next: Uint8Array | null;
}

/** Goes through all running workflows, a page at a time. @throws when Temporal is away */
export async function listRunning(
  reach: Reach,
  { after, limit }: { after: Uint8Array | null; limit: number },
): Promise<RunningPage> {
  const { executions, nextPageToken } = await within(reach, SIGNAL_DEADLINE_MS, () =>
    reach.connection.workflowService.listWorkflowExecutions({
      namespace: reach.client.options.namespace,
      query: `ExecutionStatus = 'Running'`,
      pageSize: limit,
      ...(after === null ? {} : { nextPageToken: after }),
    }),
  );
  const workflowIds = executions.flatMap(({ execution }) => execution?.workflowId ?? []);
  return { workflowIds, next: nextPageToken.length > 0 ? nextPageToken : null };
}
