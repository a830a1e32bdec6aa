import { runInThisContext } from 'node:vm';
import { TypedSearchAttributes } from '@temporalio/common';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import type { ActivityContext } from '../../../src/activities/context.ts';
import { createActivities } from '../../../src/activities/index.ts';
import { PAYMENTS_QUEUE } from '../../../src/workflows/messages.ts';
import type { WORKFLOWS } from '../../../src/workflows/messages.ts';
import { createDrive } from './drive-workflow.ts';
import type { Drive, DriveOptions } from './drive-workflow.ts';
import { startJob, updateJob } from './wire.ts';
import { workflowCode } from './workflow-code.ts';

/** The sandbox that a worker runs workflows in (internal API of the exact SDK version), without the worker. */

export interface WorkflowSandbox {
  /** Starts a workflow; `asking` are updates that arrive together with the start (Update-with-Start). */
  start(
    type: keyof typeof WORKFLOWS,
    input: object,
    options: DriveOptions & { asking?: Readonly<Record<string, string>> },
  ): Promise<Drive>;
  close(): Promise<void>;
}

/** What a worker registers for the queue of payments: a local activity that is not among them cannot be called. */
const LOCAL_ACTIVITIES = Object.keys(createActivities({} as ActivityContext));
const SANDBOX_TIMEOUT_MS = 5_000;
const SEED = [1, 0, 0, 0, 0, 0, 0, 0];

/** Opens the sandbox that workflows run in. */
export async function openSandbox(): Promise<WorkflowSandbox> {
  const creator = await ReusableVMWorkflowCreator.create(
    parseWorkflowCode(await workflowCode()),
    SANDBOX_TIMEOUT_MS,
    new Set(LOCAL_ACTIVITIES),
  );
  const running: Workflow[] = [];
  const uncaught = listenForUncaught();
  return {
    start: async (type, input, options) => {
      const runId = `run-${running.length + 1}`;
      const workflow = await createWorkflow(creator, type, runId, options.now);
      running.push(workflow);
      const updates = Object.entries(options.asking ?? {}).map(([id, name]) => updateJob(name, id));
      const drive = createDrive(workflow, runId, { ...options, uncaught: uncaught.reasons });
      await drive.begin([startJob(type, `test/${runId}`, input), ...updates]);
      return drive.face;
    },
    close: async () => {
      uncaught.stop();
      for (const workflow of running) await workflow.dispose();
      await creator.destroy();
    },
  };
}

/**
 * A promise that nobody catches fails a workflow task. The SDK hears of it from `process`, but Jest gives its modules a
 * copy on which nothing is ever emitted; the real one is listened to here.
 */
function listenForUncaught(): { reasons: unknown[]; stop: () => void } {
  const host = runInThisContext('process') as NodeJS.Process;
  const reasons: unknown[] = [];
  const listener = (reason: unknown): void => void reasons.push(reason);
  host.on('unhandledRejection', listener);
  return { reasons, stop: () => void host.off('unhandledRejection', listener) };
}

function createWorkflow(
  creator: ReusableVMWorkflowCreator,
  workflowType: string,
  runId: string,
  now: number,
): Promise<Workflow> {
  const startTime = new Date(now);
  return creator.createWorkflow({
    info: {
      workflowType,
      runId,
      workflowId: `test/${runId}`,
      namespace: 'default',
      firstExecutionRunId: runId,
      originalExecutionRunId: runId,
      attempt: 1,
      taskTimeoutMs: 3_000,
      taskQueue: PAYMENTS_QUEUE,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the type still asks for it
      searchAttributes: {},
      typedSearchAttributes: new TypedSearchAttributes(),
      historyLength: 3,
      historySize: 300,
      continueAsNewSuggested: false,
      targetWorkerDeploymentVersionChanged: false,
      unsafe: {
        isReplaying: false,
        isReplayingHistoryEvents: false,
        now: () => now,
        random: { random: () => 0.5, uuid4: () => 'not-random', fillRandom: (bytes) => bytes },
      },
      startTime,
      runStartTime: startTime,
    },
    randomnessSeed: SEED,
    now,
    showStackTraceSources: false,
  });
}
