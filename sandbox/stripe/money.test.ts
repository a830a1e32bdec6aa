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

/** One of a list; tests know its shape. */
interface Found {
  id: string;
  status: string;
  payment_intent: string;
  latest_charge: string;
}
const SESSIONS = 'checkout/sessions';

describe('money', () => {
  it('is found by session, intent, charge and metadata, which all agree', async () => {
    const { id, reference } = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${id}/decline`, {});
    const declined = await merchant.get(`${SESSIONS}/${id}`, { expand: ['payment_intent'] });
    expect(declined).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(declined.payment_intent).toMatchObject({ status: 'requires_payment_method', amount_received: 0 });

    const chargeId = await merchant.pay(id);
    const session = await merchant.get(`${SESSIONS}/${id}`, { expand: ['payment_intent.latest_charge'] });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    const intent = session.payment_intent;
    expect(intent).toMatchObject({
      id: declined.payment_intent.id,
      status: 'succeeded',
      amount_received: 12_990,
      metadata: { paymentId: reference },
      latest_charge: { id: chargeId, paid: true, captured: true, metadata: { paymentId: reference } },
    });
    const charges = await merchant.get('charges', { payment_intent: intent.id });
    expect(charges.data.map((one: Found) => [one.id === chargeId, one.status, one.payment_intent])).toEqual([
      [true, 'succeeded', intent.id],
      [false, 'failed', intent.id],
    ]);
    const query = `metadata['paymentId']:'${reference}' AND status:'succeeded'`;
    expect((await merchant.get('payment_intents/search', { query })).data).toMatchObject([{ id: intent.id }]);
    expect((await merchant.get(SESSIONS, { payment_intent: intent.id })).data).toMatchObject([{ id }]);
    expect((await merchant.get(`payment_intents/${intent.id}`)).latest_charge).toBe(chargeId);
  });

  it('that came twice on one page is a second PaymentIntent with our id', async () => {
    const { id, reference } = await merchant.makePage();
    const [first, second] = [await merchant.pay(id), await merchant.pay(id)];
    const found = await merchant.get('payment_intents/search', {
      query: `metadata["paymentId"]:"${reference}"`,
    });
    expect(found.data.map((one: Found) => one.latest_charge)).toEqual([second, first]);
    expect((await merchant.get(`${SESSIONS}/${id}`)).payment_intent).toBe(found.data[1].id);
  });

  it('is not to be seen before readBackDelayMs', async () => {
    const { id } = await merchant.makePage();
    const chargeId = await merchant.pay(id, { webhook: 'never', readBackDelayMs: 60_000 });
    expect((await merchant.get(`${SESSIONS}/${id}`)).payment_status).toBe('unpaid');
    expect((await merchant.call('GET', `charges/${chargeId}`)).status).toBe(404);
    sandbox.advance(60_000);
    expect((await merchant.get(`${SESSIONS}/${id}`)).payment_status).toBe('paid');
  });

  it('of a bank debit comes, or fails, after the page is complete', async () => {
    const [good, bad] = [await merchant.makePage(), await merchant.makePage()];
    await merchant.pay(good.id, { method: 'us_bank_account' });
    await merchant.pay(bad.id, { method: 'us_bank_account_fails' });
    const show = async ({ id }: { id: string }) => {
      const { status, payment_status, payment_intent } = await merchant.get(`${SESSIONS}/${id}`, {
        expand: ['payment_intent'],
      });
      return [status, payment_status, payment_intent.status];
    };
    expect(await show(good)).toEqual(['complete', 'unpaid', 'processing']);
    sandbox.advance(1_000);
    expect(await show(good)).toEqual(['complete', 'paid', 'succeeded']);
    expect(await show(bad)).toEqual(['complete', 'unpaid', 'requires_payment_method']);
  });

  it('is listed page by page, newest first, within a time', async () => {
    const shop = createTestMerchant(sandbox, 'sk_test_lists');
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.unshift(await shop.pay((await shop.makePage()).id));
      sandbox.advance(2_000);
    }
    const page = await shop.get('charges', { limit: 2 });
    expect([page.data.map((one: Found) => one.id), page.has_more]).toEqual([ids.slice(0, 2), true]);
    const next = await shop.get('charges', {
      limit: 2,
      starting_after: ids[1],
      expand: ['data.payment_intent'],
    });
    expect([next.data[0].id, next.has_more, next.data[0].payment_intent.object]).toEqual([
      ids[2],
      false,
      'payment_intent',
    ]);
    const { created } = page.data[0];
    expect((await shop.get('charges', { created: { gte: created } })).data).toHaveLength(1);
    expect((await shop.get('charges', { created: { lt: created } })).data).toHaveLength(2);
    expect((await shop.get('charges', { ending_before: ids[1] })).data).toMatchObject([{ id: ids[0] }]);
    expect((await shop.call('GET', 'charges', { starting_after: 'ch_x' })).json.error.param).toBe(
      'starting_after',
    );
    expect((await shop.call('GET', 'charges', { limit: 101 })).status).toBe(400);
  });

  it('is not expanded along a path that does not exist', async () => {
    const { status, json } = await merchant.call('GET', 'charges', { expand: ['data.session'] });
    expect([status, json.error.param]).toEqual([400, 'expand']);
  });
});

describe('a refund', () => {
  const paid = async (order: object = {}) => {
    const page = await merchant.makePage();
    return { ...page, charge: await merchant.pay(page.id, order) };
  };

  it('goes back in parts, never more than is left', async () => {
    const { charge } = await paid();
    const refund = await merchant.post('refunds', { charge, amount: 990, metadata: { refundId: 'ref_1' } });
    expect(refund).toMatchObject({
      id: expect.stringMatching(/^re_/),
      amount: 990,
      currency: 'usd',
      charge,
      status: 'succeeded',
      metadata: { refundId: 'ref_1' },
    });
    expect((await merchant.call('POST', 'refunds', { charge, amount: 12_001 })).json.error.param).toBe(
      'amount',
    );
    expect(await merchant.get(`charges/${charge}`)).toMatchObject({ amount_refunded: 990, refunded: false });
    const rest = await merchant.post('refunds', {
      payment_intent: refund.payment_intent,
      expand: ['charge'],
    });
    expect([rest.amount, rest.charge.amount_refunded, rest.charge.refunded]).toEqual([12_000, 12_990, true]);
    const { json } = await merchant.call('POST', 'refunds', { charge });
    expect(json.error.code).toBe('charge_already_refunded');
    const { data } = await merchant.get('refunds', { payment_intent: refund.payment_intent });
    expect(data.map((one: Found) => one.id)).toEqual([rest.id, refund.id]);
    const calls = (await sandbox.send('GET', '/control/calls?operation=refund&reference=ref_1')).json;
    expect(calls).toMatchObject([{ status: 200, body: { charge, amount: '990' } }]);
  });

  it('names what it is of, and that must be paid', async () => {
    expect((await merchant.call('POST', 'refunds', { amount: 5 })).json.error.code).toBe('parameter_missing');
    const { id } = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${id}/decline`, {});
    const { payment_intent } = await merchant.get(`${SESSIONS}/${id}`);
    expect((await merchant.call('POST', 'refunds', { payment_intent })).status).toBe(400);
  });

  it('of the test cards is pending first, or fails in the end', async () => {
    const [slow, bad] = [
      await paid({ method: 'card_refund_pending' }),
      await paid({ method: 'card_refund_fails' }),
    ];
    const [pending, failing] = [
      await merchant.post('refunds', { charge: slow.charge }),
      await merchant.post('refunds', { charge: bad.charge }),
    ];
    expect([pending.status, failing.status]).toEqual(['pending', 'succeeded']);
    sandbox.advance(1_000);
    expect((await merchant.get(`refunds/${pending.id}`)).status).toBe('succeeded');
    expect(await merchant.get(`refunds/${failing.id}`)).toMatchObject({
      status: 'failed',
      failure_reason: expect.any(String),
    });
    expect((await merchant.get(`charges/${bad.charge}`)).amount_refunded).toBe(0);
  });
});

