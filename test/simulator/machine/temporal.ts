import { childJob, toldJob } from '../../workflows/support/wire.ts';
import type { Job } from '../../workflows/support/wire.ts';
import { createExecution } from './execution.ts';
import type { Execution, ExecutionDeps, TaskStep, ToOther } from './execution.ts';

/** How long Temporal remembers a run that has ended (see `RETENTION` in src/temporal). */
const REMEMBERED_MS = 30 * 86_400_000;

/** What a question put to a workflow came to. */
export type Answer =
  { readonly state: 'done'; readonly value: unknown } | { readonly state: 'gone' | 'failed' };

/**
 * A Temporal server of our own, small and still: nothing happens in it until it is told to. It holds what the real one holds
 * us to: one run an id, questions answered once an id, signals that reach no closed run, timers, tries with their policies.
 */
export function createTemporal(given: Omit<ExecutionDeps, 'reachOther'>) {
  const byId = new Map<string, Execution[]>();
  let runs = 0;
  const deps: ExecutionDeps = { ...given, reachOther };

  const latest = (workflowId: string): Execution | undefined => {
    const found = byId.get(workflowId)?.at(-1);
    const isForgotten = (found?.closedAt ?? Infinity) + REMEMBERED_MS < deps.clock.now();
    return isForgotten ? undefined : found;
  };
  /** Sorted by id, because only the database decides in which order a sweep starts what it finds. */
  const all = (): Execution[] =>
    [...byId].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, executions]) => executions);
  const running = (): Execution[] => all().filter(({ closedAt }) => closedAt === null);

  function begin(type: string, workflowId: string, input: unknown): Execution {
    runs += 1;
    const execution = createExecution(deps, {
      type,
      workflowId,
      runId: `run-${runs}`,
      input,
      startedAt: deps.clock.now(),
    });
    byId.set(workflowId, [...(byId.get(workflowId) ?? []), execution]);
    execution.onContinue = (nextInput, left) => {
      const next = begin(type, workflowId, nextInput);
      for (const job of left) next.buffer(job);
    };
    return execution;
  }

  /** A workflow starts another one, which outlives it, or tells it something. */
  function reachOther(command: ToOther): Job {
    if (command.kind === 'child') {
      const { type, workflowId, input } = command.child;
      return childJob(command.seq, command.child, start(type, workflowId, input, 'always')?.runId ?? null);
    }
    const running = latest(command.workflowId);
    const isHeard = running?.closedAt === null;
    if (isHeard) running.signal(command.signal, undefined);
    return toldJob(command.seq, isHeard);
  }

  /** Starts a run; null where the id is taken: by a running one, or by one that has ended and is remembered. */
  function start(
    type: string,
    workflowId: string,
    input: unknown,
    mayRunAgain: 'never' | 'after_failure' | 'always',
  ): Execution | null {
    const known = latest(workflowId);
    if (known !== undefined) {
      if (known.closedAt === null) return null;
      const isFailed = known.end?.kind === 'failed';
      if (mayRunAgain === 'never' || (mayRunAgain === 'after_failure' && !isFailed)) return null;
    }
    return begin(type, workflowId, input);
  }

  return {
    all,
    running,
    latest,
    start,
    /** Tasks that a worker could take up now. */
    tasks: (): Execution[] => running().filter((execution) => execution.hasTask()),
    /** Tries that are due. */
    tries: (): { execution: Execution; seq: number }[] =>
      running().flatMap((execution) => execution.dueTries().map((seq) => ({ execution, seq }))),
    /** When the next timer fires or the next try is due; null: never. */
    nextAt(): number | null {
      const times = running().flatMap((execution) => execution.wakeTimes());
      return times.length === 0 ? null : Math.min(...times);
    },
    fireTimers(): void {
      for (const execution of running()) execution.fireTimers();
    },
    /** Every worker is gone: what they had in memory, and what they were at. */
    async killWorkers(): Promise<void> {
      for (const execution of running()) await execution.evict();
    },
    async close(): Promise<void> {
      for (const execution of all()) await execution.close();
    },
  };
}

export type Temporal = ReturnType<typeof createTemporal>;
export type { Execution, TaskStep };
