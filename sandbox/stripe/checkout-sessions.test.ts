/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant, toForm } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

const SESSIONS = 'checkout/sessions';
const seconds = () => Math.floor(Date.now() / 1_000);

describe('a Checkout Session', () => {
  it('is open, unpaid and listed by the control API with our id and minor units', async () => {
    const request = merchant.sessionRequest();
    const session = await merchant.post(SESSIONS, request);
    expect(session).toMatchObject({
      object: 'checkout.session',
      id: expect.stringMatching(/^cs_test_a1/),
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_total: 12_990,
      currency: 'usd',
      livemode: false,
      client_reference_id: request.client_reference_id,
      metadata: request.metadata,
      url: `${sandbox.url}/checkout/${session.id}`,
    });
    expect(session.expires_at - session.created).toBe(86_400);
    const [listed] = (
      await sandbox.send('GET', `/control/checkouts?reference=${request.client_reference_id}`)
    ).json;
    expect(listed).toMatchObject({
      provider: 'stripe',
      amount: 12_990,
      currency: 'USD',
      description: 'Payment',
    });
  });

  it.each([
    ['an unknown parameter', { foo: 1 }, 'parameter_unknown', 'foo'],
    [
      'one that this version took away',
      { payment_method_types: ['card'] },
      'parameter_unknown',
      'payment_method_types',
    ],
    [
      'an unknown nested one',
      { adaptive_pricing: { on: true } },
      'parameter_unknown',
      'adaptive_pricing[on]',
    ],
    ['no mode', { mode: undefined }, 'parameter_missing', 'mode'],
    ['no lines', { line_items: undefined }, 'parameter_missing', 'line_items'],
    ['no success_url', { success_url: undefined }, 'parameter_missing', 'success_url'],
    ['an empty text', { client_reference_id: '' }, 'parameter_invalid_empty', 'client_reference_id'],
    ['an address that is none', { cancel_url: 'shop' }, 'url_invalid', 'cancel_url'],
    ['an e-mail that is none', { customer_email: 'dana' }, 'email_invalid', 'customer_email'],
    ['a Hebrew page', { locale: 'he' }, undefined, 'locale'],
    ['a life too short', { expires_at: seconds() + 1_700 }, undefined, 'expires_at'],
    ['a life too long', { expires_at: seconds() + 86_500 }, undefined, 'expires_at'],
    ['a long metadata value', { metadata: { a: 'x'.repeat(501) } }, undefined, 'metadata[a]'],
  ])('with %s is a 400 that names the parameter', async (_what, change, code, param) => {
    const { status, json } = await merchant.call('POST', SESSIONS, merchant.sessionRequest(change));
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ type: 'invalid_request_error', param, message: expect.any(String) });
    expect(json.error.code).toBe(code);
  });

  it.each([
    [{ unit_amount: 1.5 }, 'parameter_invalid_integer', '[unit_amount]'],
    [{ unit_amount: undefined }, 'parameter_missing', '[unit_amount]'],
    [{ unit_amount: 49 }, 'amount_too_small', null],
    [{ unit_amount: 100_000_000 }, 'parameter_invalid_integer', '[unit_amount]'],
    [{ currency: 'USD' }, undefined, '[currency]'],
    [{ product_data: {} }, 'parameter_missing', '[product_data]'],
  ])('with the price %j is a 400', async (change, code, param) => {
    const price = { currency: 'usd', unit_amount: 100, product_data: { name: 'Payment' }, ...change };
    const { json } = await merchant.call(
      'POST',
      SESSIONS,
      merchant.sessionRequest({ line_items: [{ quantity: 1, price_data: price }] }),
    );
    expect([json.error.code, json.error.param]).toEqual([
      code,
      param === null ? 'line_items' : `line_items[0][price_data]${param}`,
    ]);
  });

  it('sent as JSON is refused', async () => {
    const type = { 'content-type': 'application/json' };
    expect((await merchant.call('POST', SESSIONS, merchant.sessionRequest(), type)).status).toBe(400);
  });

  it('ends once by expire, and then takes no money', async () => {
    const { id } = await merchant.makePage();
    expect(await merchant.post(`${SESSIONS}/${id}/expire`)).toMatchObject({ status: 'expired', url: null });
    expect((await merchant.call('POST', `${SESSIONS}/${id}/expire`)).status).toBe(400);
    expect((await sandbox.send('POST', `/control/checkouts/${id}/pay`, {})).status).toBe(409);
    const paid = await merchant.makePage();
    await merchant.pay(paid.id);
    expect((await merchant.call('POST', `${SESSIONS}/${paid.id}/expire`)).status).toBe(400);
  });
});

describe('the hosted page', () => {
  it('shows the currency that is charged, takes a card, and goes back with the session’s id', async () => {
    const price = { currency: 'eur', unit_amount: 1_050, product_data: { name: 'Payment' } };
    const { id } = await merchant.makePage({ line_items: [{ quantity: 2, price_data: price }] });
    const { text } = await sandbox.send('GET', `/checkout/${id}`);
    expect(text).toContain('lang="en"');
    expect(text).toContain('€21.00');
    expect(text).toContain('value="card"');
    expect(text).not.toContain('refund');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { headers } = await sandbox.send('POST', `/checkout/${id}/pay`, toForm({ method: 'card' }), form);
    expect(headers['location']).toBe(`https://shop.example/ok?session=${id}`);
  });
});
