import { describe, expect, it } from '#jest';
import { accountBreaker, hostBreaker, partsOfBreaker, verdictsOf, worstBreakerStates } from './breaker.ts';
import type { Breaker, BreakerState } from './breaker.ts';
import { PROVIDER_ERRORS, ProviderError } from './provider-error.ts';
import type { ProviderErrorCode } from './provider-error.ts';

const after = (code: ProviderErrorCode, vendorCode: string | null = null) =>
  verdictsOf(new ProviderError(code, 'why', { vendorCode }));

describe('what the end of a call says of the vendor', () => {
  it.each(['unreachable', 'no_answer', 'provider_unavailable', 'bad_answer'] as const)(
    '%s is a failure of host and account',
    (code) => expect(after(code)).toEqual({ host: 'failure', account: 'failure' }),
  );

  it('wrong keys are the account’s failure, and an answer of the host', () => {
    expect(after('credentials_invalid')).toEqual({ host: 'success', account: 'refused' });
  });

  it('business answers are no failures', () => {
    expect(after('rejected', 'declined-by-issuer')).toEqual({ host: 'success', account: 'success' });
    const failing = (Object.keys(PROVIDER_ERRORS) as ProviderErrorCode[]).filter(
      (code) => after(code).host === 'failure',
    );
    expect(failing).toHaveLength(4);
  });

  it('what an adapter refused without asking says nothing', () => {
    for (const code of ['rejected', 'unsupported_operation', 'rate_limited', 'circuit_open'] as const)
      expect(after(code)).toEqual({ host: 'nothing', account: 'nothing' });
  });

  it('nor does an answer that came whole and that nobody can read: other merchants’ may be fine', () => {
    const unreadable = new ProviderError('bad_answer', 'why', { isWhole: true });
    expect(verdictsOf(unreadable)).toEqual({ host: 'nothing', account: 'nothing' });
  });

  it('nor does a fault of ours; an answer says that it works', () => {
    expect(verdictsOf(new TypeError('a bug'))).toEqual({ host: 'nothing', account: 'nothing' });
    expect(verdictsOf(null)).toEqual({ host: 'success', account: 'success' });
  });
});

describe('the name of a breaker', () => {
  it('says whose it is, an account below its host, and needs no escaping in a path', () => {
    const host = hostBreaker('green-invoice', 'live');
    const account = accountBreaker(host, 'acc_1');
    expect(account.startsWith(`${host}:`)).toBe(true);
    expect(new URL(`http://api/${account}/open`).pathname).toBe(`/${account}/open`);
    expect(partsOfBreaker(host)).toEqual({ provider: 'green-invoice', place: 'live', accountId: null });
    expect(partsOfBreaker(account)).toMatchObject({ provider: 'green-invoice', accountId: 'acc_1' });
  });
});

describe('a provider’s state', () => {
  const breaker = (name: string, state: BreakerState): Breaker => ({
    name,
    state,
    failures: 0,
    opensInMs: null,
  });
  it('is the worst of its breakers', () => {
    const breakers = [
      breaker('payplus:live', 'half_open'),
      breaker('payplus:live:acc_1', 'open'),
      breaker('grow:live', 'half_open'),
      breaker('grow:live:acc_2', 'closed'),
    ];
    expect(worstBreakerStates(['payplus', 'grow', 'stripe'], breakers)).toEqual([
      { provider: 'payplus', state: 'open' },
      { provider: 'grow', state: 'half_open' },
      { provider: 'stripe', state: 'closed' },
    ]);
  });
});
