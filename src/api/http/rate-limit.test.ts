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
    const limit = createRateLimit(50);
    const { response } = createAnswer();
    for (let n = 0; n < 100; n += 1) limit('a', response);
    expect(() => limit('a', response)).toThrow(Problem);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(() => limit('a', response)).not.toThrow();
  });

  it('is one for all processes that share it', async () => {
    let left = 10;
    const spendShared = (_name: string, spent: number) => Promise.resolve((left -= spent));
    const [one, other] = [createRateLimit(5, { spendShared }), createRateLimit(5, { spendShared })];
    const { response } = createAnswer();
    const ask = async (limit: typeof one): Promise<boolean> => {
      try {
        limit('a', response);
        return true;
      } catch {
        return false;
      } finally {
        await new Promise(setImmediate);
      }
    };
    const answers: boolean[] = [];
    for (let n = 0; n < 20; n += 1) answers.push(await ask(n % 2 === 0 ? one : other));
    expect(answers.slice(0, 10)).not.toContain(false);
    // Whoever asked before the last one does not know of it, so a process may let one more in: that is a debt.
    expect(answers.slice(11)).not.toContain(true);
    expect(left).toBeGreaterThanOrEqual(-1);
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
