import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process that was seen alive. Pids are reused, so its start time is part of its identity. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** The start time is the 22nd field; the second, the program's name, may hold blanks and brackets itself. */
export const readStartTicks = (stat: string): string | undefined =>
  stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];

const isZombie = (stat: string): boolean => stat.charAt(stat.lastIndexOf(')') + 2) === 'Z';

const startOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    return stat === undefined || isZombie(stat) ? undefined : readStartTicks(stat);
  }
  const answer = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const started = answer.stdout.trim();
  return started === '' ? undefined : started;
};

/** The identity of a living process, undefined when there is none of this pid. */
export const identify = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const startedAt = await startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
};

/** The command a process was started with, undefined when there is none of this pid. */
export const readCommand = async (pid: number): Promise<string | undefined> => {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return line?.replaceAll('\0', ' ');
  }
  return run('ps', ['-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
};

/** Whether the very process that was identified still runs. */
export const isAlive = async (identity: ProcessIdentity): Promise<boolean> =>
  (await startOf(identity.pid)) === identity.startedAt;
