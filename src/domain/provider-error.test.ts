import { describe, expect, it } from '#jest';
import { PROVIDER_ERRORS, ProviderError, isProviderError } from './provider-error.ts';

describe('a failed call to a vendor', () => {
  it.each([
    ['unreachable', 'safe'],
    ['rate_limited', 'safe'],
    ['circuit_open', 'safe'],
    ['no_answer', 'unknown'],
    ['provider_unavailable', 'unknown'],
    ['bad_answer', 'unknown'],
    ['credentials_invalid', 'never'],
    ['rejected', 'never'],
    ['unsupported_operation', 'never'],
  ] as const)('%s: repeating it is %s', (code, retry) => {
    expect(new ProviderError(code, 'why').retry).toBe(retry);
  });

  it('is safe to repeat only where the vendor certainly did nothing', () => {
    const safe = Object.entries(PROVIDER_ERRORS).filter(([, advice]) => advice === 'safe');
    expect(safe.map(([code]) => code).sort()).toEqual(['circuit_open', 'rate_limited', 'unreachable']);
  });

  it('has no vendor code and no delay unless the vendor gave one', () => {
    const error = new ProviderError('rejected', 'declined');
    expect(error).toMatchObject({
      name: 'ProviderError',
      message: 'declined',
      vendorCode: null,
      retryAfterMs: null,
    });
    expect(new ProviderError('rate_limited', 'slow', { retryAfterMs: 0 }).retryAfterMs).toBe(0);
    expect(new ProviderError('rejected', 'no', { vendorCode: '' }).vendorCode).toBe('');
  });

  it("cuts the vendor's code, which ends in logs and metrics, to 60 characters", () => {
    const { vendorCode } = new ProviderError('rejected', 'no', { vendorCode: 'x'.repeat(61) });
    expect(vendorCode).toBe('x'.repeat(60));
  });

  it('is told from every other thing that can be thrown', () => {
    expect(isProviderError(new ProviderError('rejected', 'no'))).toBe(true);
    for (const other of [
      new Error('no'),
      { code: 'rejected', retry: 'never' },
      'rejected',
      null,
      undefined,
    ]) {
      expect(isProviderError(other)).toBe(false);
    }
  });
});
