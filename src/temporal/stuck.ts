import { WorkflowNotFoundError } from '@temporalio/client';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { SIGNAL_DEADLINE_MS, within } from './reach.ts';
import type { Reach } from './reach.ts';

/** A task with this many tries fails by itself: a killed worker costs one or two. */
const FAILING_FROM_ATTEMPT = 3;

/** Whether a workflow is stuck because its tasks fail. @throws if Temporal is down */
export async function isStuck(reach: Reach, workflowId: string): Promise<boolean> {
  const found = await describe(reach, workflowId);
  return (found?.raw.pendingWorkflowTask?.attempt ?? 0) >= FAILING_FROM_ATTEMPT;
}

/** Whether a workflow has not ended. @throws if Temporal is down */
export async function isRunning(reach: Reach, workflowId: string): Promise<boolean> {
  return (await describe(reach, workflowId))?.status.name === 'RUNNING';
}

/** Null: Temporal has no such workflow. */
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

/** Some of the running workflows; `after` is the `next` of the call before. */
export interface RunningPage {
  readonly workflowIds: readonly string[];
  readonly next: Uint8Array | null;
}

/** Lists all running workflows, a page at a time. @throws if Temporal is down */
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
