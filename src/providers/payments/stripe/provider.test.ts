import { describe, expect, it } from '#jest';
import type { HttpRequest } from '../../../http.ts';
import { stripe } from './index.ts';
import type { StripeCredentials } from './credentials.ts';

const KEY = 'sk_test_exampleExampleExample';
const ENDPOINT = { id: 'we_new', livemode: false, url: 'https://pay.example/hook', secret: 'whsec_new' };
const REFUND = { id: 're_1', amount: 5, currency: 'usd', created: 1, charge: 'ch_1', status: 'succeeded' };

/** Stripe as a table from `METHOD /path` to its answer; anything else is a 404. */
function stripeWith(
  answers: Readonly<Record<string, object>>,
  credentials: StripeCredentials = { secretKey: KEY },
) {
  const asked: HttpRequest[] = [];
  const send = (call: HttpRequest) => {
    asked.push(call);
    const answer = answers[`${call.method} ${new URL(call.url).pathname}`];
    const missing = { error: { type: 'invalid_request_error', code: 'resource_missing' } };
    return Promise.resolve({
      status: answer === undefined ? 404 : 200,
      headers: {},
      text: JSON.stringify(answer ?? missing),
    });
  };
  const provider = stripe.create({
    http: { send, close: () => Promise.resolve() },
    credentials,
    previousCredentials: null,
    mode: 'test',
    baseUrl: null,
    options: { webhookGraceSeconds: 60, maxPageMinutes: 60 },
  });
  const told = () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { provider, asked, told };
}

const refundOrder = {
  refundId: 'ref_01kb2m7c0000000000000000aa',
  paymentId: 'pay_01kb2m7c0000000000000000aa',
  charge: { transactionId: 'ch_1', secret: null, amount: 10, paidAt: new Date(0) },
  page: null,
  amount: 5,
  currency: 'USD',
  idempotencyKey: 'ref_01kb2m7c0000000000000000aa',
} as const;

describe('enrolling', () => {
  const list = (...endpoints: object[]) => ({ data: endpoints, has_more: false });
  const POST = 'POST /v1/webhook_endpoints';

  it('makes an endpoint for exactly the events that are read, in the version that is read', async () => {
    const { provider, asked } = stripeWith({ 'GET /v1/webhook_endpoints': list(), [POST]: ENDPOINT });
    expect(await provider.enrolWebhooks?.(ENDPOINT.url)).toEqual({
      secretKey: KEY,
      webhookSecret: 'whsec_new',
    });
    const body = new URLSearchParams(asked.at(-1)?.body);
    expect(body.get('url')).toBe(ENDPOINT.url);
    expect(body.get('api_version')).toBe('2026-10-28.endive');
    expect([...body.keys()].filter((name) => name.startsWith('enabled_events'))).toHaveLength(16);
  });

  it('ends what it left at the same address, once there is another, and touches no other address', async () => {
    const older = { ...ENDPOINT, id: 'we_old', secret: null };
    const others = { ...older, id: 'we_other', url: 'https://elsewhere.example/hook' };
    const { provider, told } = stripeWith({
      'GET /v1/webhook_endpoints': list(older, others),
      [POST]: ENDPOINT,
      'DELETE /v1/webhook_endpoints/we_old': { id: 'we_old', deleted: true },
    });
    await provider.enrolWebhooks?.(ENDPOINT.url);
    expect(told()).toEqual(['GET /v1/webhook_endpoints', POST, 'DELETE /v1/webhook_endpoints/we_old']);
  });

  it('leaves credentials that have a secret as they are, without a call', async () => {
    const credentials = { secretKey: KEY, webhookSecret: 'whsec_own' };
    const { provider, told } = stripeWith({}, credentials);
    expect(await provider.enrolWebhooks?.(ENDPOINT.url)).toEqual(credentials);
    expect(told()).toEqual([]);
  });

  it('without a secret in the answer is no success', async () => {
    const { provider } = stripeWith({
      'GET /v1/webhook_endpoints': list(),
      [POST]: { ...ENDPOINT, secret: undefined },
    });
    await expect(provider.enrolWebhooks?.(ENDPOINT.url)).rejects.toMatchObject({ code: 'bad_answer' });
  });
});

