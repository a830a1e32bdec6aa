import { AsyncLocalStorage } from 'node:async_hooks';
import { realPause } from './clock.ts';

/** After so long without any change a task is taken to wait for a held one, real milliseconds. */
const QUIET_MS = 1_000;

/** What befalls a task at one of its ways out (a statement, a call), counted from 1. */
export interface TaskFault {
  /** At which way out; a lost COMMIT happens at the first one from there on. */
  readonly at: number;
  readonly how: 'die_before' | 'die_after' | 'stall' | 'lose_commit' | 'break';
}

/** A running piece of the engine: a try of an activity, a request to the API, a sweep. */
export interface Task {
  readonly label: string;
  /** Stops at every way out until it is let go on. */
  isGated: boolean;
  isDead: boolean;
  /** It waits for a row that another task holds. */
  isBlocked: boolean;
  /** Looks once more whether it still waits for that row. */
  lookAgain: (() => Promise<void>) | null;
  /** Statements and calls under way. */
  inFlight: number;
  waitsForTemporal: number;
  /** What the task wants to do side by side goes one after the other, or chance would decide which ends first. */
  isBusy: boolean;
  readonly line: (() => void)[];
  /** Called when somebody joins the line: who holds it up looks whether it is held up itself. */
  onLine: (() => void) | null;
  waysOut: number;
  fault: TaskFault | null;
  readonly gates: (() => void)[];
  /** Ends its connections, as the end of its process does. */
  readonly connections: Set<() => void>;
  ended: { readonly value: unknown } | { readonly error: unknown } | null;
}

/** A connection that broke, as the drivers say it. */
export const brokenConnection = (): Error => new Error('Connection terminated unexpectedly');

/**
 * Runs pieces of the engine so that each can be stopped, killed and let go on. One that is not gated runs as far as it
 * can; where nothing else runs at the same time, that makes every life the same each time.
 */
