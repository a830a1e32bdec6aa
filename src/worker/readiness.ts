import type { Worker } from '@temporalio/worker';
import { doKeysFit } from '../db/encryption-keys.ts';

/** Whether this process works: its workers run, and its keys open what is stored. The log says which keys do not. */
export function createReadiness(
  workers: readonly Pick<Worker, 'getState'>[],
  [pool, secrets, logger]: Parameters<typeof doKeysFit>,
): () => Promise<boolean> {
  return async () =>
    workers.every((worker) => worker.getState() === 'RUNNING') && (await doKeysFit(pool, secrets, logger));
}
