import { ProviderError } from '../domain/provider-error.ts';

/** Limits per process and vendor: calls in progress, calls that may wait, and how long they may wait. */
export interface QueueLimits {
  readonly atOnce: number;
  readonly waiting: number;
  readonly waitMs: number;
}

/**
 * A slow vendor holds at most 64 of the activities of a worker (`create-worker.ts` has room for several such). At 200
 * ms per call this allows 160 calls a second.
 */
export const QUEUE_LIMITS: QueueLimits = { atOnce: 32, waiting: 32, waitMs: 2_000 };

const BUSY_MS = 5_000;

/** The queue before one vendor. */
export interface CallQueue {
  /**
   * Runs the call when it is its turn, in order of arrival.
   * @throws ProviderError `rate_limited` if the wait is too long
   */
  run<T>(call: () => Promise<T>): Promise<T>;
}

/**
 * Makes the queue of one vendor in one process. `name` is the vendor's, for the error of a call that waits too long.
 */
export function createCallQueue(name: string, limits: QueueLimits = QUEUE_LIMITS): CallQueue {
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
  /** The next waiting call, if any, gets the turn. */
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
