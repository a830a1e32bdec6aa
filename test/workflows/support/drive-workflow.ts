import { runInThisContext } from 'node:vm';
import { TypedSearchAttributes } from '@temporalio/common';
import proto from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import type { Activities } from '../../../src/activities/index.ts';
import { bundleWorkflows } from '../../../src/worker/create-worker.ts';
import { PAYMENTS_QUEUE } from '../../../src/workflows/messages.ts';
import type { WORKFLOWS } from '../../../src/workflows/messages.ts';
import {
  answerJob,
  cancelJob,
  cancellationJob,
  failureJob,
  readCommand,
  signalJob,
  startJob,
  timerJob,
  toActivation,
  updateJob,
} from './wire.ts';
import type { Call, Command, Job, UpdateState } from './wire.ts';

/**
 * Drives real workflow code with no server: every activation is made here, activities are answered by the test, and
 * time stands still until `passes`. The sandbox is the one a worker uses (internal API of the exact SDK version).
 */

type ActivityName = keyof Activities;
type AnswerOf<Name extends ActivityName> = Awaited<ReturnType<Activities[Name]>>;

/** What becomes of each activity as soon as it is called; throw an ApplicationFailure to fail it. Others stay pending. */
export type Answers = { [Name in ActivityName]?: (call: Call) => AnswerOf<Name> };

export interface Drive {
  /** The workflow's clock, epoch milliseconds. */
  readonly now: number;
  /** Workflow tasks so far: what local activities bring about belongs to the task that called them. */
  readonly tasks: number;
  /** Everything commanded, in order, one short line each. */
  readonly story: readonly string[];
  /** Search attributes that were upserted, one entry an upsert. */
  readonly upserts: readonly Readonly<Record<string, unknown>>[];
  /** What the workflow returned or died of; null while it runs. */
  readonly end: { readonly result: unknown } | { readonly failure: string } | null;
  /** Changes what happens to calls from now on. */
  answers: Answers;
  /** Every call of an activity, answered or not. */
  calls(name: ActivityName): readonly Call[];
  /** Names of calls that wait for an answer. */
  pending(): readonly string[];
  /** Milliseconds until each running timer fires. */
  timers(): readonly number[];
  update(id: string): { readonly state: UpdateState; readonly answer: unknown } | null;
  /** Several signals in one activation arrive at once. */
  signal(name: string, ...values: readonly unknown[]): Promise<void>;
  ask(name: string, id: string): Promise<void>;
  answer<Name extends ActivityName>(name: Name, value: AnswerOf<Name>): Promise<void>;
  fail(name: ActivityName, thrown: Error): Promise<void>;
  /** What `temporal workflow cancel` does. */
  cancel(): Promise<void>;
  /** Advances the clock, firing each timer at its time. */
  passes(ms: number): Promise<void>;
}

export interface WorkflowSandbox {
  /** Starts a workflow; `asking` are updates that arrive together with the start (Update-with-Start). */
  start(
    type: keyof typeof WORKFLOWS,
    input: object,
    options: { now: number; answers: Answers; asking?: Readonly<Record<string, string>> },
  ): Promise<Drive>;
  close(): Promise<void>;
}

/** Names a worker registers: a local activity that is not among them cannot be called. */
const LOCAL_ACTIVITIES: readonly ActivityName[] = [
  'createLink',
  'verifyPayment',
  'confirmPayment',
  'pollPayment',
  'settlePayment',
  'closePayment',
  'pushDocument',
  'giveUpPush',
];
const SANDBOX_TIMEOUT_MS = 5_000;
const SEED = [1, 0, 0, 0, 0, 0, 0, 0];

