import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { isProviderError, PROVIDER_ERRORS, ProviderError } from '../../src/domain/provider-error.ts';
import type { PaymentProvider } from '../../src/providers/payments/payment-provider.ts';
import { openPaymentRig, scripted } from './payment-rig.ts';
import type { PaymentRig, ProviderChoice } from './payment-rig.ts';
import { bare, CALLING_VERBS } from './payment-verbs.ts';
import { PAYMENT_SUBJECTS, SUBJECT_NAMES } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

const CUSTOMER = ['Dana Levi', 'dana@example.com', '0500000000'];

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

/** The verbs that call the vendor and that this provider has, but for the optional ones it lacks. */
function verbsOf(name: SubjectName) {
  const required = ['createPage', 'findPayment', 'checkCredentials'] as const;
  return [...required, ...PAYMENT_SUBJECTS[name].capabilities].map(
    (verb) => [verb, CALLING_VERBS[verb]] as const,
  );
}

describe.each(SUBJECT_NAMES)('%s: what goes wrong', (name) => {
  const { credentials, wrongCredentials, secretFields, silentYes, trouble } = PAYMENT_SUBJECTS[name];
  const secrets = secretFields.map((field) => credentials[field] ?? '');
  const build = (choice: ProviderChoice) => rig.provider(name, choice);

  /** The ProviderError that a verb ends in; anything else fails the test, and so does one that tells too much. */
  async function errorOf(result: unknown): Promise<ProviderError> {
    const error: unknown = await Promise.resolve(result).then(
      () => new Error('it succeeded'),
      (reason: unknown) => reason,
    );
    if (!isProviderError(error)) throw new Error('no ProviderError', { cause: error });
    // More than a log line ever shows: message, stack, codes and causes are all of it.
    const shown = inspect(error, { showHidden: true, depth: null });
    for (const hidden of [...secrets, ...CUSTOMER]) expect(shown).not.toContain(hidden);
    return error;
  }

  describe.each(verbsOf(name))('in %s', (verb, calling) => {
    const { operation, isBare } = calling;
    const own = isBare === true ? { credentials: bare(name) } : {};
    let act: (provider: PaymentProvider) => unknown;
    beforeEach(async () => {
      act = await calling.prepare(rig, name);
    });

    // What an error of the vendor's own means in a refund is told in its own cases.
    const told = verb === 'refund' ? [] : [['error_in_200', trouble, PROVIDER_ERRORS[trouble]] as const];
    const silent: readonly string[] = silentYes;
    const faults = [...FAULTS, ...told].filter(([fault]) => fault !== 'empty' || !silent.includes(verb));
    it.each(faults)('%s is %s, retry: %s', async (fault, code, retry) => {
      await rig.arm(name, operation, fault);
      expect(await errorOf(act(build(own)))).toMatchObject({ code, retry });
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
      const { code, retryAfterMs } = await errorOf(act(build({ ...own, http })));
      expect(code).toBe('rate_limited');
      if (expected === null) expect(retryAfterMs).toBeNull();
      else expect(Math.abs((retryAfterMs ?? NaN) - expected)).toBeLessThan(5_000);
    });

    it.each(['unreachable', 'no_answer'] as const)(
      '%s stays what the connection said it is',
      async (code) => {
        const send = () => Promise.reject(new ProviderError(code, 'the connection'));
        const provider = build({ ...own, http: { send, close: () => Promise.resolve() } });
        expect(await errorOf(act(provider))).toMatchObject({ code, message: 'the connection' });
      },
    );

    it('an error never holds a secret, a person or the words of the vendor', async () => {
      const words = `${secrets.join(' ')} ${CUSTOMER.join(' ')} 4580-0000-0000-0000`;
      for (const status of [200, 400, 401, 403, 404, 409, 422, 429, 500, 502]) {
        for (const text of [words, ...asVendorsSay(words)]) {
          const error = await errorOf(act(build({ ...own, http: scripted({ status, text }) })));
          expect(inspect(error, { showHidden: true, depth: null })).not.toContain('4580');
        }
      }
    });
  });

  it.each(Object.keys(wrongCredentials))(
    'a wrong %s is credentials_invalid when it is tested and when a page is made',
    async (field) => {
      const provider = build({ credentials: wrongCredentials[field] });
      const invalid = { code: 'credentials_invalid', retry: 'never' };
      expect(await errorOf(provider.checkCredentials())).toMatchObject(invalid);
      expect(await errorOf(provider.createPage(rig.order()))).toMatchObject(invalid);
    },
  );

  it('credentials are tested without making a page', async () => {
    const before = (await rig.allCheckouts()).length;
    await build({}).checkCredentials();
    expect(await rig.allCheckouts()).toHaveLength(before);
  });
});

/** Words in every envelope that some vendor puts its errors into. */
function asVendorsSay(words: string): string[] {
  return [
    words,
    { message: words },
    { error: words },
    { error: { type: 'card_error', code: words, message: words, param: words } },
    { status: 0, err: { id: words, message: words }, data: words },
    { results: { status: 'error', code: 1, description: words } },
  ].map((body) => JSON.stringify(body));
}
