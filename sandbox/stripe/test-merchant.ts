/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { createHmac } from 'node:crypto';
import type { Received, Reply, TestSandbox } from '../test-sandbox.ts';

export const KEY = 'sk_test_example';

export type TestMerchant = ReturnType<typeof createTestMerchant>;

/** `{ a: { b: [1] } }` → `a[b][0]=1`, as the vendor's own SDK sends it; undefined values are left out. */
export const toForm = (fields: object): string => new URLSearchParams(toPairs(fields, '')).toString();

/** Numbers and flags become text in the form. */
function toPairs(fields: object, path: string): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = path === '' ? key : `${path}[${key}]`;
    if (value === undefined) return [];
    return typeof value === 'object' && value !== null ? toPairs(value, name) : [[name, value as string]];
  });
}

const toSessionRequest = (id: string, change: object) => ({
  mode: 'payment',
  client_reference_id: id,
  metadata: { paymentId: id },
  payment_intent_data: { metadata: { paymentId: id } },
  line_items: [
    { quantity: 1, price_data: { currency: 'usd', unit_amount: 12_990, product_data: { name: 'Payment' } } },
  ],
  adaptive_pricing: { enabled: false },
  success_url: 'https://shop.example/ok?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example/cancel',
  ...change,
});

/** For tests only: a merchant of the simulated Stripe, its webhook endpoint, and the payer on its pages. */
export function createTestMerchant(sandbox: TestSandbox, key = KEY) {
  let counter = 0;
  const sessionRequest = (change: object = {}) =>
    toSessionRequest(`pay_${String((counter += 1)).padStart(10, '0')}`, change);
  const call = (
    method: string,
    path: string,
    fields: object = {},
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const form = toForm(fields);
    const head = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    };
    return method === 'POST'
      ? sandbox.send(method, `/stripe/v1/${path}`, form, head)
      : sandbox.send(method, `/stripe/v1/${path}${form === '' ? '' : `?${form}`}`, undefined, head);
  };

  return {
    sessionRequest,
    call,
    get: async (path: string, fields: object = {}) => (await call('GET', path, fields)).json,
    post: async (path: string, fields: object = {}, headers: Record<string, string> = {}) =>
      (await call('POST', path, fields, headers)).json,
    async makePage(change: object = {}): Promise<{ id: string; reference: string }> {
      const request = sessionRequest(change);
      const { json } = await call('POST', 'checkout/sessions', request);
      return { id: json.id, reference: request.client_reference_id };
    },
    /** Pays and returns the id of the charge. */
    async pay(id: string, order: object = {}): Promise<string> {
      const { json } = await sandbox.send('POST', `/control/checkouts/${id}/pay`, order);
      return json.transactionId;
    },
    /** Registers an endpoint at the receiver of the test and returns Stripe's answer. */
    enrol: async (path: string, change: object = {}) =>
      (
        await call('POST', 'webhook_endpoints', {
          url: `${sandbox.receiverUrl}${path}`,
          enabled_events: [
            'payment_intent.succeeded',
            'payment_intent.payment_failed',
            'checkout.session.completed',
          ],
          ...change,
        })
      ).json,
    /** What arrived at that path. */
    heard: (path: string): Received[] => sandbox.received.filter((one) => one.path === path),
    events: (path: string) =>
      sandbox.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body)),
    isSigned({ body, headers }: Received, secret: string): boolean {
      const [, at, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['stripe-signature'])) ?? [];
      return v1 === createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
    },
  };
}
