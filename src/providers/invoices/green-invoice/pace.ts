import { ProviderError } from '../../../domain/provider-error.ts';

/** Time, injected so that tests do not wait. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock; both values in milliseconds. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Sends requests at the allowed rate, in their order of arrival. */
export interface Pace {
  /** @throws ProviderError `rate_limited` at once, without taking a turn, if the wait is longer than `patienceMs` */
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
 * One number is the whole queue: the time when the allowance is full again. Each turn moves it by one interval. Its
 * distance beyond a full burst is the wait of the turn.
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
