/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { createTestAccount, income, invoice, payment } from './green-invoice/test-account.ts';
import * as grow from './grow/test-merchant.ts';
import * as stripe from './stripe/test-merchant.ts';
import { startTestSandbox, until } from './test-sandbox.ts';
import type { TestSandbox } from './test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.send('DELETE', '/control/time-scale'));
afterAll(() => sandbox.close());

const setScale = (provider: string, scale: unknown, account?: string) =>
  sandbox.send('POST', '/control/time-scale', { provider, scale, account });
const listScales = async (query = '') => (await sandbox.send('GET', `/control/time-scale${query}`)).json;

describe('the time scale', () => {
  it('is shown and reset, for one account or all', async () => {
    await setScale('grow', 0);
    await setScale('grow', 3, 'mine');
    await setScale('grow', 0.5, 'mine');
    expect(await listScales()).toEqual([
      { account: null, provider: 'grow', scale: 0 },
      { account: 'mine', provider: 'grow', scale: 0.5 },
    ]);
    expect(await listScales('?account=mine')).toHaveLength(1);
    await sandbox.send('DELETE', '/control/time-scale?account=mine');
    expect(await listScales()).toHaveLength(1);
    await sandbox.send('DELETE', '/control/time-scale');
    expect(await listScales()).toEqual([]);
  });

  it.each([-1, '1', 1_001, undefined])('that is %p is refused by a sentence', async (scale) => {
    const { status, json } = await setScale('grow', scale);
    expect([status, json.error]).toEqual([422, expect.stringMatching(/^scale /)]);
  });
});

/** Whether a part of a charge that was just made can be given back: Grow has transmitted it. */
async function isTransmittedAtOnce(userId: string): Promise<boolean> {
  const merchant = grow.createTestMerchant(sandbox);
  const charge = await merchant.charge(await merchant.makePage({ userId }));
  return (await merchant.refund({ ...charge, userId }, '1')).json.err === '';
}

describe('at Grow', () => {
  it('an account’s own scale goes before the vendor’s, and touches no other account', async () => {
    await setScale('grow', 0, 'quick');
    expect(await isTransmittedAtOnce('quick')).toBe(true);
    expect(await isTransmittedAtOnce('usual')).toBe(false);
    await setScale('grow', 0);
    await setScale('grow', 1, 'slow');
    expect(await isTransmittedAtOnce('usual')).toBe(true);
    expect(await isTransmittedAtOnce('slow')).toBe(false);
  });

  it('what Grow’s people do by hand is done at once with 0', async () => {
    const merchant = grow.createTestMerchant(sandbox);
    await setScale('grow', 0);
    const page = await merchant.makePage({ pageCode: 'by-hand' });
    const charge = await merchant.charge(page, {}, 'by-hand');
    expect(Number((await merchant.refund(charge, '1', 'by-hand')).json.err.id)).toBe(110);
    expect(await merchant.rows(page, 'by-hand')).toHaveLength(2);
  });

  it.each([
    [0, 600],
    [0.5, 300],
    [2, 1_200],
  ])('with %d a page lives %d s', async (scale, seconds) => {
    const merchant = grow.createTestMerchant(sandbox);
    await setScale('grow', scale);
    const { reference } = await merchant.makePage({ cField1: `pay_lives_${scale}`.replace('.', '_') });
    const { createdAt, expiresAt } = await merchant.checkout(reference);
    expect((Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000).toBe(seconds);
  });
});

describe('at Stripe', () => {
  const merchant = () => stripe.createTestMerchant(sandbox, `sk_test_${String(Math.random()).slice(2)}`);
  async function charge(one: stripe.TestMerchant, method: string): Promise<string> {
    const { id } = await one.makePage();
    return one.pay(id, { method, webhook: 'never' });
  }

  it('a debit clears after one millisecond with 0, for the secret key that was named', async () => {
    await setScale('stripe', 0, 'sk_test_quick');
    const quick = stripe.createTestMerchant(sandbox, 'sk_test_quick');
    const usual = merchant();
    const statusOf = async (one: stripe.TestMerchant) => {
      const id = await charge(one, 'us_bank_account');
      sandbox.advance(1);
      return (await one.get(`charges/${id}`)).status;
    };
    expect([await statusOf(quick), await statusOf(usual)]).toEqual(['succeeded', 'pending']);
  });

  it('a debit is told as pending first and as paid after it, also with 0', async () => {
    await setScale('stripe', 0);
    const one = merchant();
    await one.enrol('/quick', { enabled_events: ['*'] });
    const { id } = await one.makePage();
    await one.pay(id, { method: 'us_bank_account' });
    await until(() => one.heard('/quick').length === 7);
    const told = one.events('/quick').filter(({ type }) => String(type).startsWith('charge.'));
    expect(told.map(({ type, data }) => [type, data.object.status])).toEqual([
      ['charge.pending', 'pending'],
      ['charge.succeeded', 'succeeded'],
    ]);
  });

  it('a refund that waits stays pending as long as the scale says', async () => {
    const one = merchant();
    await setScale('stripe', 10);
    const id = await charge(one, 'card_refund_pending');
    const refund = await one.post('refunds', { charge: id });
    sandbox.advance(9_000);
    expect((await one.get(`refunds/${refund.id}`)).status).toBe('pending');
    sandbox.advance(1_000);
    expect((await one.get(`refunds/${refund.id}`)).status).toBe('succeeded');
  });
});

it('at Green Invoice the allocation number is there at once with 0', async () => {
  const account = createTestAccount(sandbox);
  const large = {
    date: '2026-07-01',
    client: { name: 'לקוח', taxId: '000000018' },
    income: [income(1_180_000, 1)],
    payment: [payment(1_180_000, { date: '2026-07-01' })],
  };
  await setScale('green-invoice', 0, account.id);
  const { json } = await account.create(invoice(large));
  expect((await account.read(json.id)).allocationNumber).toMatch(/^\d{9}$/);
});
