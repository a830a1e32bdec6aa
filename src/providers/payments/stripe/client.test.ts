import { inspect } from 'node:util';
import { describe, expect, it } from '#jest';
import { isProviderError, ProviderError } from '../../../domain/provider-error.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { collect } from './find.ts';

const KEY = 'sk_test_exampleExampleExample';
const SESSION = {
  id: 'cs_test_1',
  livemode: false,
  url: 'https://checkout.stripe.com/c/pay/cs_test_1',
  expires_at: 1_800_000_000,
  client_reference_id: null,
  metadata: {},
  payment_intent: null,
};
const REFUND = { id: 're_1', amount: 5, currency: 'usd', created: 1, status: 'succeeded', charge: 'ch_1' };

type Script = Partial<HttpResponse> | ((call: HttpRequest) => Partial<HttpResponse>);
const json = (status: number, body: object, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: JSON.stringify(body),
});
const failed = (status: number, error: object, headers: Record<string, string> = {}) =>
  json(status, { error }, headers);

/** A client with answers in turn, the last one repeated; and what it sent. */
function clientOf(
  answers: readonly Script[],
  change: { mode?: Mode; key?: string; base?: string | null } = {},
) {
  const sent: HttpRequest[] = [];
  const send = (call: HttpRequest) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)] ?? {};
    sent.push(call);
    const told = typeof answer === 'function' ? answer(call) : answer;
    return Promise.resolve({ status: 200, headers: {}, text: '', ...told });
  };
  const client = createClient({
    http: { send, close: () => Promise.resolve() },
    secretKey: change.key ?? KEY,
    mode: change.mode ?? 'test',
    baseUrl: change.base ?? null,
  });
  return { client, sent };
}

const make = (client: Client) => client.createSession({ mode: 'payment' }, 'pay_1/page/1');
const giveBack = (client: Client) => client.createRefund({ charge: 'ch_1' }, 'ref_1');
const keysOf = (sent: readonly HttpRequest[]) => sent.map(({ headers }) => headers?.['idempotency-key']);

async function errorOf(result: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await result.catch((reason: unknown) => reason);
  if (!isProviderError(error)) throw new Error('no ProviderError', { cause: error });
  return error;
}

describe('a call', () => {
  it.each([
    [null, 'https://api.stripe.com/v1/checkout/sessions'],
    ['http://127.0.0.1:1/stripe/', 'http://127.0.0.1:1/stripe/v1/checkout/sessions'],
  ])('with base %s goes to %s', async (base, url) => {
    const { client, sent } = clientOf([json(200, SESSION)], { base });
    await make(client);
    expect(sent).toMatchObject([{ method: 'POST', url, body: 'mode=payment', timeoutMs: 10_000 }]);
  });

  it('carries our key and the pinned version, and tells nothing of this machine', async () => {
    const { client, sent } = clientOf([json(200, SESSION)]);
    await make(client);
    const { authorization, ...headers } = sent[0]?.headers ?? {};
    expect(authorization).toBe(`Bearer ${KEY}`);
    expect(headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'pay_1/page/1',
      'stripe-version': '2026-10-28.endive',
      'user-agent': 'Tashlum',
    });
  });

  it('is never repeated by the SDK', async () => {
    for (const answer of [
      failed(500, { type: 'api_error' }),
      failed(409, { type: 'api_error' }),
      { status: 502 },
    ]) {
      const { client, sent } = clientOf([answer]);
      await errorOf(giveBack(client));
      expect(sent).toHaveLength(1);
    }
  });

  it('that could not be sent keeps the error of the connection', async () => {
    const broken = new ProviderError('unreachable', 'no connection to api.stripe.com (ECONNREFUSED)');
    const { client } = clientOf([
      () => {
        throw broken;
      },
    ]);
    await expect(make(client)).rejects.toBe(broken);
  });
});