describe('a dispute', () => {
  const dispute = async (id: string, body?: object) =>
    (await sandbox.send('POST', `/control/checkouts/${id}/dispute`, body)).status;

  it('is opened once, closed once, and keeps refunds away', async () => {
    const { id } = await merchant.makePage();
    const charge = await merchant.pay(id);
    const status = async () =>
      (await merchant.get('disputes', { charge })).data.map((one: Found) => one.status);
    expect(await dispute(id)).toBe(200);
    expect(await status()).toEqual(['needs_response']);
    expect(await dispute(id)).toBe(409);
    expect((await merchant.call('POST', 'refunds', { charge })).json.error.code).toBe('charge_disputed');
    expect(await dispute(id, { status: 'lost' })).toBe(200);
    expect(await status()).toEqual(['lost']);
    // An appeal may still win it; nothing comes after that.
    expect(await dispute(id, { status: 'won' })).toBe(200);
    expect(await dispute(id, { status: 'lost' })).toBe(409);
    expect(await dispute(id, { status: 'draw' })).toBe(422);
  });

  it('that is an inquiry takes no money and keeps no refund away; the bank may still take the rest', async () => {
    const { id } = await merchant.makePage();
    const charge = await merchant.pay(id);
    const shown = async () => (await merchant.get('disputes', { charge })).data[0];
    expect(await dispute(id, { status: 'inquiry' })).toBe(200);
    expect(await shown()).toMatchObject({
      status: 'warning_needs_response',
      amount: 12_990,
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: 'inquiry' } },
    });
    expect(await dispute(id, { status: 'inquiry' })).toBe(409);
    expect((await merchant.call('POST', 'refunds', { charge, amount: '990' })).status).toBe(200);
    expect(await dispute(id)).toBe(200);
    expect(await shown()).toMatchObject({ status: 'needs_response', is_charge_refundable: false });
    expect((await shown()).balance_transactions).toHaveLength(1);
  });

  it('that is an inquiry is over once it is closed, and takes nothing that went back whole', async () => {
    const { id } = await merchant.makePage();
    const charge = await merchant.pay(id);
    await dispute(id, { status: 'inquiry' });
    expect((await merchant.call('POST', 'refunds', { charge })).status).toBe(200);
    expect(await dispute(id)).toBe(409);
    expect(await dispute(id, { status: 'won' })).toBe(200);
    const [closed] = (await merchant.get('disputes', { charge })).data;
    expect(closed).toMatchObject({ status: 'warning_closed', balance_transactions: [] });
    expect(await dispute(id, { status: 'lost' })).toBe(409);
  });

  it('can be won at once', async () => {
    const { id } = await merchant.makePage();
    const charge = await merchant.pay(id);
    expect(await dispute(id, { status: 'won' })).toBe(200);
    const [won] = (await merchant.get('disputes', { charge, expand: ['data.charge'] })).data;
    expect(won).toMatchObject({ status: 'won', amount: 12_990, charge: { id: charge, disputed: true } });
    expect((await merchant.call('POST', 'refunds', { charge })).status).toBe(200);
  });
});
