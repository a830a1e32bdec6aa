import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from '../files.ts';
import { waitUntil } from '../waiting.ts';
import type { ProcessIdentity } from './identity.ts';
import { identify, isAlive } from './identity.ts';

const GENTLE_MS = 5_000;

const pidFile = (folder: string, name: string): string => join(folder, `${name}.json`);

/** Records which process runs under a name, so that a later start finds it if this one is killed. */
export const notePid = async (folder: string, name: string, pid: number): Promise<void> => {
  const identity = await identify(pid);
  if (identity === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeJson(pidFile(folder, name), identity);
};

export const forgetPid = (folder: string, name: string): Promise<void> =>
  rm(pidFile(folder, name), { force: true });

const signalQuietly = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile, as the signal wanted.
  }
};

/** SIGINT first (PostgreSQL's fast shutdown; the others end on it too), SIGKILL when that is not enough. */
const stopIdentified = async (identity: ProcessIdentity): Promise<void> => {
  const isGone = async (): Promise<boolean> => !(await isAlive(identity));
  signalQuietly(identity.pid, 'SIGINT');
  if (await waitUntil(isGone, GENTLE_MS)) return;
  signalQuietly(identity.pid, 'SIGKILL');
  await waitUntil(isGone, GENTLE_MS);
};

/** Stops the leftovers of a killed environment; returns the names of those found alive. */
export const stopLeftovers = async (folder: string): Promise<string[]> => {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
  const found = await Promise.all(
    files.map(async (file) => {
      const identity = (await readJson(join(folder, file)).catch(() => undefined)) as
        ProcessIdentity | undefined;
      const wasAlive = identity !== undefined && (await isAlive(identity));
      if (wasAlive) await stopIdentified(identity);
      await rm(join(folder, file), { force: true });
      return wasAlive ? [file.replace(/\.json$/, '')] : [];
    }),
  );
  return found.flat();
};
