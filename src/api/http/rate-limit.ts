import type { Response } from 'express';
import type { Bucket } from '../../db/rate-limits.ts';
import { Problem } from '../../domain/problems.ts';

/** Maximum number of buckets. Beyond it the oldest is dropped, so that a scan cannot fill the memory. */
const MAX_BUCKETS = 10_000;

/** This part of a bucket may be spent before the other processes hear of it. */
const UNSHARED_SHARE = 1 / 20;

interface Level {
  tokens: number;
  at: number;
  /** Spent here, and not yet taken from the shared bucket. */
  unshared: number;
  isSharing: boolean;
}

/** Takes from the bucket that all processes share; what is left of it. */
export type SpendShared = (name: string, spent: number, bucket: Bucket) => Promise<number>;

/** What a name may spend, and what is left. */
interface Spent {
  readonly isAllowed: boolean;
  readonly left: number;
}

/**
 * A token bucket per name: `perSecond` on average, `capacity` after a pause.
 *
 * With `spendShared` it is one bucket for all processes. Each counts by itself and tells the others in the background
 * after every twentieth of the bucket, so that no request waits for it. What was let in too much meanwhile is a debt that
 * all of them wait for, so the average holds.
 */
export function createTokenBuckets(
  perSecond: number,
  capacity: number,
  spendShared?: SpendShared,
): (name: string) => Spent {
  const levels = new Map<string, Level>();
  const mostUnshared = Math.max(1, Math.floor(capacity * UNSHARED_SHARE));

  const share = async (name: string, level: Level): Promise<void> => {
    if (spendShared === undefined || level.isSharing) return;
    level.isSharing = true;
    let spent = 0;
    try {
      // A burst spends more while the first part is on its way. Nobody may come afterwards who would tell of that.
      while (level.unshared >= mostUnshared) {
        spent = level.unshared;
        level.unshared = 0;
        const left = await spendShared(name, spent, { perSecond, capacity });
        Object.assign(level, { tokens: left - level.unshared, at: performance.now() });
      }
    } catch {
      // PostgreSQL is away, which the request itself is told. This process counts on alone and tells it later.
      level.unshared += spent;
    } finally {
      level.isSharing = false;
    }
  };

  const levelOf = (name: string): Level => {
    const now = performance.now();
    const level = levels.get(name) ?? { tokens: capacity, at: now, unshared: 0, isSharing: false };
    level.tokens = Math.min(capacity, level.tokens + ((now - level.at) / 1_000) * perSecond);
    level.at = now;
    levels.delete(name);
    levels.set(name, level);
    if (levels.size > MAX_BUCKETS) levels.delete(levels.keys().next().value ?? '');
    return level;
  };

  return (name) => {
    const level = levelOf(name);
    const isAllowed = level.tokens >= 1;
    if (isAllowed) {
      level.tokens -= 1;
      level.unshared += 1;
      void share(name, level);
    }
    return { isAllowed, left: level.tokens };
  };
}

/**
 * Limits requests by a token bucket per name (see createTokenBuckets). Sets the RateLimit-* headers.
 * @throws Problem rate_limited
 */
export function createRateLimit(
  perSecond: number,
  { capacity = perSecond * 2, spendShared }: { capacity?: number; spendShared?: SpendShared } = {},
): (name: string, response: Pick<Response, 'set'>) => void {
  const spend = createTokenBuckets(perSecond, capacity, spendShared);
  return (name, response) => {
    const { isAllowed, left } = spend(name);
    response.set({
      'RateLimit-Limit': String(capacity),
      'RateLimit-Remaining': String(Math.max(0, Math.floor(left))),
      'RateLimit-Reset': String(Math.ceil((capacity - left) / perSecond)),
    });
    if (isAllowed) return;
    throw new Problem('rate_limited', `too many requests: ${perSecond} per second are allowed`, {
      retryAfterSeconds: Math.ceil((1 - left) / perSecond),
    });
  };
}
