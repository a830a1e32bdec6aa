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
});
