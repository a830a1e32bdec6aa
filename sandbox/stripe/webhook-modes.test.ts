/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call --
   answers are looked at field by field, as a vendor's client would get them */
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { HOUR_MS, pause, startTestSandbox, until } from '../test-sandbox.ts';
import type { Received, TestSandbox } from '../test-sandbox.ts';
import { signEvent } from './signature.ts';
import { createTestMerchant } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

const HOOK = '/hook';
let sandbox: TestSandbox;
let merchant: TestMerchant;
let secret: string;
beforeEach(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
  secret = (await merchant.enrol(HOOK)).secret;
});
afterEach(() => sandbox.close());

const types = (path = HOOK): string[] => merchant.events(path).map(({ type }) => type);
const heard = async (count: number, path = HOOK): Promise<Received[]> => {
  await until(() => merchant.heard(path).length === count);
  return merchant.heard(path);
};
/** What was sent but not noted as answered is sent again after a restart. */
const answered = (count: number): Promise<void> =>
  until(async () => {
    const deliveries: { status: number | null }[] = (await sandbox.send('GET', '/control/deliveries')).json;
    return deliveries.filter(({ status }) => status === 200).length === count;
  });
const stampOf = ({ headers }: Received): number =>
  Number(/^t=(\d+)/.exec(String(headers['stripe-signature']))?.[1]);
const seconds = () => Math.floor(Date.now() / 1_000);

it('signs as Stripe does, over the very bytes it sends', async () => {
  // Source: the test vector of docs/reference/stripe.md, "Webhook signature".
  expect(
    signEvent('{"id":"evt_0001","type":"checkout.session.completed"}', 'whsec_example', 1_767_607_872),
  ).toBe('t=1767607872,v1=c87d4940b25bc9e408855911230f70ea6b72540eca85fc7788c0177339ca7e83');
  const { id, reference } = await merchant.makePage();
  const chargeId = await merchant.pay(id);
  const webhooks = await heard(2);
  expect(webhooks.every((webhook) => merchant.isSigned(webhook, secret))).toBe(true);
  const [intent, session] = merchant.events(HOOK);
  expect(intent).toMatchObject({
    id: expect.stringMatching(/^evt_/),
    object: 'event',
    type: 'payment_intent.succeeded',
    api_version: '2026-10-28.endive',
    livemode: false,
    data: { object: { status: 'succeeded', latest_charge: chargeId, metadata: { paymentId: reference } } },
  });
  expect(session).toMatchObject({
    type: 'checkout.session.completed',
    data: { object: { id, payment_status: 'paid', payment_intent: intent.data.object.id } },
  });
});

it('tells nobody where no endpoint is, and the read-back knows', async () => {
  const lonely = createTestMerchant(sandbox, 'sk_test_lonely');
  const { id } = await lonely.makePage();
  await lonely.pay(id, { webhook: 'out_of_order' });
  expect((await sandbox.send('GET', `/control/deliveries?checkoutId=${id}`)).json).toEqual([]);
  expect((await lonely.get(`checkout/sessions/${id}`)).payment_status).toBe('paid');
});