export function createTasks() {
  const current = new AsyncLocalStorage<Task>();
  const living = new Set<Task>();
  const roundTrips = new Map<string, number>();
  let notify: (() => void)[] = [];
  const changed = (): void => {
    const waiting = notify;
    notify = [];
    for (const wake of waiting) wake();
  };
  const change = (): Promise<void> => new Promise((resolve) => void notify.push(resolve));
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  /** It may have died while somebody waited. */
  const isDead = (task: Task): boolean => task.isDead;
  const never = new Promise<never>(() => undefined);

  function start(
    label: string,
    run: () => Promise<unknown>,
    options: Partial<Pick<Task, 'isGated' | 'fault'>> = {},
  ): Task {
    const task: Task = {
      label,
      isGated: false,
      isDead: false,
      isBlocked: false,
      lookAgain: null,
      inFlight: 0,
      waitsForTemporal: 0,
      isBusy: false,
      line: [],
      onLine: null,
      waysOut: 0,
      fault: null,
      gates: [],
      connections: new Set(),
      ended: null,
      ...options,
    };
    living.add(task);
    const end = (ended: NonNullable<Task['ended']>): void => {
      task.ended ??= ended;
      if (task.inFlight === 0) living.delete(task);
      changed();
    };
    current.run(task, run).then(
      (value) => end({ value }),
      (error: unknown) => end({ error }),
    );
    return task;
  }

  function kill(task: Task): void {
    task.isDead = true;
    living.delete(task);
    for (const cut of task.connections) cut();
    task.connections.clear();
    changed();
  }

  /** Before a statement or a call leaves. Never returns for a task that is dead. */
  async function leave(task: Task | undefined, what: string): Promise<void> {
    if (task === undefined) return;
    if (task.isDead) return never;
    task.waysOut += 1;
    suffer(task, what);
    await pass(task);
    if (isDead(task)) return never;
    task.isBusy = true;
    task.inFlight += 1;
  }

  /** The fault that waits for this way out, if any. @throws Error a broken connection */
  function suffer(task: Task, what: string): void {
    const { fault } = task;
    if (fault === null || task.waysOut < fault.at) return;
    if (fault.how === 'die_before') kill(task);
    if (fault.how === 'stall') task.isGated = true;
    if (fault.how !== 'break' || what.startsWith('ROLLBACK')) return;
    task.fault = null;
    throw brokenConnection();
  }

  /** Waits at the gate, then for its turn. */
  async function pass(task: Task): Promise<void> {
    if (task.isGated && !task.isDead)
      await new Promise<void>((resolve) => {
        task.gates.push(resolve);
        changed();
      });
    while (task.isBusy && !task.isDead) {
      task.onLine?.();
      await new Promise<void>((resolve) => void task.line.push(resolve));
    }
  }

  /** Lets the next in the line go. */
  function passOn(task: Task): void {
    task.isBusy = false;
    task.line.shift()?.();
  }

  /** After it was answered. */
  function back(task: Task | undefined): Promise<void> | undefined {
    if (task === undefined) return undefined;
    task.inFlight -= 1;
    passOn(task);
    if (task.isDead) return never;
    if (task.fault?.how === 'die_after' && task.waysOut >= task.fault.at) {
      kill(task);
      return never;
    }
    if (task.ended !== null && task.inFlight === 0) living.delete(task);
    changed();
    return undefined;
  }

  const isIdle = (task: Task): boolean =>
    task.isDead ||
    task.isBlocked ||
    task.gates.length > 0 ||
    (task.inFlight === 0 && (task.ended !== null || task.waitsForTemporal > 0));

  /** Waits until the task can do nothing by itself any more: it has ended, is dead, held up, or waits for Temporal. */
  async function untilIdle(task: Task): Promise<void> {
    for (;;) {
      while (!isIdle(task)) await changeOrLetGo(task);
      await turn();
      await turn();
      if (isIdle(task)) return;
    }
  }

  /**
   * A task that is held may own a promise that others of its process share: one reads the breakers for all. Where nothing
   * happens any more and the task waits for no statement and no call, what is held goes on.
   */
  async function changeOrLetGo(task: Task): Promise<void> {
    const holder = [...living].find((one) => one !== task && one.gates.length > 0);
    if (holder === undefined || task.inFlight > 0) return change();
    const isChanged = await Promise.race([change().then(() => true), realPause(QUIET_MS).then(() => false)]);
    if (!isChanged && task.inFlight === 0 && !isIdle(task)) await release(holder);
  }

  /** Lets a held task run on by itself. */
  async function release(task: Task): Promise<void> {
    task.isGated = false;
    task.fault = null;
    for (const open of task.gates.splice(0)) open();
    await untilIdle(task);
    await wakeBlocked();
  }

  /** What one task let go of, another may have waited for: it goes on before anything else does. */
  async function wakeBlocked(): Promise<void> {
    for (const task of [...living].filter(({ isBlocked }) => isBlocked)) {
      await task.lookAgain?.();
      await untilIdle(task);
    }
  }

  return {
    current,
    start,
    kill,
    leave,
    /**
     * Round trips to PostgreSQL by the label of the task that made them. Statements that leave together, or while an
     * earlier one of the same connection is under way, are one.
     */
    roundTrips,
    noteRoundTrip(task: Task | undefined): void {
      const label = task?.label ?? 'no task';
      roundTrips.set(label, (roundTrips.get(label) ?? 0) + 1);
    },
    back,
    passOn,
    changed,
    untilIdle,
    /** Tasks that are paused halfway. */
    paused: (): Task[] => [...living].filter((task) => task.gates.length > 0),
    blocked: (): Task[] => [...living].filter((task) => task.isBlocked),
    living: (): Task[] => [...living],
    /** Lets a held task take its next step. */
    async step(task: Task): Promise<void> {
      task.gates.shift()?.();
      await untilIdle(task);
      await wakeBlocked();
    },
    release,
  };
}

export type Tasks = ReturnType<typeof createTasks>;
