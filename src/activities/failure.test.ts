import { ApplicationFailureCategory } from '@temporalio/common';
import type { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from '#jest';
import { ProviderError } from '../domain/provider-error.ts';
import { finalIfRejected, retryable } from './failure.ts';

const failure = (code: ProviderError['code'], retryAfterMs: number | null = null): ApplicationFailure =>
  retryable(new ProviderError(code, 'why', { retryAfterMs })) as ApplicationFailure;
const delays = (code: ProviderError['code'], retryAfterMs: number): number[] =>
  Array.from({ length: 200 }, () => Number(failure(code, retryAfterMs).nextRetryDelay));

describe('a call held back by a breaker', () => {
  it('is benign, not final, and keeps its code', () => {
    const held = finalIfRejected(new ProviderError('circuit_open', 'why', { retryAfterMs: 1 }));
    expect(held).toMatchObject({
      type: 'circuit_open',
      nonRetryable: false,
      category: ApplicationFailureCategory.BENIGN,
    });
  });

  it('comes back within 15 s however long the breaker stays open, and not all at once', () => {
    const spread = delays('circuit_open', 290_000);
    expect(Math.max(...spread)).toBeLessThanOrEqual(15_000);
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(7_500);
    expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(4_000);
  });

  it('does not come back at once when the trial is due', () => {
    expect(Math.min(...delays('circuit_open', 0))).toBeGreaterThanOrEqual(1_000);
  });

  it('comes back sooner where the breaker may close sooner', () => {
    expect(Math.max(...delays('circuit_open', 6_000))).toBeLessThanOrEqual(6_000);
  });
});

describe('a vendor that says when', () => {
  it('is never asked sooner, nor by all at once', () => {
    const spread = delays('rate_limited', 30_000);
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...spread)).toBeLessThanOrEqual(36_000);
    expect(new Set(spread).size).toBeGreaterThan(50);
    expect(failure('rate_limited', 1).category).toBe(ApplicationFailureCategory.BENIGN);
  });
});

describe('other failures of a vendor', () => {
  it('are shown as failures and keep the pace of their policy', () => {
    const shown = failure('no_answer');
    expect(shown.nextRetryDelay).toBeUndefined();
    expect(shown.category).not.toBe(ApplicationFailureCategory.BENIGN);
  });

  it('keep a pace of their own where they are given one, and no vendor has said when', () => {
    const delayOf = (code: ProviderError['code'], retryAfterMs: number | null) =>
      Number(
        (finalIfRejected(new ProviderError(code, 'why', { retryAfterMs }), 5_000) as ApplicationFailure)
          .nextRetryDelay,
      );
    expect(delayOf('no_answer', null)).toBe(5_000);
    expect(delayOf('rate_limited', 30_000)).toBeGreaterThanOrEqual(30_000);
  });

  it('wait a minute for a person where the keys are wrong', () => {
    expect(Number(failure('credentials_invalid').nextRetryDelay)).toBeGreaterThanOrEqual(60_000);
  });

  it('end what the vendor refused, and nothing else', () => {
    const isFinal = (code: ProviderError['code']): boolean | null | undefined =>
      (finalIfRejected(new ProviderError(code, 'why')) as ApplicationFailure).nonRetryable;
    expect(isFinal('rejected')).toBe(true);
    expect(isFinal('credentials_invalid')).toBe(false);
    expect(isFinal('no_answer')).toBe(false);
    expect(failure('rejected').nonRetryable).toBe(false);
  });
});