/** Bundles the workflows once (about a second) and opens the sandbox they run in. */
export async function openSandbox(): Promise<WorkflowSandbox> {
  const { code } = await bundleWorkflows();
  const creator = await ReusableVMWorkflowCreator.create(
    parseWorkflowCode(code),
    SANDBOX_TIMEOUT_MS,
    new Set<string>(LOCAL_ACTIVITIES),
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

function createDrive(
  workflow: Workflow,
  runId: string,
  options: { now: number; answers: Answers; uncaught: unknown[] },
) {
  const calls: Call[] = [];
  const waiting = new Map<number, Call>();
  const timers = new Map<number, number>();
  const updates = new Map<string, { state: UpdateState; answer: unknown }>();
  const story: string[] = [];
  const upserts: Readonly<Record<string, unknown>>[] = [];
  const state = { now: options.now, tasks: 0, end: null as Drive['end'] };

  const note = (command: Command): Job[] => {
    story.push(toLine(command, (seq) => waiting.get(seq)?.name ?? '?'));
    switch (command.kind) {
      case 'call':
        calls.push(command.call);
        waiting.set(command.call.seq, command.call);
        return [];
      case 'cancelled': {
        const call = waiting.get(command.seq);
        waiting.delete(command.seq);
        return call ? [cancellationJob(call)] : [];
      }
      case 'timer':
        timers.set(command.seq, state.now + command.ms);
        return [];
      case 'timerCancelled':
        timers.delete(command.seq);
        return [];
      case 'update':
        updates.set(command.id, { state: command.state, answer: command.answer });
        return [];
      case 'attributes':
        upserts.push(command.values);
        return [];
      case 'completed':
        state.end = { result: command.result };
        return [];
      case 'failed':
        state.end = { failure: command.message };
        return [];
    }
  };

  const activate = async (jobs: readonly Job[]): Promise<void> => {
    const { WorkflowActivation } = proto.coresdk.workflow_activation;
    const activation = WorkflowActivation.fromObject(toActivation(runId, state.now, jobs));
    const { failed, successful } = await workflow.activate(activation);
    if (failed) throw new Error(`the workflow task failed: ${failed.failure?.message ?? 'no message'}`);
    const [uncaught] = options.uncaught.splice(0);
    if (uncaught !== undefined) throw new Error(`the workflow task failed: nobody caught ${String(uncaught)}`);
    const consequences = (successful?.commands ?? []).map(readCommand).flatMap(note);
    if (consequences.length > 0) await activate(consequences);
  };

  /** Answers whatever the test has an answer for, until only open questions are left. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const call = [...waiting.values()].find(({ name }) => name in face.answers);
      if (call === undefined || state.end !== null) return;
      if (!call.isLocal) state.tasks += 1;
      await activate([take(call)]);
    }
  };
  const take = (call: Call): Job => {
    waiting.delete(call.seq);
    try {
      return answerJob(call, face.answers[call.name as ActivityName]?.(call));
    } catch (thrown) {
      return failureJob(call, thrown);
    }
  };
  const task = async (jobs: readonly Job[], isLocal = false): Promise<void> => {
    if (!isLocal) state.tasks += 1;
    await activate(jobs);
    await settle();
  };
  const resolve = async (name: ActivityName, toJob: (call: Call) => Job): Promise<void> => {
    const call = [...waiting.values()].find((candidate) => candidate.name === name);
    if (call === undefined) throw new Error(`${name} was not called; pending: ${face.pending().join(', ')}`);
    waiting.delete(call.seq);
    await task([toJob(call)], call.isLocal);
  };
  const nextTimer = (until: number): [number, number] | undefined =>
    [...timers].filter(([, at]) => at <= until).sort(([, a], [, b]) => a - b)[0];

  const face: Drive = {
    answers: options.answers,
    story,
    upserts,
    get now() {
      return state.now;
    },
    get tasks() {
      return state.tasks;
    },
    get end() {
      return state.end;
    },
    calls: (name) => calls.filter((call) => call.name === name),
    pending: () => [...waiting.values()].map(({ name }) => name),
    timers: () => [...timers.values()].map((at) => at - state.now),
    update: (id) => updates.get(id) ?? null,
    signal: (name, ...values) => task(values.map((value) => signalJob(name, value))),
    ask: (name, id) => task([updateJob(name, id)]),
    answer: (name, value) => resolve(name, (call) => answerJob(call, value)),
    fail: (name, thrown) => resolve(name, (call) => failureJob(call, thrown)),
    cancel: () => task([cancelJob()]),
    passes: async (ms) => {
      const until = state.now + ms;
      for (let due = nextTimer(until); due && state.end === null; due = nextTimer(until)) {
        const [seq, at] = due;
        state.now = at;
        timers.delete(seq);
        await task([timerJob(seq)]);
      }
      state.now = until;
    },
  };
  return { face, begin: (jobs: readonly Job[]) => task(jobs) };
}

/** A command in a few words. */
function toLine(command: Command, nameOf: (seq: number) => string): string {
  switch (command.kind) {
    case 'call':
      return command.call.isLocal
        ? `local ${command.call.name}`
        : `${command.call.name} on ${command.call.queue ?? '?'}`;
    case 'cancelled':
      return `cancel ${nameOf(command.seq)}`;
    case 'timer':
      return `timer ${command.ms / 1_000} s`;
    case 'timerCancelled':
      return 'cancel timer';
    case 'update':
      return `${command.id} ${command.state}`;
    case 'attributes':
      return 'upsert';
    case 'completed':
      return 'end';
    case 'failed':
      return 'fail';
  }
}
