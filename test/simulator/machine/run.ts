import proto from '@temporalio/proto';
import { TypedSearchAttributes } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { coresdk } from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';
import { bundleWorkflows } from '../../../src/worker/create-worker.ts';
import { PAYMENTS_QUEUE } from '../../../src/workflows/messages.ts';
import { readCommand, startJob, toActivation } from '../../workflows/support/wire.ts';
import type { Command, Job } from '../../workflows/support/wire.ts';

/** The code that a worker runs workflows in, loaded once. */
export type Creator = Awaited<ReturnType<typeof openCreator>>;

export async function openCreator(activityNames: readonly string[]) {
  const { code } = await bundleWorkflows();
  const creator = await ReusableVMWorkflowCreator.create(
    parseWorkflowCode(code),
    10_000,
    new Set(activityNames),
  );
  // The SDK follows every promise of the process for stack traces that nobody asks for here.
  globalHandlers.uninstall();
  return creator;
}

type Wire = coresdk.workflow_commands.IWorkflowCommand;

/** When and how often an activity is tried, in milliseconds; null: without end. */
export interface Policy {
  readonly startToCloseMs: number;
  readonly scheduleToCloseMs: number | null;
  readonly initialMs: number;
  readonly coefficient: number;
  readonly mostMs: number | null;
  readonly attempts: number | null;
}

/** A command, with what the server needs to know beyond it. */
export type Heard = Command & { readonly policy: Policy | null };

interface Activation {
  readonly at: number;
  readonly jobs: readonly Job[];
  readonly historyLength: number;
  readonly lines: readonly string[];
}

export interface Identity {
  readonly type: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly input: unknown;
  readonly startedAt: number;
}

/** The history contradicts the code: what it decides now is not what it decided then. */
export class Nondeterminism extends Error {}
/** Workflow code threw what no workflow should. */
export class TaskFailure extends Error {}

/**
 * The code of one run in a worker's memory. Activations since the last task that was completed are provisional: a worker
 * that dies loses them, and another one replays those before.
 */
export function createRunCode(creator: Creator, identity: Identity, uncaught: unknown[]) {
  let workflow: Workflow | null = null;
  let committed: Activation[] = [];
  let provisional: Activation[] = [];

  async function open(): Promise<Workflow> {
    const opened = await creator.createWorkflow(optionsOf(identity));
    for (const activation of committed) {
      const { lines } = await activate(opened, activation);
      if (lines.join('\n') !== activation.lines.join('\n'))
        throw new Nondeterminism(
          `replayed, ${identity.workflowId} decides [${lines.join(', ')}] where it decided [${activation.lines.join(', ')}]`,
        );
    }
    return opened;
  }

  async function activate(
    code: Workflow,
    { at, jobs, historyLength }: Omit<Activation, 'lines'>,
  ): Promise<{ heard: Heard[]; lines: string[] }> {
    const info = { historyLength, continueAsNewSuggested: false };
    const activation = toActivation(identity.runId, at, jobs, info);
    const completion = await code.activate(
      proto.coresdk.workflow_activation.WorkflowActivation.fromObject(activation),
    );
    const { failed, successful } = completion;
    if (failed) throw new TaskFailure(`${identity.workflowId}: ${failed.failure?.message ?? 'no message'}`);
    await new Promise((resolve) => setImmediate(resolve));
    const [cause] = uncaught.splice(0);
    if (cause !== undefined)
      throw new TaskFailure(`${identity.workflowId}: nobody caught a rejection`, { cause });
    const heard = (successful?.commands ?? []).map((wire) => ({
      ...readCommand(wire),
      policy: policyOf(wire),
    }));
    return { heard, lines: heard.map(({ line }) => line) };
  }

  return {
    /** Gives jobs to the code; the first activation starts it. */
    async give(at: number, jobs: readonly Job[], historyLength: number): Promise<Heard[]> {
      workflow ??= await open();
      const isFirst = committed.length + provisional.length === 0;
      const start = startJob(identity.type, identity.workflowId, identity.input);
      const given = { at, jobs: isFirst ? [start, ...jobs] : jobs, historyLength };
      const { heard, lines } = await activate(workflow, given);
      provisional.push({ ...given, lines });
      return heard;
    },
    commit(): void {
      committed.push(...provisional);
      provisional = [];
    },
    /** The worker is gone, or forgets the run. */
    async evict(): Promise<void> {
      provisional = [];
      await workflow?.dispose();
      workflow = null;
    },
    async close(): Promise<void> {
      await workflow?.dispose();
      workflow = null;
      committed = [];
    },
  };
}

export type RunCode = ReturnType<typeof createRunCode>;

function policyOf(wire: Wire): Policy | null {
  const scheduled = wire.scheduleActivity ?? wire.scheduleLocalActivity;
  if (!scheduled) return null;
  const { retryPolicy: retry, startToCloseTimeout, scheduleToCloseTimeout } = scheduled;
  return {
    startToCloseMs: msOf(startToCloseTimeout) ?? 10_000,
    scheduleToCloseMs: msOf(scheduleToCloseTimeout),
    initialMs: msOf(retry?.initialInterval) ?? 1_000,
    coefficient: retry?.backoffCoefficient ?? 2,
    mostMs: msOf(retry?.maximumInterval),
    attempts: numberOr(retry?.maximumAttempts),
  };
}

/** Protobuf's zero says that nothing was said. */
const numberOr = (value: number | null | undefined): number | null => (value ? value : null);
const msOf = (value: Parameters<typeof tsToMs>[0]): number | null => numberOr(value ? tsToMs(value) : 0);

function optionsOf({ type, workflowId, runId, startedAt }: Identity) {
  const startTime = new Date(startedAt);
  return {
    info: {
      workflowType: type,
      runId,
      workflowId,
      namespace: 'default',
      firstExecutionRunId: runId,
      originalExecutionRunId: runId,
      attempt: 1,
      taskTimeoutMs: 3_000,
      taskQueue: PAYMENTS_QUEUE,
      searchAttributes: {},
      typedSearchAttributes: new TypedSearchAttributes(),
      historyLength: 3,
      historySize: 300,
      continueAsNewSuggested: false,
      targetWorkerDeploymentVersionChanged: false,
      unsafe: {
        isReplaying: false,
        isReplayingHistoryEvents: false,
        now: () => startedAt,
        random: { random: () => 0.5, uuid4: () => 'not-random', fillRandom: (bytes: Uint8Array) => bytes },
      },
      startTime,
      runStartTime: startTime,
    },
    randomnessSeed: [1, 0, 0, 0, 0, 0, 0, 0],
    now: startedAt,
    showStackTraceSources: false,
  };
}
