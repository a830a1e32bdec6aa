import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isProviderError, PROVIDER_ERRORS, ProviderError } from '../../src/domain/provider-error.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PaymentProvider } from '../../src/providers/payments/payment-provider.ts';
import { altered, openPaymentRig, scripted, toQuery } from './payment-rig.ts';
import type { PaymentRig, ProviderChoice } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';

const NAMES = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];
const PAGE = {
  pageId: 'page-of-nobody',
  url: 'https://pay.example',
  expiresAt: new Date(0),
  secret: 'page-secret',
};

/** The sandbox's operation and the verb that makes it happen. */
const VERBS: Readonly<Record<string, (provider: PaymentProvider) => Promise<unknown>>> = {
  create_link: (provider) => provider.createLink(rig.order()),
  find_payment: (provider) => provider.findPayment(toQuery(rig.order().paymentId, PAGE)),
  credentials: (provider) => provider.checkCredentials(),
};

const FAULTS = [
  ['status_500', 'provider_unavailable', 'unknown'],
  ['status_429', 'rate_limited', 'safe'],
  ['html', 'bad_answer', 'unknown'],
  ['empty', 'bad_answer', 'unknown'],
  ['half_json', 'bad_answer', 'unknown'],
  ['connection_reset', 'no_answer', 'unknown'],
  ['timeout_before_effect', 'no_answer', 'unknown'],
  ['timeout_after_effect', 'no_answer', 'unknown'],
] as const;

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => rig.disarm());

/** The ProviderError that a verb ends in; anything else fails the test. */
async function errorOf(result: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await result.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!isProviderError(error)) throw new Error('no ProviderError', { cause: error });
  return error;
}

describe.each(NAMES)('%s: what goes wrong', (name) => {
  const { credentials, wrongCredentials, secretFields, trouble } = PAYMENT_SUBJECTS[name];
  const verbs = Object.entries(VERBS);
  const faults = [...FAULTS, ['error_in_200', trouble, PROVIDER_ERRORS[trouble]] as const];
  const build = (choice: ProviderChoice) => rig.provider(name, choice);

  describe.each(verbs)('in %s', (operation, act) => {
    it.each(faults)('%s is %s (%s)', async (fault, code, retry) => {
      await rig.arm(name, operation, fault);
      const provider = build({ http: altered(rig.http, { timeoutMs: 400 }) });
      expect(await errorOf(act(provider))).toMatchObject({ code, retry });
    });

    it.each([
      ['seconds', '7', 7_000],
      ['a date', 'in an hour', 3_600_000],
      ['nonsense', 'soon', null],
    ])('429 with a Retry-After of %s says when to come back', async (_how, value, expected) => {
      const http = scripted({
        status: 429,
        headers: {
          'retry-after': value === 'in an hour' ? new Date(Date.now() + 3_600_000).toUTCString() : value,
        },
      });
      const { code, retryAfterMs } = await errorOf(act(build({ http })));
      expect(code).toBe('rate_limited');
      if (expected === null) expect(retryAfterMs).toBeNull();
      else expect(Math.abs((retryAfterMs ?? NaN) - expected)).toBeLessThan(5_000);
    });

    it.each(['unreachable', 'no_answer'] as const)(
      '%s stays what the connection said it is',
      async (code) => {
        const send = () => Promise.reject(new ProviderError(code, 'the connection'));
        const provider = build({ http: { send, close: () => Promise.resolve() } });
        expect(await errorOf(act(provider))).toMatchObject({ code, message: 'the connection' });
      },
    );

    it('an error never holds a secret or the words of the vendor', async () => {
      const secrets = secretFields.map((field) => credentials[field] ?? '');
      const words = `${secrets.join(' ')} 4580-0000-0000-0000 dana@example.com`;
      const texts = [
        words,
        JSON.stringify(words),
        JSON.stringify({ message: words }),
        JSON.stringify({ error: words }),
      ];
      const results = JSON.stringify({ results: { status: 'error', code: 1, description: words } });
      for (const status of [200, 400, 401, 403, 404, 422, 429, 500, 502]) {
        for (const text of [...texts, results]) {
          const error = await errorOf(act(build({ http: scripted({ status, text }) })));
          const shown = inspect(error, { showHidden: true });
          for (const hidden of [...secrets, '4580', 'dana@example.com']) expect(shown).not.toContain(hidden);
        }
      }
    });
  });

  it.each(Object.keys(wrongCredentials))(
    'a wrong %s is credentials_invalid when it is tested',
    async (field) => {
      const provider = build({ credentials: wrongCredentials[field] });
      expect(await errorOf(provider.checkCredentials())).toMatchObject({
        code: 'credentials_invalid',
        retry: 'never',
      });
    },
  );

  it.each(Object.keys(wrongCredentials))(
    'a wrong %s is credentials_invalid when a page is made',
    async (field) => {
      const provider = build({ credentials: wrongCredentials[field] });
      expect(await errorOf(provider.createLink(rig.order()))).toMatchObject({ code: 'credentials_invalid' });
    },
  );

  it('credentials are tested without making a page', async () => {
    const before = (await rig.allCheckouts()).length;
    await build({}).checkCredentials();
    expect(await rig.allCheckouts()).toHaveLength(before);
  });
});
