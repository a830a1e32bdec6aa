import { cancellationJob, signalJob, timerJob, updateJob } from '../../workflows/support/wire.ts';
import type { Call, Command, Job } from '../../workflows/support/wire.ts';
import type { Clock } from './clock.ts';
import { nextTryAt, toJob } from './retries.ts';
import { createRunCode } from './run.ts';
import type { Creator, Heard, Identity, Policy } from './run.ts';
import type { Answer } from './temporal.ts';

/** How a try of an activity ended: with an answer, an error, no answer in time, or its worker's death. */
export type TryEnd =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timed_out' }
  | { readonly kind: 'died' };

export interface TryOrder {
  readonly name: string;
  readonly input: unknown;
  readonly isLocal: boolean;
  readonly attempt: number;
  readonly scheduledAt: number;
  readonly workflowId: string;
}

export interface ExecutionDeps {
  readonly clock: Clock;
  readonly creator: Creator;
  readonly uncaught: unknown[];
  readonly runActivity: (order: TryOrder) => Promise<TryEnd>;
  /** Called before a local activity runs: what arrives meanwhile is for the next task. */
  readonly meanwhile: () => Promise<void>;
  /** Carries out a command that is for another workflow, and returns what the sender hears. */
  readonly reachOther: (command: ToOther) => Job;
}

/** A command that is for another workflow: to start it, or to tell it something. */
export type ToOther = Extract<Command, { kind: 'child' | 'told' }>;

interface Pending {
  readonly call: Call;
  readonly policy: Policy;
  readonly scheduledAt: number;
  attempt: number;
  nextAt: number;
  isRunning: boolean;
}

export type End = { readonly kind: 'completed' | 'failed' | 'continued'; readonly value: unknown };
export type TaskStep = 'done' | 'lost';
type Waiter = (answer: Answer) => void;

