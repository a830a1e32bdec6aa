import { ProviderError } from '../../../domain/provider-error.ts';

/** Time, injected so that tests do not wait. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Lets requests go at the rate that the service allows, in the order in which they came. */
export interface Pace {
  /** @throws ProviderError `rate_limited` at once, without taking a turn, where the wait is longer than `patienceMs` */
  takeTurn(patienceMs?: number): Promise<void>;
}

/** No limit. */
export const UNPACED: Pace = { takeTurn: () => Promise.resolve() };

/**
 * Three a second on average, twenty at once after a rest.
 * Source: docs/reference/green-invoice.md, "Limits and error codes".
 */
const INTERVAL_MS = 1000 / 3;
const BURST = 20;

/**
 * One number is the whole queue: the time at which the allowance will be full again. A turn moves it on by one
 * interval; how far it lies beyond a full burst is how long the turn must wait.
 */
export function createPace(clock: Clock): Pace {
  let fullAgainAt = 0;
  return {
    async takeTurn(patienceMs = Infinity) {
      const now = clock.now();
      const nextFullAt = Math.max(fullAgainAt, now) + INTERVAL_MS;
      const waitMs = Math.ceil(nextFullAt - BURST * INTERVAL_MS - now);
      if (waitMs > patienceMs) throw tooMany(waitMs);
      fullAgainAt = nextFullAt;
      if (waitMs > 0) await clock.sleep(waitMs);
    },
  };
}

const tooMany = (waitMs: number): ProviderError =>
  new ProviderError(
    'rate_limited',
    'too many documents wait for this Green Invoice account (3 requests a second)',
    {
      retryAfterMs: waitMs,
    },
  );
