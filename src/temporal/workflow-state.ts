import { WorkflowNotFoundError } from '@temporalio/client';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { SIGNAL_DEADLINE_MS, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';

/** A task with this many tries fails by itself: a killed worker costs one or two. */
const FAILING_FROM_ATTEMPT = 3;

/** Whether a workflow is stuck because its tasks fail. @throws if Temporal is down */
export async function isStuck(calls: TemporalCalls, workflowId: string): Promise<boolean> {
  const found = await describe(calls, workflowId);
  return (found?.raw.pendingWorkflowTask?.attempt ?? 0) >= FAILING_FROM_ATTEMPT;
}

/** Whether a workflow has not ended. @throws if Temporal is down */
export async function isRunning(calls: TemporalCalls, workflowId: string): Promise<boolean> {
  return (await describe(calls, workflowId))?.status.name === 'RUNNING';
}

/** Null: Temporal has no such workflow. */
async function describe(
  calls: TemporalCalls,
  workflowId: string,
): Promise<WorkflowExecutionDescription | null> {
  try {
    return await within(calls, SIGNAL_DEADLINE_MS, () =>
      calls.client.workflow.getHandle(workflowId).describe(),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

interface Place {
  readonly after: Uint8Array | null;
  readonly limit: number;
}

/** Some of the running workflows; `after` is the `next` of the call before. */
export interface RunningPage {
  readonly workflowIds: readonly string[];
  readonly next: Uint8Array | null;
}

/** The running workflows among these runs. @throws if Temporal is down */
export async function listRunningAmong(
  calls: TemporalCalls,
  runIds: readonly string[],
): Promise<readonly string[]> {
  const list = runIds.map((runId) => `'${runId}'`).join(', ');
  const page = await search(calls, `ExecutionStatus = 'Running' AND RunId IN (${list})`, {
    after: null,
    limit: runIds.length,
  });
  return page.workflowIds;
}

/** Lists all running workflows, a page at a time. @throws if Temporal is down */
export function listRunning(calls: TemporalCalls, place: Place): Promise<RunningPage> {
  return search(calls, `ExecutionStatus = 'Running'`, place);
}

async function search(calls: TemporalCalls, query: string, { after, limit }: Place): Promise<RunningPage> {
  const { executions, nextPageToken } = await within(calls, SIGNAL_DEADLINE_MS, () =>
    calls.connection.workflowService.listWorkflowExecutions({
      namespace: calls.client.options.namespace,
      query,
      pageSize: limit,
      ...(after === null ? {} : { nextPageToken: after }),
    }),
  );
  const workflowIds = executions.flatMap(({ execution }) => execution?.workflowId ?? []);
  return { workflowIds, next: nextPageToken.length > 0 ? nextPageToken : null };
}