describe('an answer', () => {
  it.each([
    [500, failed(500, { type: 'api_error' }), 'provider_unavailable', null],
    [503, { status: 503, text: '<html></html>' }, 'provider_unavailable', null],
    [200, failed(200, { type: 'api_error' }), 'provider_unavailable', null],
    [200, failed(200, { type: 'invalid_request_error', code: 'url_invalid' }), 'rejected', 'url_invalid'],
    [200, { text: '<html></html>' }, 'bad_answer', null],
    [200, { text: '' }, 'bad_answer', null],
    [200, { text: '{"id":"cs_te' }, 'bad_answer', null],
    [200, json(200, { ...SESSION, expires_at: 'soon' }), 'bad_answer', null],
    [200, json(200, { error: 'words' }), 'bad_answer', null],
    [302, json(302, SESSION), 'bad_answer', null],
    [403, { status: 403, text: '<html></html>' }, 'bad_answer', null],
    [
      400,
      failed(400, { type: 'invalid_request_error', code: 'parameter_unknown' }),
      'rejected',
      'parameter_unknown',
    ],
    [
      404,
      failed(404, { type: 'invalid_request_error', code: 'resource_missing' }),
      'rejected',
      'resource_missing',
    ],
    [
      402,
      failed(402, { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor' }),
      'rejected',
      'do_not_honor',
    ],
    [401, failed(401, { type: 'invalid_request_error' }), 'credentials_invalid', null],
    [401, { status: 401, text: '' }, 'credentials_invalid', null],
    [403, failed(403, { type: 'invalid_request_error' }), 'credentials_invalid', null],
    [400, failed(400, { code: 'testmode_charges_only' }), 'credentials_invalid', 'testmode_charges_only'],
    [400, failed(400, { type: 'invalid_request_error', code: 'rate_limit' }), 'rate_limited', null],
    [429, { status: 429, text: '' }, 'rate_limited', null],
    [
      409,
      failed(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }),
      'no_answer',
      'idempotency_key_in_use',
    ],
  ] as const)('of %i (%j) is %s', async (_status, answer, code, vendorCode) => {
    expect(await errorOf(giveBack(clientOf([answer]).client))).toMatchObject({ code, vendorCode });
  });

  it('never brings its words or our key into an error', async () => {
    const words = `${KEY} 4242-4242 dana@example.com`;
    const error = { type: words, code: words, message: words, param: words, decline_code: words };
    for (const status of [200, 400, 401, 402, 403, 404, 409, 429, 500]) {
      const shown = inspect(
        await errorOf(make(clientOf([failed(status, error, { 'stripe-notice': words })]).client)),
        {
          showHidden: true,
          depth: 9,
        },
      );
      for (const hidden of [KEY, '4242', 'dana']) expect(shown).not.toContain(hidden);
    }
  });

  it('says how long to wait, where it says so', async () => {
    const limited = (after: string) => ({ status: 429, headers: { 'retry-after': after } });
    expect(await errorOf(make(clientOf([limited('7')]).client))).toMatchObject({ retryAfterMs: 7_000 });
    expect(await errorOf(make(clientOf([limited('soon')]).client))).toMatchObject({ retryAfterMs: null });
    const inBody = failed(400, { code: 'rate_limit' }, { 'retry-after': '3' });
    expect(await errorOf(make(clientOf([inBody]).client))).toMatchObject({ retryAfterMs: 3_000 });
  });
});

describe('an idempotency key', () => {
  const OTHER_BODY = failed(400, { type: 'idempotency_error' });
  const REPLAYED = failed(500, { type: 'api_error' }, { 'idempotent-replayed': 'true' });

  it.each([
    ['was used with another body', OTHER_BODY],
    ['brings back a failure that Stripe stored', REPLAYED],
  ])('of a page that %s gets a suffix, once', async (_why, answer) => {
    const { client, sent } = clientOf([answer, json(200, SESSION)]);
    expect(await make(client)).toMatchObject({ id: 'cs_test_1' });
    expect(keysOf(sent)).toEqual(['pay_1/page/1', expect.stringMatching(/^pay_1\/page\/1\/[0-9a-f]{8}$/)]);
    const hopeless = clientOf([answer]);
    await errorOf(make(hopeless.client));
    expect(hopeless.sent).toHaveLength(2);
  });

  it('of a page stays as it is after a failure that is new', async () => {
    const { client, sent } = clientOf([failed(500, { type: 'api_error' })]);
    await errorOf(make(client));
    expect(keysOf(sent)).toEqual(['pay_1/page/1']);
  });

  it('of a refund is never changed: what it was used for must be looked up', async () => {
    for (const answer of [OTHER_BODY, REPLAYED]) {
      const { client, sent } = clientOf([answer, json(200, REFUND)]);
      expect(await errorOf(giveBack(client))).toMatchObject({ retry: 'unknown' });
      expect(keysOf(sent)).toEqual(['ref_1']);
    }
  });
});

describe('the mode', () => {
  it.each([
    ['test', 'sk_live_example'],
    ['live', 'sk_test_example'],
    ['test', 'rk_live_example'],
  ] as const)('%s with %s is refused before anything is sent', async (mode, key) => {
    const { client, sent } = clientOf([json(200, SESSION)], { mode, key });
    expect(await errorOf(client.probe())).toMatchObject({ code: 'credentials_invalid' });
    expect(sent).toEqual([]);
  });

  it('of what Stripe tells must be the workspace’s, also within a list', async () => {
    const live = { ...SESSION, livemode: true };
    expect(await errorOf(clientOf([json(200, live)]).client.session('cs_1'))).toMatchObject({
      code: 'credentials_invalid',
    });
    const intents = [false, true].map((livemode) => ({ id: 'pi_1', livemode, metadata: {} }));
    const list = json(200, { data: intents, has_more: false });
    expect(await errorOf(clientOf([list]).client.intents('pay_1', noRow))).toMatchObject({
      code: 'credentials_invalid',
    });
    const accepted = clientOf([json(200, live)], { mode: 'live', key: 'sk_live_example' });
    expect(await accepted.client.session('cs_1')).toMatchObject({ isLive: true });
  });
});

/** For lists whose rows can all be read. */
const noRow = (row: object): never => {
  throw new Error(`not read: ${JSON.stringify(row)}`);
};

describe('a list', () => {
  it('is read to its end, each page after the last one of the page before', async () => {
    const pages = [
      json(200, { data: [REFUND, { ...REFUND, id: 're_2' }], has_more: true }),
      json(200, { data: [{ ...REFUND, id: 're_3' }], has_more: false }),
    ];
    const { client, sent } = clientOf(pages);
    const refunds = await collect(client.refunds({ payment_intent: 'pi_1' }, noRow));
    expect(refunds.map(({ id }) => id)).toEqual(['re_1', 're_2', 're_3']);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=100&payment_intent=pi_1',
      '?limit=100&payment_intent=pi_1&starting_after=re_2',
    ]);
  });

  it('passes over a row that cannot be read, says so, and goes on after it', async () => {
    const odd = { ...REFUND, id: 're_odd', status: 'on_hold' };
    const { client, sent } = clientOf([
      json(200, { data: [REFUND, odd], has_more: true }),
      json(200, { data: [{ ...REFUND, id: 're_3' }], has_more: false }),
    ]);
    const strange: object[] = [];
    const refunds = await collect(client.refunds({}, (row) => strange.push(row)));
    expect(refunds.map(({ id }) => id)).toEqual(['re_1', 're_3']);
    expect(strange).toEqual([{ rowId: 're_odd', problem: 'its status cannot be read' }]);
    expect(sent[1]?.url).toContain('starting_after=re_odd');
  });

  it.each([{ data: [], has_more: true }, { data: [] }, { data: [{ status: 'succeeded' }], has_more: false }])(
    'that cannot be read to its end (%j) is bad_answer, never a short list',
    async (list) => {
      const walk = collect(clientOf([json(200, list)]).client.refunds({}, noRow));
      expect(await errorOf(walk)).toMatchObject({ code: 'bad_answer' });
    },
  );
});
