import proto from '@temporalio/proto';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import type { Activities } from '../../../src/activities/index.ts';
import {
  answerJob,
  cancelJob,
  cancellationJob,
  childJob,
  failureJob,
  readCommand,
  signalJob,
  timerJob,
  toActivation,
  updateJob,
} from './wire.ts';
import type { Call, Command, HistoryInfo, Job, UpdateState } from './wire.ts';

/**
 * Drives real workflow code with no server: every activation is made here, activities are answered by the test, and
 * time stands still until `passes`.
 */

export type ActivityName = keyof Activities;
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
  /** What the workflow returned, died of, or handed to its next run; null while it runs. */
  readonly end:
    { readonly result: unknown } | { readonly failure: string } | { readonly continuedWith: unknown } | null;
  /** What the server says of the history from now on. */
  history: HistoryInfo;
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

export interface DriveOptions {
  readonly now: number;
  readonly answers: Answers;
  /** Whether workflows that it starts run already, so that their ids are taken. */
  readonly areChildrenRunning?: boolean;
}

/**
 * `uncaught` collects what promises were rejected with and nobody caught: such a promise fails a workflow task.
 */
export function createDrive(
  workflow: Workflow,
  runId: string,
  options: DriveOptions & { uncaught: unknown[] },
) {
  const calls: Call[] = [];
  const waiting = new Map<number, Call>();
  const timers = new Map<number, number>();
  const updates = new Map<string, { state: UpdateState; answer: unknown }>();
  const story: string[] = [];
  const upserts: Readonly<Record<string, unknown>>[] = [];
  const state = { now: options.now, tasks: 0, end: null as Drive['end'] };

  const noteAnswer = (command: Command): void => {
    if (command.kind === 'update') updates.set(command.id, { state: command.state, answer: command.answer });
    if (command.kind === 'attributes') upserts.push(command.values);
    if (command.kind === 'completed') state.end = { result: command.result };
    if (command.kind === 'continued') state.end = { continuedWith: command.input };
    if (command.kind === 'failed') state.end = { failure: command.message };
  };
  const noteCall = (call: Call): void => {
    calls.push(call);
    waiting.set(call.seq, call);
  };
  /** Returns what follows from a command without anybody's doing. */
  const note = (command: Command): Job[] => {
    const cancelled = command.kind === 'cancelled' ? waiting.get(command.seq) : undefined;
    story.push(cancelled ? `cancel ${cancelled.name}` : command.line);
    noteAnswer(command);
    if (command.kind === 'call') noteCall(command.call);
    if (command.kind === 'timer') timers.set(command.seq, state.now + command.ms);
    if (command.kind === 'timerCancelled') timers.delete(command.seq);
    if (cancelled) waiting.delete(cancelled.seq);
    if (command.kind === 'child')
      return [childJob(command.seq, command.child, options.areChildrenRunning === true ? null : 'child-run')];
    return cancelled ? [cancellationJob(cancelled)] : [];
  };

  const activate = async (jobs: readonly Job[]): Promise<void> => {
    const { WorkflowActivation } = proto.coresdk.workflow_activation;
    const activation = WorkflowActivation.fromObject(toActivation(runId, state.now, jobs, face.history));
    const { failed, successful } = await workflow.activate(activation);
    if (failed) throw new Error(`the workflow task failed: ${failed.failure?.message ?? 'no message'}`);
    const [cause] = options.uncaught.splice(0);
    if (cause !== undefined)
      throw new Error('the workflow task failed: nobody caught a rejection', { cause });
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
    history: { historyLength: 3, continueAsNewSuggested: false },
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
