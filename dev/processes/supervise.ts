import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Paths } from '../paths.ts';
import type { Launched } from './launch.ts';
import { becomesReady, end, launch, startFailure } from './launch.ts';
import { trimLog } from './log-tail.ts';
import type { Program } from './program.ts';
import { backOffMs } from './program.ts';

/** A process that ran this long counts as good: its next end is a first failure again. */
const PROVEN_MS = 10_000;
/**
 * A restarted process is announced after this time even if it is not ready, e.g. because its own dependency is down.
 */
const ANNOUNCE_MS = 12_000;

export interface SupervisionEvents {
  died: (name: string, reason: string) => void;
  /** It runs again under a new pid; `afterMs` since it died. */
  restarted: (name: string, pid: number, afterMs: number) => void;
}

export interface Supervised {
  /** Of the process that runs now; 0 before the first start. */
  pid: () => number;
  /** Starts it and waits until it is ready. Fails with a sentence and the log's end. */
  start: () => Promise<void>;
  /** Stops it properly and starts it again, as after a change of its source. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A supervised program. `isWanted` says whether it should run, `isExpected` whether we ended it to restart it. */
interface Watched {
  program: Program;
  paths: Paths;
  events: SupervisionEvents;
  isWanted: () => boolean;
  isExpected: boolean;
  current: Launched | undefined;
}

/** The first start, tried again for as long as the program allows. */
const startFirst = async (watched: Watched): Promise<Launched> => {
  const { program, paths } = watched;
  const retryUntil = performance.now() + program.retryStartMs;
  for (let failures = 0; ; failures += 1) {
    const launched = (watched.current = await launch(program, paths));
    if (watched.isWanted() && (await becomesReady(launched, program, program.readyWithinMs))) return launched;
    const reason = launched.hasEnded()
      ? await launched.ended
      : `not ready within ${program.readyWithinMs / 1_000} s`;
    await end(launched, program, paths);
    if (!watched.isWanted() || performance.now() > retryUntil)
      throw await startFailure(program, reason, paths);
    await delay(backOffMs(failures));
  }
};

/** One more start: why it failed, or undefined once it is ready or worth announcing. */
const startAgain = async (watched: Watched): Promise<string | undefined> => {
  try {
    const launched = (watched.current = await launch(watched.program, watched.paths));
    await becomesReady(launched, watched.program, ANNOUNCE_MS);
    return launched.hasEnded() ? await launched.ended : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const HELD_PAUSE_MS = 20;

/** Waits while a test holds the program down. */
const whileHeld = async ({ program, paths, isWanted }: Watched): Promise<void> => {
  while (isWanted() && existsSync(paths.hold(program.name))) await delay(HELD_PAUSE_MS);
};

/** Starts it until it runs; returns how many tries in a row have failed. */
const bringBack = async (watched: Watched, failuresBefore: number): Promise<number> => {
  await whileHeld(watched);
  for (let failures = failuresBefore; watched.isWanted(); failures += 1) {
    if (failures > 0) await delay(backOffMs(failures - 1));
    const failure = watched.isWanted() ? await startAgain(watched) : undefined;
    if (failure === undefined) return failures;
    if (failures === failuresBefore) watched.events.died(watched.program.name, failure);
  }
  return 0;
};

const keepUp = async (watched: Watched, first: Launched): Promise<void> => {
  const { program, events } = watched;
  let failures = 0;
  for (let launched = first; ; launched = watched.current ?? launched) {
    const reason = await launched.ended;
    if (!watched.isWanted()) return;
    const diedAt = performance.now();
    const isFirstFailure = watched.isExpected || diedAt - launched.startedAt > PROVEN_MS;
    if (!watched.isExpected) events.died(program.name, reason);
    watched.isExpected = false;
    failures = await bringBack(watched, isFirstFailure ? 0 : failures + 1);
    if (watched.isWanted())
      events.restarted(program.name, watched.current?.pid ?? 0, performance.now() - diedAt);
  }
};

const endCurrent = async ({ current, program, paths }: Watched): Promise<void> => {
  if (current !== undefined) await end(current, program, paths);
};

/** Keeps one program running: started again whenever it ends, until stopped. */
export const superviseProgram = (program: Program, paths: Paths, events: SupervisionEvents): Supervised => {
  let isWanted = false;
  const watched: Watched = {
    program,
    paths,
    events,
    isWanted: () => isWanted,
    isExpected: false,
    current: undefined,
  };
  let keeping: Promise<void> = Promise.resolve();
  return {
    pid: () => watched.current?.pid ?? 0,
    start: async () => {
      isWanted = true;
      await trimLog(paths.log(program.name));
      keeping = keepUp(watched, await startFirst(watched));
    },
    restart: async () => {
      if (watched.current === undefined || watched.current.hasEnded()) return;
      watched.isExpected = true;
      await endCurrent(watched);
    },
    stop: async () => {
      isWanted = false;
      await endCurrent(watched);
      await keeping;
      // Also what a start under way has launched meanwhile.
      await endCurrent(watched);
    },
  };
};
