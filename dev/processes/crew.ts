import type { Paths } from '../paths.ts';
import type { Program } from './program.ts';
import type { Supervised, SupervisionEvents } from './supervise.ts';
import { superviseProgram } from './supervise.ts';

/** The supervised programs of one environment. */
export interface Crew {
  /** Starts a program and waits until it is ready. After `stop` nothing more is started. */
  start: (program: Program) => Promise<void>;
  restart: (names: readonly string[]) => Promise<void>;
  /** Null for one that was not started here. */
  pid: (name: string) => number | null;
  /** Stops all, one after the other in the order given. May be called again. */
  stop: () => Promise<void>;
}

export const createCrew = (stopOrder: readonly string[], paths: Paths, events: SupervisionEvents): Crew => {
  const members = new Map<string, Supervised>();
  let isStopped = false;
  let stopping: Promise<void> = Promise.resolve();
  const stopAll = async (): Promise<void> => {
    for (const name of stopOrder) await members.get(name)?.stop();
  };
  return {
    start: async (program) => {
      if (isStopped) throw new Error(`${program.name} was not started: the environment is stopping`);
      const member = superviseProgram(program, paths, events);
      members.set(program.name, member);
      await member.start();
    },
    restart: async (names) => {
      await Promise.all(names.map(async (name) => members.get(name)?.restart()));
    },
    pid: (name) => members.get(name)?.pid() ?? null,
    stop: () => {
      isStopped = true;
      return (stopping = stopping.then(stopAll));
    },
  };
};

/**
 * Runs tasks concurrently. After the first failure `giveUp` is called, which makes the others end soon. The failure
 * is passed on only when all have ended, so that nothing is started during the cleanup.
 */
export const together = async (tasks: readonly Promise<unknown>[], giveUp: () => void): Promise<void> => {
  const failures: unknown[] = [];
  await Promise.all(
    tasks.map((task) =>
      task.catch((error: unknown) => {
        failures.push(error);
        giveUp();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
};