describe('endpoints', () => {
  it('each hear what they asked for, signed with their own secret; one that is gone or off hears nothing', async () => {
    const all = await merchant.enrol('/all', { enabled_events: ['*'], api_version: '2026-09-30.endive' });
    const gone = await merchant.enrol('/gone');
    const off = await merchant.enrol('/off');
    await merchant.call('DELETE', `webhook_endpoints/${gone.id}`);
    await merchant.post(`webhook_endpoints/${off.id}`, { disabled: true });
    const { id } = await merchant.makePage();
    await merchant.pay(id);
    const webhooks = await heard(4, '/all');
    expect(types('/all')).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    expect(merchant.events('/all')[0].api_version).toBe('2026-09-30.endive');
    expect(webhooks.every((webhook) => merchant.isSigned(webhook, String(all.secret)))).toBe(true);
    await heard(2);
    const shared = (path: string) =>
      merchant.events(path).find(({ type }) => type === 'checkout.session.completed').id;
    expect(shared(HOOK)).toBe(shared('/all'));
    await pause(50);
    expect([...merchant.heard('/gone'), ...merchant.heard('/off')]).toEqual([]);
  });

  it('show their secret once, and refuse events that do not exist', async () => {
    const endpoint = await merchant.enrol('/new');
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect((await merchant.get(`webhook_endpoints/${endpoint.id}`)).secret).toBeUndefined();
    const { data } = await merchant.get('webhook_endpoints');
    expect(data.map((one: { url: string; secret?: string }) => [one.url, one.secret])).toEqual([
      [`${sandbox.receiverUrl}/new`, undefined],
      [`${sandbox.receiverUrl}${HOOK}`, undefined],
    ]);
    const { error } = await merchant.enrol('/typo', { enabled_events: ['checkout.session.complete'] });
    expect(error.param).toBe('enabled_events[0]');
  });

  it('sign with a secret that is known already, where metadata name it, and show it nowhere', async () => {
    const known = await merchant.enrol('/known', { metadata: { sandbox_secret: 'whsec_mine', a: 'b' } });
    expect([known.secret, known.metadata]).toEqual(['whsec_mine', { a: 'b' }]);
    const { id } = await merchant.makePage();
    await merchant.pay(id);
    expect((await heard(2, '/known')).every((webhook) => merchant.isSigned(webhook, 'whsec_mine'))).toBe(
      true,
    );
    expect((await sandbox.send('GET', '/control/calls?provider=stripe')).text).not.toContain('whsec_mine');
  });

  it('survive a restart with their secrets', async () => {
    await sandbox.restart();
    const { id } = await merchant.makePage();
    await merchant.pay(id);
    expect((await heard(2)).every((webhook) => merchant.isSigned(webhook, secret))).toBe(true);
  });
});

