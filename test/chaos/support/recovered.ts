import { setTimeout as delay } from 'node:timers/promises';

const RECOVERY_MS = 450_000;
const PAUSE_MS = 100;

/**
 * Asks until `read` gives something. The process that is asked may be down meanwhile, so a failure counts as "not yet";
 * the last one is told when time is up. The limit ends a hang and judges nothing.
 */
export async function recovered<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + RECOVERY_MS;
  let last: unknown;
  while (performance.now() < end) {
    const found = await read().catch((error: unknown) => {
      last = error;
      return null;
    });
    if (found !== null) return found;
    await delay(PAUSE_MS);
  }
  throw new Error(`${what} did not come about within ${RECOVERY_MS / 1_000} s`, { cause: last });
}

/** The same for the moment before a kill: no pause that the moment could slip through. */
export async function moment(what: string, isNow: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + RECOVERY_MS;
  while (!(await isNow())) {
    if (performance.now() > end)
      throw new Error(`${what} did not come about within ${RECOVERY_MS / 1_000} s`);
    await delay(5);
  }
}
