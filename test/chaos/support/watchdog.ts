import { setTimeout as delay } from 'node:timers/promises';

/** A test's body with a watchdog: what is not over by then fails, whatever it waits for. */
export function watched(seconds: number, body: () => Promise<void>): () => Promise<void> {
  return async () => {
    const over = new AbortController();
    const watchdog = delay(seconds * 1_000, undefined, { signal: over.signal }).then(() => {
      throw new Error(`the test was not over within ${seconds} s`);
    });
    watchdog.catch(() => undefined);
    await Promise.race([body(), watchdog]).finally(() => over.abort());
  };
}

const RECOVERY_MS = 45_000;
const PAUSE_MS = 100;

/**
 * Asks until `read` gives something, at most 45 s: long enough for every recovery. Whoever is asked may be down
 * meanwhile, so a failure counts as "not yet"; the last one is told when time is up.
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
  const end = performance.now() + 10_000;
  while (!(await isNow())) {
    if (performance.now() > end) throw new Error(`${what} did not come about within 10 s`);
    await delay(5);
  }
}