describe('modes', () => {
  const pay = async (order: object) => {
    const page = await merchant.makePage();
    return { ...page, chargeId: await merchant.pay(page.id, order) };
  };

  it('never: no webhook, but the read-back knows', async () => {
    const { chargeId } = await pay({ webhook: 'never' });
    await pause(50);
    expect(merchant.heard(HOOK)).toEqual([]);
    expect((await merchant.get(`charges/${chargeId}`)).status).toBe('succeeded');
  });

  it('duplicate: as many equal copies of each event as asked', async () => {
    await pay({ webhook: 'duplicate', copies: 3 });
    await heard(6);
    expect(new Set(merchant.heard(HOOK).map(({ body }) => body)).size).toBe(2);
    expect(new Set(merchant.events(HOOK).map(({ id }) => id)).size).toBe(2);
  });

  it('late: nothing before delayMs, signed for when it leaves', async () => {
    await pay({ webhook: 'late', delayMs: HOUR_MS });
    expect(merchant.heard(HOOK)).toEqual([]);
    await sandbox.anHourLater(() => heard(2));
    // An hour after it was paid, which was some seconds ago.
    expect(stampOf(merchant.heard(HOOK)[0] as Received) - seconds()).toBeGreaterThan(3_000);
  });

  it('bad_signature: well formed and wrong', async () => {
    await pay({ webhook: 'bad_signature' });
    for (const webhook of await heard(2)) {
      expect(webhook.headers['stripe-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
      expect(merchant.isSigned(webhook, secret)).toBe(false);
    }
  });

  it('stale_timestamp: signed truly, an hour ago', async () => {
    await pay({ webhook: 'stale_timestamp' });
    for (const webhook of await heard(2)) {
      expect(merchant.isSigned(webhook, secret)).toBe(true);
      expect(seconds() - stampOf(webhook)).toBeGreaterThan(3_500);
    }
  });

  it.each([
    ['wrong_amount', { amount: 12_890, currency: 'usd' }],
    ['wrong_currency', { amount: 12_990, currency: 'ils' }],
  ])('%s: webhook and read-back agree on what was really charged', async (webhook, charged) => {
    const { id, chargeId } = await pay({ webhook });
    await heard(2);
    const [intent, session] = merchant.events(HOOK).map(({ data }) => data.object);
    expect(intent).toMatchObject(charged);
    expect(session).toMatchObject({ amount_total: charged.amount, currency: charged.currency });
    expect(await merchant.get(`charges/${chargeId}`)).toMatchObject(charged);
    expect((await merchant.get(`checkout/sessions/${id}`)).amount_total).toBe(charged.amount);
  });

  it('out_of_order: the session’s completion comes before the intent’s success', async () => {
    await pay({ webhook: 'out_of_order' });
    await heard(2);
    expect(types()).toEqual(['checkout.session.completed', 'payment_intent.succeeded']);
  });

  it('out_of_order is refused where an endpoint hears only one of the two', async () => {
    await merchant.enrol('/half', { enabled_events: ['checkout.session.completed'] });
    const { id } = await merchant.makePage();
    const { status, json } = await sandbox.send('POST', `/control/checkouts/${id}/pay`, {
      webhook: 'out_of_order',
    });
    expect([status, typeof json.error]).toEqual([422, 'string']);
  });

  it('truncated: names nothing of the payment and is signed as cut', async () => {
    const { id, reference, chargeId } = await pay({ webhook: 'truncated' });
    for (const webhook of await heard(2)) {
      expect(merchant.isSigned(webhook, secret)).toBe(true);
      for (const name of [id, reference, chargeId]) expect(webhook.body).not.toContain(name);
      expect(() => JSON.parse(webhook.body) as unknown).toThrow();
    }
  });
});

describe('what else is told', () => {
  const hearAll = () => merchant.enrol('/all', { enabled_events: ['*'] });

  it('a refused card', async () => {
    const { id } = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${id}/decline`, {});
    await heard(1);
    expect(merchant.events(HOOK)[0]).toMatchObject({
      type: 'payment_intent.payment_failed',
      data: { object: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } } },
    });
  });

  it('a second payment of one page, by both its events', async () => {
    const { id } = await merchant.makePage();
    await merchant.pay(id);
    await heard(2);
    await merchant.pay(id);
    await heard(4);
    const [first, , second, session] = merchant.events(HOOK).map(({ data }) => data.object);
    expect(second.id).not.toBe(first.id);
    expect(session.payment_intent).toBe(second.id);
  });

  it('a refund, with the request that made it, and its failure later', async () => {
    await hearAll();
    const { id } = await merchant.makePage();
    const charge = await merchant.pay(id, { webhook: 'never', method: 'card_refund_fails' });
    const refund = await merchant.post('refunds', { charge }, { 'idempotency-key': 'refund-1' });
    await heard(4, '/all');
    expect(types('/all')).toEqual(['refund.created', 'charge.refunded', 'refund.updated', 'refund.failed']);
    const [created, refunded, , failed] = merchant.events('/all');
    expect(created.request.idempotency_key).toBe('refund-1');
    expect(refunded.data.object).toMatchObject({ id: charge, amount_refunded: 12_990, refunded: true });
    expect(failed.data.object).toMatchObject({ id: refund.id, status: 'failed' });
  });

  it('a chargeback and how it ended', async () => {
    await hearAll();
    const { id } = await merchant.makePage();
    await merchant.pay(id, { webhook: 'never' });
    await sandbox.send('POST', `/control/checkouts/${id}/dispute`);
    await sandbox.send('POST', `/control/checkouts/${id}/dispute`, { status: 'won' });
    await heard(4, '/all');
    expect(types('/all').sort()).toEqual([
      'charge.dispute.closed',
      'charge.dispute.created',
      'charge.dispute.funds_reinstated',
      'charge.dispute.funds_withdrawn',
    ]);
  });

  it('a bank debit, first the page and then the money', async () => {
    await hearAll();
    const { id } = await merchant.makePage();
    await merchant.pay(id, { method: 'us_bank_account' });
    await heard(7, '/all');
    expect(types('/all').slice(2)).toEqual([
      'payment_intent.processing',
      'checkout.session.completed',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ]);
    const paid = merchant
      .events('/all')
      .filter(({ type }) => String(type).startsWith('checkout'))
      .map(({ data }) => data.object.payment_status);
    expect(paid).toEqual(['unpaid', 'paid']);
  });

  it('a page that ended, by the merchant or by the clock, once, also after a restart', async () => {
    await hearAll();
    const [cancelled, paid, left] = [
      await merchant.makePage(),
      await merchant.makePage(),
      await merchant.makePage(),
    ];
    await merchant.pay(paid.id, { webhook: 'never' });
    await merchant.post(`checkout/sessions/${cancelled.id}/expire`);
    await answered(1);
    await sandbox.restart();
    sandbox.advance(86_400_000);
    await answered(2);
    await sandbox.restart();
    await pause(600);
    const ended = merchant.events('/all').map(({ type, data }) => [type, data.object.id, data.object.status]);
    expect(ended).toEqual([
      ['checkout.session.expired', cancelled.id, 'expired'],
      ['checkout.session.expired', left.id, 'expired'],
    ]);
  });
});
