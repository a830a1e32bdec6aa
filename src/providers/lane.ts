import { ProviderError } from '../domain/provider-error.ts';

/** How many calls to one vendor a process has under way, how many more may wait for one to end, and for how long. */
export interface LaneLimits {
  readonly atOnce: number;
  readonly waiting: number;
  readonly waitMs: number;
}

/**
 * No vendor, however slow, holds more than 64 of a worker's activities (`create-worker.ts` has room for several such).
 * At 200 ms a call this lets 160 a second through.
 */
export const LANE_LIMITS: LaneLimits = { atOnce: 32, waiting: 32, waitMs: 2_000 };

const BUSY_MS = 5_000;

/** The way to one vendor. */
export interface Lane {
  /** Runs when it is its turn, first come, first served. @throws ProviderError `rate_limited` where it did not come */
  run<T>(call: () => Promise<T>): Promise<T>;
}

export function createLane(name: string, limits: LaneLimits = LANE_LIMITS): Lane {
  let running = 0;
  const queue: (() => void)[] = [];

  function turn(): Promise<void> {
    if (running < limits.atOnce) {
      running += 1;
      return Promise.resolve();
    }
    if (queue.length >= limits.waiting) return Promise.reject(busy(name));
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(go), 1);
        reject(busy(name));
      }, limits.waitMs);
      queue.push(go);
    });
  }
  /** The turn goes on to the next, if there is one. */
  function leave(): void {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return {
    async run(call) {
      await turn();
      try {
        return await call();
      } finally {
        leave();
      }
    },
  };
}

function busy(name: string): ProviderError {
  return new ProviderError('rate_limited', `too many calls to ${name} are in progress`, {
    retryAfterMs: BUSY_MS,
  });
}
