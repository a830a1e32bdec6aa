import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Paths } from '../paths.ts';
import { waitUntil } from '../waiting.ts';
import { forgetPid, notePid } from './leftovers.ts';
import { readTail } from './log-tail.ts';
import type { Program } from './program.ts';
import { describeExit } from './program.ts';

/** A process that was started; `ended` settles once it is gone, with the reason. */
export interface Launched {
  pid: number;
  startedAt: number;
  ended: Promise<string>;
  hasEnded: () => boolean;
}

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone, as the signal wanted.
  }
};

/** Starts a program in a process group of its own, so that a terminal's Ctrl-C reaches us only and we stop all in order. */
export const launch = async (program: Program, paths: Paths): Promise<Launched> => {
  await program.prepare?.();
  const log = openSync(paths.log(program.name), 'a', 0o600);
  const child = spawn(program.file, program.args, {
    cwd: program.cwd,
    env: program.env,
    ...program.user,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let hasEnded = false;
  const { pid } = child;
  const ended = new Promise<string>((resolve) => {
    const settle = (reason: string): void => {
      hasEnded = true;
      // Its remaining children end with it.
      if (pid !== undefined) send(-pid, 'SIGKILL');
      resolve(reason);
    };
    child.once('exit', (code, signal) => settle(describeExit(code, signal)));
    child.once('error', (error) => settle(error.message));
  });
  if (pid === undefined) throw new Error(`${program.name} could not be started: ${await ended}`);
  await notePid(paths.pids, program.name, pid);
  return { pid, startedAt: performance.now(), ended, hasEnded: () => hasEnded };
};

/** Resolves when the process is ready (true) or has ended or used up its time (false). */
export const becomesReady = (launched: Launched, program: Program, withinMs: number): Promise<boolean> => {
  const settled = waitUntil(async () => launched.hasEnded() || (await program.isReady()), withinMs);
  return settled.then((isSettled) => isSettled && !launched.hasEnded());
};

/** Asks the process to stop, and kills its whole group if it is not gone in time. */
export const end = async (launched: Launched, program: Program, paths: Paths): Promise<void> => {
  if (!launched.hasEnded()) {
    send(launched.pid, program.stopSignal);
    const kill = setTimeout(() => send(-launched.pid, 'SIGKILL'), program.stopWithinMs);
    await launched.ended;
    clearTimeout(kill);
  }
  await forgetPid(paths.pids, program.name);
};

/** The sentence for a program that did not start, with the last lines of its log. */
export const startFailure = async (program: Program, reason: string, paths: Paths): Promise<Error> => {
  const tail = await readTail(paths.log(program.name));
  return new Error(
    `${program.name} did not start (${reason}). Its log, ${paths.log(program.name)}, ends with:\n${tail}`,
  );
};
