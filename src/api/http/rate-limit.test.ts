import { describe, expect, it } from '#jest';
import type { Response } from 'express';
import { Problem } from '../../domain/problems.ts';
import { createRateLimit } from './rate-limit.ts';

/** The headers of a limit. */
function createAnswer() {
  const headers: Record<string, string> = {};
  const set = (given: Record<string, string>): void => void Object.assign(headers, given);
  return { headers, response: { set } as unknown as Response };
}

/** Limits of several processes with one bucket, which fills too slowly to matter. */
function createShared(capacity: number, processes: number) {
  const shared = { left: capacity };
  const spendShared = (_name: string, spent: number) => Promise.resolve((shared.left -= spent));
  const limits = Array.from({ length: processes }, () => createRateLimit(0.001, { capacity, spendShared }));
  return { shared, limits };
}

function isLetIn(limit: ReturnType<typeof createRateLimit> | undefined): boolean {
  try {
    limit?.('a', createAnswer().response);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

describe('a rate limit', () => {
  it('refuses what is beyond it and says when to come back', () => {
    const limit = createRateLimit(2);
    const { headers, response } = createAnswer();
    for (let n = 0; n < 4; n += 1) limit('a', response);
    expect(headers).toMatchObject({ 'RateLimit-Limit': '4', 'RateLimit-Remaining': '0' });
    try {
      limit('a', response);
      throw new Error('was not refused');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect([error.code, error.retryAfterSeconds]).toEqual(['rate_limited', 1]);
    }
  });

  it('counts each name for itself', () => {
    const limit = createRateLimit(1);
    const { response } = createAnswer();
    limit('a', response);
    limit('a', response);
    expect(() => limit('a', response)).toThrow(Problem);
    expect(() => limit('b', response)).not.toThrow();
  });

  it('fills up again as time passes', async () => {
    const limit = createRateLimit(5, { capacity: 1 });
    const { response } = createAnswer();
    limit('a', response);
    expect(() => limit('a', response)).toThrow(Problem);
    while (!isLetIn(limit)) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is one for all processes that share it', async () => {
    const { shared, limits } = createShared(10, 2);
    const answers: boolean[] = [];
    for (let n = 0; n < 20; n += 1) {
      answers.push(isLetIn(limits[n % 2]));
      await new Promise(setImmediate);
    }
    expect(answers.slice(0, 10)).not.toContain(false);
    // A process that asked before the last request does not know of it, and may let one more in: that is a debt.
    expect(answers.slice(11)).not.toContain(true);
    expect(shared.left).toBeGreaterThanOrEqual(-1);
  });

  it('that a burst at one process used up is used up at the other', async () => {
    const { shared, limits } = createShared(10, 2);
    const burst = Array.from({ length: 30 }, () => isLetIn(limits[0]));
    expect(burst.filter(Boolean)).toHaveLength(10);
    await new Promise(setImmediate);
    expect(Math.ceil(shared.left)).toBe(0);
    // The other hears of it with what it lets in first, a twentieth of the bucket.
    expect(isLetIn(limits[1])).toBe(true);
    await new Promise(setImmediate);
    expect(isLetIn(limits[1])).toBe(false);
  });

  it('counts on alone while the others cannot be told, and tells them later', async () => {
    const told: number[] = [];
    const spendShared = (_name: string, spent: number) => {
      told.push(spent);
      return told.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve(17);
    };
    const limit = createRateLimit(10, { spendShared });
    const { headers, response } = createAnswer();
    limit('a', response);
    await new Promise(setImmediate);
    limit('a', response);
    await new Promise(setImmediate);
    limit('a', response);
    expect(told).toEqual([1, 2, 1]);
    expect(headers).toMatchObject({ 'RateLimit-Remaining': '16' });
  });
});
