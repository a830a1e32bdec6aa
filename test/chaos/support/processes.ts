import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPaths, readStateDir } from '../../../dev/paths.ts';
import { identify } from '../../../dev/processes/identity.ts';
import { waitUntilRestarted } from '../../support/environment.ts';
import type { ProcessName } from '../../support/environment.ts';
import { moment } from './recovered.ts';

/** The pid that runs under a name this very moment: `dev.json` tells it only once the process is ready. */
export function runningPid(name: ProcessName): number | null {
  try {
    const noted = readFileSync(join(createPaths(readStateDir()).pids, `${name}.json`), 'utf8');
    return (JSON.parse(noted) as { pid: number }).pid;
  } catch {
    return null;
  }
}

function childrenOf(pid: number | null): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []));
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

/**
 * Runs `body` while a process is down: killed with its children, and held from being started again. Afterwards waits until it runs.
 * A backend that is at work outlives its PostgreSQL for a moment, and may still commit.
 */
export async function whileDown<T>(name: ProcessName, body: () => Promise<T>): Promise<T> {
  const hold = createPaths(readStateDir()).hold(name);
  writeFileSync(hold, '');
  const children = childrenOf(runningPid(name));
  const killed = kill(name);
  try {
    await moment(`the end of ${name}`, async () => {
      const alive = await Promise.all(children.map(identify));
      return alive.every((one) => one === undefined);
    });
    return await body();
  } finally {
    rmSync(hold);
    await killed.restarted();
  }
}