describe('a refund', () => {
  it('goes out with both of our ids and its own key', async () => {
    const { provider, asked } = stripeWith({ 'POST /v1/refunds': REFUND });
    await provider.refund?.(refundOrder);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      charge: 'ch_1',
      amount: '5',
      'metadata[refundId]': refundOrder.refundId,
      'metadata[paymentId]': refundOrder.paymentId,
    });
    expect(asked[0]?.headers).toMatchObject({ 'idempotency-key': refundOrder.idempotencyKey });
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['pending', 'pending'],
    ['requires_action', 'pending'],
  ])('that is %s at once is %s', async (status, expected) => {
    const { provider } = stripeWith({ 'POST /v1/refunds': { ...REFUND, status } });
    expect(await provider.refund?.(refundOrder)).toEqual({
      transactionId: 're_1',
      status: expected,
      rawCode: status,
    });
  });

  it.each(['failed', 'canceled'])('that is %s at once is rejected', async (status) => {
    const { provider } = stripeWith({
      'POST /v1/refunds': { ...REFUND, status, failure_reason: 'declined' },
    });
    await expect(provider.refund?.(refundOrder)).rejects.toMatchObject({
      code: 'rejected',
      vendorCode: 'declined',
    });
  });
});

describe('listing what moved', () => {
  it('tells charges with the id that their intent carries, and refunds, within whole seconds', async () => {
    const intent = { id: 'pi_1', metadata: { paymentId: refundOrder.paymentId } };
    const charge = { ...REFUND, id: 'ch_1', livemode: false, captured: true, payment_intent: intent };
    const { provider, asked } = stripeWith({
      'GET /v1/charges': { data: [charge], has_more: false },
      'GET /v1/refunds': {
        data: [{ ...REFUND, metadata: { refundId: refundOrder.refundId } }],
        has_more: false,
      },
    });
    const found = [];
    const range = { from: new Date(1_000_500), until: new Date(2_000_000) };
    for await (const one of provider.listPayments?.(range) ?? []) found.push(one);
    expect(found).toMatchObject([
      { kind: 'charge', transactionId: 'ch_1', reference: refundOrder.paymentId },
      { kind: 'refund', transactionId: 're_1', refundOf: 'ch_1', refundReference: refundOrder.refundId },
    ]);
    for (const { url } of asked) {
      const { searchParams } = new URL(url);
      expect([searchParams.get('created[gte]'), searchParams.get('created[lt]')]).toEqual(['1001', '2000']);
    }
  });
});

describe('the face', () => {
  const rolled = (tail: string, account = '1AbCdEfGhIjKlMnO') => `sk_test_5${account}${tail.repeat(82)}`;
  it('knows a rolled key as the same account’s, and shows no key', () => {
    const key = (secretKey: string) => stripe.accountKey({ secretKey });
    expect(key(rolled('x'))).toBe(key(rolled('y')));
    expect(key(rolled('x'))).not.toBe(key(rolled('x', '1OtherAccount123')));
    expect(key(rolled('x'))).not.toBe(key(rolled('x').replace('test', 'live')));
    expect(key('sk_test_short')).not.toBe(key('sk_test_other'));
    expect(key('sk_test_short')).not.toContain('short');
  });

  it.each(['pk_test_example', 'whsec_example'])('refuses %s as the secret key', (secretKey) => {
    const issues = stripe.credentials.safeParse({ secretKey }).error?.issues;
    expect(issues).toMatchObject([{ message: expect.stringContaining('secretKey must be') }]);
  });

  it.each([
    [{ amount: 99_999_999, methods: ['card', 'bit'] }, []],
    [{ amount: 99_999_999, methods: null }, []],
    [{ amount: 100_000_000, methods: ['bit'] }, ['#/amount', '#/methods']],
  ])('of %j says beforehand what Stripe is known to refuse: %j', (terms, pointers) => {
    const options = { webhookGraceSeconds: 1, maxPageMinutes: 1 };
    const customer = { name: null, email: null, phone: null };
    const order = { currency: 'ILS', maxInstallments: null, customer, ...terms } as const;
    expect(stripe.checkOrder?.(order, options).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