/** One run of a workflow as the server keeps it, and its code in the worker's memory. */
export function createExecution(deps: ExecutionDeps, identity: Identity) {
  const { clock } = deps;
  const code = createRunCode(deps.creator, identity, deps.uncaught);
  const pending = new Map<number, Pending>();
  const timers = new Map<number, number>();
  const updates = new Map<string, { answer: Answer | null; waiters: Waiter[] }>();
  let buffered: Job[] = [];
  /** Of the history, with the start. */
  let events = 1;
  let workflowTasks = 0;
  let signals = 0;
  let isFresh = true;
  const story: string[] = [];

  const self = {
    ...identity,
    closedAt: null as number | null,
    end: null as End | null,
    onContinue: (_input: unknown, _left: readonly Job[]): void => undefined,
    story,
    get events() {
      return events;
    },
    get workflowTasks() {
      return workflowTasks;
    },
    /** How often it was asked something, and how often it was told something. */
    get heard() {
      return { questions: updates.size, signals };
    },
    pendingActivities: () =>
      [...pending.values()].map(({ call, attempt, nextAt }) => ({ name: call.name, attempt, nextAt })),
    timersAt: () => [...timers.values()],
    openUpdates: () => [...updates].filter(([, { answer }]) => answer === null).map(([id]) => id),
    hasTask: () => isFresh || buffered.length > 0,
    buffer(job: Job): void {
      buffered.push(job);
    },
    signal(name: string, value: unknown): void {
      signals += 1;
      events += 1;
      buffered.push(signalJob(name, value));
    },
    /** The answer comes once; who asks under a known id gets that one. */
    ask(name: string, id: string, waiter: Waiter): void {
      const known = updates.get(id);
      if (known !== undefined) {
        if (known.answer === null) known.waiters.push(waiter);
        else waiter(known.answer);
        return;
      }
      updates.set(id, { answer: null, waiters: [waiter] });
      buffered.push(updateJob(name, id));
    },
    knows: (updateId: string) => updates.has(updateId),
    dueTries: () =>
      [...pending.values()]
        .filter(({ isRunning, nextAt }) => !isRunning && nextAt <= clock.now())
        .map(({ call }) => call.seq),
    wakeTimes: () => [
      ...timers.values(),
      ...[...pending.values()].filter(({ isRunning }) => !isRunning).map(({ nextAt }) => nextAt),
    ],
    fireTimers(): void {
      for (const [seq, at] of [...timers].sort(([, one], [, other]) => one - other)) {
        if (at > clock.now()) continue;
        timers.delete(seq);
        events += 1;
        buffered.push(timerJob(seq));
      }
    },
    runTask,
    runTry,
    evict: () => code.evict(),
    close: () => code.close(),
  };

  /** One workflow task, with its local activities, as a worker does it. `lost`: the worker died in it, or has to do it again. */
  async function runTask(): Promise<TaskStep> {
    const jobs = buffered;
    buffered = [];
    const draft: Heard[] = [];
    let locals: { call: Call; policy: Policy }[] = [];
    const give = async (given: readonly Job[]): Promise<void> => {
      const heard = await code.give(clock.now(), given, events + 2);
      draft.push(...heard);
      for (const command of heard) {
        if (command.kind === 'call' && command.call.isLocal && command.policy !== null)
          locals.push({ call: command.call, policy: command.policy });
      }
      await cancelNow(heard);
    };
    const cancelNow = async (heard: readonly Heard[]): Promise<void> => {
      const cancelled = heard.flatMap((command) => {
        if (command.kind !== 'cancelled') return [];
        const local = locals.find(({ call }) => call.seq === command.seq)?.call;
        locals = locals.filter(({ call }) => call.seq !== command.seq);
        const drafted = draft.find((one) => one.kind === 'call' && one.call.seq === command.seq);
        const found =
          local ?? pending.get(command.seq)?.call ?? (drafted?.kind === 'call' ? drafted.call : undefined);
        return found === undefined ? [] : [cancellationJob(found)];
      });
      if (cancelled.length > 0) await give(cancelled);
    };

    await give(jobs);
    let markers = 0;
    for (let local = locals.shift(); local !== undefined; local = locals.shift()) {
      const { call } = local;
      await deps.meanwhile();
      const end = await deps.runActivity({
        name: call.name,
        input: call.input,
        isLocal: true,
        attempt: 1,
        scheduledAt: clock.now(),
        workflowId: identity.workflowId,
      });
      if (end.kind === 'died') return lose(jobs);
      markers += 1;
      await give([toJob(call, end, local.policy.startToCloseMs)]);
    }
    const isClosing = draft.some(({ kind }) => ['completed', 'continued', 'failed'].includes(kind));
    // What came in the meantime keeps a run from closing: the task is done again, with the news.
    if (isClosing && buffered.some((job) => job.signalWorkflow || job.doUpdate)) return lose(jobs);
    isFresh = false;
    workflowTasks += 1;
    events += 3 + markers;
    code.commit();
    for (const command of draft) {
      if (command.kind === 'child' || command.kind === 'told') hear(deps.reachOther(command));
      else apply(command);
    }
    story.push(...draft.map(({ line }) => line));
    return 'done';
  }

  async function lose(jobs: readonly Job[]): Promise<TaskStep> {
    buffered = [...jobs, ...buffered];
    await code.evict();
    story.push('(the workflow task was lost and is done again)');
    return 'lost';
  }

  function hear(answer: Job): void {
    events += 2;
    buffered.push(answer);
  }

  function apply(command: Exclude<Heard, { kind: 'child' | 'told' }>): void {
    if (command.kind === 'call') schedule(command);
    else if (command.kind === 'timer') setTimer(command);
    else if (command.kind === 'update') noteUpdate(command);
    else if (command.kind === 'attributes') events += 1;
    else if (command.kind === 'cancelled') events += pending.delete(command.seq) ? 2 : 0;
    else if (command.kind === 'timerCancelled') events += timers.delete(command.seq) ? 1 : 0;
    else finish(command);
  }

  function setTimer({ seq, ms }: Extract<Heard, { kind: 'timer' }>): void {
    events += 1;
    timers.set(seq, clock.now() + ms);
  }

  function finish(command: Extract<Heard, { kind: 'completed' | 'failed' | 'continued' }>): void {
    const left = buffered;
    if (command.kind === 'completed') close({ kind: 'completed', value: command.result });
    if (command.kind === 'failed') close({ kind: 'failed', value: command.message });
    if (command.kind !== 'continued') return;
    close({ kind: 'continued', value: command.input });
    self.onContinue(command.input, left);
  }

  function schedule({ call, policy }: Extract<Heard, { kind: 'call' }>): void {
    if (call.isLocal || policy === null) return;
    events += 1;
    const at = clock.now();
    pending.set(call.seq, { call, policy, scheduledAt: at, attempt: 1, nextAt: at, isRunning: false });
  }

  function noteUpdate({ id, state, answer }: Extract<Heard, { kind: 'update' }>): void {
    events += 1;
    if (state === 'accepted') return;
    settle(id, state === 'completed' ? { state: 'done', value: answer } : { state: 'failed' });
  }

  function settle(id: string, answer: Answer): void {
    const known = updates.get(id);
    if (known === undefined || known.answer !== null) return;
    known.answer = answer;
    for (const waiter of known.waiters.splice(0)) waiter(answer);
  }

  function close(end: End): void {
    events += 1;
    self.end = end;
    self.closedAt = clock.now();
    pending.clear();
    timers.clear();
    buffered = [];
    for (const [id, { answer }] of [...updates]) {
      if (answer !== null) continue;
      settle(id, { state: 'gone' });
      updates.delete(id);
    }
    void code.close();
  }

  /** One try of a regular activity; what it came to reaches the workflow, or the next try is set. */
  async function runTry(seq: number): Promise<TryEnd['kind']> {
    const activity = pending.get(seq);
    if (activity === undefined) return 'died';
    activity.isRunning = true;
    const { call, attempt, scheduledAt } = activity;
    const end = await deps.runActivity({
      name: call.name,
      input: call.input,
      isLocal: false,
      attempt,
      scheduledAt,
      workflowId: identity.workflowId,
    });
    activity.isRunning = false;
    // Cancelled meanwhile: nobody waits for the answer.
    if (pending.get(seq) !== activity) return end.kind;
    const nextAt = retryAt(activity, end);
    if (nextAt !== null) {
      activity.attempt += 1;
      activity.nextAt = nextAt;
      return end.kind;
    }
    pending.delete(seq);
    events += 2;
    buffered.push(toJob(call, end, activity.policy.startToCloseMs));
    return end.kind;
  }

  const retryAt = (activity: Pending, end: TryEnd): number | null => nextTryAt(activity, end, clock.now());
  return self;
}

export type Execution = ReturnType<typeof createExecution>;
