import { readFileSync } from 'node:fs';
import type { EnvironmentInfo, ProcessName } from '../../dev/environment-info.ts';
import { createPaths, readStateDir } from '../../dev/paths.ts';
import { waitUntil } from '../../dev/waiting.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import type { Secrets } from '../../src/secrets.ts';

export type { EnvironmentInfo, ProcessName };

/** Ends a wait; a restart takes about a second on a quiet machine. */
const RESTART_MS = 200_000;

/** What `dev.json` of the environment under test says now. Read it again after a kill: pids change, addresses do not. */
export const readEnvironment = (): EnvironmentInfo =>
  JSON.parse(readFileSync(createPaths(readStateDir()).info, 'utf8')) as EnvironmentInfo;

/** Seals and opens as the processes of the environment do. */
export function readSecrets(): Secrets {
  return createSecrets(readMasterKeys(readEncryptionKeys()));
}

/** `TASHLUM_ENCRYPTION_KEYS` of the running environment. */
export function readEncryptionKeys(): string {
  const { encryptionKeys } = JSON.parse(readFileSync(createPaths(readStateDir()).secrets, 'utf8')) as {
    encryptionKeys: string;
  };
  return encryptionKeys;
}

/** SIGKILLs one process of the environment and returns the pid it had. */
export const killProcess = (name: ProcessName): number => {
  const pid = readEnvironment().pids[name];
  if (pid === null)
    throw new Error(`${name} was not started by the environment, so it is not killed by a test`);
  process.kill(pid, 'SIGKILL');
  return pid;
};

/** Waits until the process runs again under another pid, ready unless what it needs is down too; returns that pid. */
export const waitUntilRestarted = async (name: ProcessName, killedPid: number): Promise<number> => {
  const isBack = (): Promise<boolean> => Promise.resolve(readEnvironment().pids[name] !== killedPid);
  if (!(await waitUntil(isBack, RESTART_MS)))
    throw new Error(`${name} was not started again within ${RESTART_MS / 1_000} s`);
  const pid = readEnvironment().pids[name];
  if (pid === null) throw new Error(`${name} is gone from dev.json`);
  return pid;
};
