import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createPaths, readStateDir } from '../../../src/dev/paths.ts';
import { waitUntilRestarted } from '../../support/environment.ts';
import type { ProcessName } from '../../support/environment.ts';

/** The pid that runs under a name this very moment: `dev.json` tells it only once the process is ready. */
export function runningPid(name: ProcessName): number | null {
  try {
    const noted = readFileSync(join(createPaths(readStateDir()).pids, `${name}.json`), 'utf8');
    return (JSON.parse(noted) as { pid: number }).pid;
  } catch {
    return null;
  }
}

function send(name: ProcessName, signal: NodeJS.Signals): number | null {
  const pid = runningPid(name);
  try {
    if (pid !== null) process.kill(pid, signal);
    return pid;
  } catch {
    return null;
  }
}

/** SIGKILLs a process; `restarted` waits until the environment runs it again. */
export function kill(name: ProcessName): { restarted: () => Promise<void> } {
  const pid = send(name, 'SIGKILL');
  if (pid === null) throw new Error(`${name} did not run when it was to be killed`);
  return {
    restarted: async () => {
      await waitUntilRestarted(name, pid);
    },
  };
}

/** Stops a process without ending it: connections are taken and nothing is ever answered. */
export const pause = (name: ProcessName): unknown => send(name, 'SIGSTOP');
export const proceed = (name: ProcessName): unknown => send(name, 'SIGCONT');

const KILL_PAUSE_MS = 10;

/** Runs `body` while a process is killed again as soon as it is started; afterwards waits until it runs. */
export async function whileDown<T>(name: ProcessName, body: () => Promise<T>): Promise<T> {
  const first = kill(name);
  const over = new AbortController();
  const killing = keepKilling(name, over.signal);
  try {
    return await body();
  } finally {
    over.abort();
    await killing;
    await first.restarted();
  }
}

async function keepKilling(name: ProcessName, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    send(name, 'SIGKILL');
    await delay(KILL_PAUSE_MS);
  }
}
