/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

const SESSIONS = 'checkout/sessions';

describe('a caller', () => {
  it('shows the key as Bearer or as Basic user name', async () => {
    for (const authorization of ['Bearer sk_test_x', `Basic ${Buffer.from('sk_test_x:').toString('base64')}`])
      expect((await merchant.call('GET', 'balance', {}, { authorization })).status).toBe(200);
  });

  it.each(['', 'Bearer ', 'Digest x', 'Bearer sk_test_invalid', 'Basic OnNr'])(
    'with "%s" is a 401',
    async (authorization) => {
      const { status, json, headers } = await merchant.call('GET', 'balance', {}, { authorization });
      expect([status, json.error.type]).toEqual([401, 'invalid_request_error']);
      expect(headers['request-id']).toMatch(/^req_/);
    },
  );

  it('finds nothing of another account, but all of its own under a rolled or restricted key', async () => {
    const account = `51${'A'.repeat(14)}`;
    const as = (key: string) => createTestMerchant(sandbox, key);
    const { id } = await as(`sk_test_${account}${'x'.repeat(80)}`).makePage();
    expect((await as(`rk_test_${account}${'y'.repeat(80)}`).get(`${SESSIONS}/${id}`)).id).toBe(id);
    expect((await as(`sk_live_${account}${'x'.repeat(80)}`).call('GET', `${SESSIONS}/${id}`)).status).toBe(
      404,
    );
    expect((await merchant.call('GET', `${SESSIONS}/${id}`)).json.error.code).toBe('resource_missing');
  });

  it('with a live key makes live objects', async () => {
    const live = createTestMerchant(sandbox, 'sk_live_example');
    const session = await live.post(SESSIONS, live.sessionRequest());
    expect(session).toMatchObject({ livemode: true, id: expect.stringMatching(/^cs_live_/) });
  });

  it('has the version that it asked for kept with the call, and an unreadable one refused', async () => {
    const version = (at: string) => merchant.call('GET', 'balance', {}, { 'stripe-version': at });
    expect((await version('2026-10-28.endive')).headers['stripe-version']).toBe('2026-10-28.endive');
    const calls = (await sandbox.send('GET', '/control/calls?provider=stripe&operation=credentials')).json;
    expect(calls.at(-1).headers).toEqual({ 'stripe-version': '2026-10-28.endive' });
    expect((await version('latest')).status).toBe(400);
  });
});

describe('an idempotency key', () => {
  it('gives the same answer to the same parameters, and refuses others', async () => {
    const request = merchant.sessionRequest();
    const key = { 'idempotency-key': 'key-1' };
    const first = await merchant.call('POST', SESSIONS, request, key);
    const again = await merchant.call(
      'POST',
      SESSIONS,
      Object.fromEntries(Object.entries(request).reverse()),
      key,
    );
    expect(again.text).toBe(first.text);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(again.headers['original-request']).toBe(first.headers['request-id']);

    const other = await merchant.call('POST', SESSIONS, { ...request, locale: 'en' }, key);
    expect([other.status, other.json.error.type]).toEqual([400, 'idempotency_error']);
    expect((await merchant.call('POST', `${SESSIONS}/x/expire`, {}, key)).json.error.type).toBe(
      'idempotency_error',
    );
    const stranger = createTestMerchant(sandbox, 'sk_test_stranger');
    expect((await stranger.call('POST', SESSIONS, request, key)).json.id).not.toBe(first.json.id);
  });

  it('survives a restart together with what it made, and is forgotten after a day', async () => {
    const request = merchant.sessionRequest();
    const make = async () =>
      (await merchant.call('POST', SESSIONS, request, { 'idempotency-key': 'key-2' })).json.id;
    const id = await make();
    await sandbox.restart();
    expect(await make()).toBe(id);
    sandbox.advance(86_400_000);
    expect(await make()).not.toBe(id);
  });

  it('keeps a refusal of what was begun, not of parameters', async () => {
    const key = { 'idempotency-key': 'key-3' };
    const { id } = await merchant.makePage();
    const refund = (charge: string) => merchant.call('POST', 'refunds', { charge }, key);
    expect((await merchant.call('POST', 'refunds', { foo: 1 }, key)).status).toBe(400);
    expect((await refund('ch_unknown')).status).toBe(404);
    expect((await refund('ch_unknown')).headers['idempotent-replayed']).toBe('true');
    expect((await refund(await merchant.pay(id))).json.error.type).toBe('idempotency_error');
  });
});

it('answers an address that Stripe has not with its own 404', async () => {
  const { status, json } = await merchant.call('GET', 'payment_links');
  expect([status, json.error.type]).toEqual([404, 'invalid_request_error']);
});

describe('faults', () => {
  it.each([
    ['create_link', 'POST', SESSIONS],
    ['find_payment', 'GET', `${SESSIONS}/cs_test_x`],
    ['find_payment', 'GET', 'payment_intents/search'],
    ['find_payment', 'GET', 'charges'],
    ['find_payment', 'GET', 'refunds/re_x'],
    ['cancel_link', 'POST', `${SESSIONS}/cs_test_x/expire`],
    ['refund', 'POST', 'refunds'],
    ['credentials', 'GET', 'balance'],
    ['credentials', 'GET', 'account'],
    ['credentials', 'GET', SESSIONS],
  ])('on %s reach %s %s, in Stripe’s shape', async (operation, method, path) => {
    const fault = { provider: 'stripe', operation, fault: 'status_500', times: 1 };
    await sandbox.send('POST', '/control/faults', fault);
    const { status, json } = await merchant.call(method, path);
    expect([status, json.error.type]).toEqual([500, 'api_error']);
  });

  it('after the effect leave the key with the answer that was lost', async () => {
    const fault = { provider: 'stripe', operation: 'create_link', fault: 'empty', times: 1 };
    await sandbox.send('POST', '/control/faults', fault);
    const request = merchant.sessionRequest();
    const make = () => merchant.call('POST', SESSIONS, request, { 'idempotency-key': 'key-lost' });
    expect((await make()).text).toBe('');
    const { json, headers } = await make();
    expect([json.client_reference_id, headers['idempotent-replayed']]).toEqual([
      request.client_reference_id,
      'true',
    ]);
  });
});
