import { describe, expect, it } from '#jest';
import { z } from 'zod';
import type { Problem } from '../../domain/problems.ts';
import { PROVIDER_ERRORS, ProviderError } from '../../domain/provider-error.ts';
import type { ProviderErrorCode } from '../../domain/provider-error.ts';
import { checkCredentials } from './check-credentials.ts';
import { DEFAULT_OPTIONS } from './account-order.ts';

function check(failure: Error | null): Promise<unknown> {
  const face = {
    name: 'payplus',
    credentials: z.unknown(),
    issuesLegalDocuments: false,
    accountKey: () => 'account',
    complete: () => Promise.resolve({}),
    check: () => (failure === null ? Promise.resolve() : Promise.reject(failure)),
  };
  return checkCredentials(face, {}, DEFAULT_OPTIONS, 'test').then(
    () => null,
    (error: unknown) => error,
  );
}

describe('a check of credentials', () => {
  it('says nothing where they are right', async () => {
    expect(await check(null)).toBeNull();
  });

  it.each(Object.keys(PROVIDER_ERRORS) as ProviderErrorCode[])(
    'that fails with %s is answered by its cause',
    async (code) => {
      const problem = (await check(new ProviderError(code, 'the vendor said so'))) as Problem;
      const isRefused = code === 'credentials_invalid' || code === 'rejected';
      expect([problem.code, problem.status, problem.retryAfterSeconds]).toEqual(
        isRefused ? ['provider_credentials_invalid', 422, null] : ['unavailable', 503, 5],
      );
    },
  );

  it('does not take a fault of ours for the vendor’s', async () => {
    const bug = new TypeError('a bug');
    expect(await check(bug)).toBe(bug);
  });
});
