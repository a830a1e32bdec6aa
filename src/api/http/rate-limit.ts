import type { Response } from 'express';
import { Problem } from '../../domain/problems.ts';

/** Maximum number of buckets. Beyond it the oldest is dropped, so that a scan cannot fill the memory. */
const MAX_BUCKETS = 10_000;

/**
 * A token bucket per name, in this process: `perSecond` on average, `capacity` after a pause. Takes one token and
 * answers what is left; below 0: there was none.
 */
export function createTokenBuckets(perSecond: number, capacity: number): (name: string) => number {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name) => {
    const now = performance.now();
    const last = buckets.get(name) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, last.tokens + ((now - last.at) / 1000) * perSecond) - 1;
    buckets.delete(name);
    buckets.set(name, { tokens: Math.max(tokens, -1), at: now });
    if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value ?? '');
    return tokens;
  };
}

/**
 * Limits requests by a token bucket per name. Sets the RateLimit-* headers.
 * @throws Problem rate_limited
 */
export function createRateLimit(
  perSecond: number,
  capacity: number = perSecond * 2,
): (name: string, response: Response) => void {
  const take = createTokenBuckets(perSecond, capacity);
  return (name, response) => {
    const tokens = take(name);
    response.set({
      'RateLimit-Limit': String(capacity),
      'RateLimit-Remaining': String(Math.max(0, Math.floor(tokens))),
      'RateLimit-Reset': '1',
    });
    if (tokens < 0)
      throw new Problem('rate_limited', `too many requests: ${perSecond} per second are allowed`, {
        retryAfterSeconds: 1,
      });
  };
}
