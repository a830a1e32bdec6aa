/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { HOUR_MS, startTestSandbox, until } from '../test-sandbox.ts';
import type { Reply, TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant, KEYS } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

describe('generateLink', () => {
  it('makes a page that the control API lists with our id and minor units', async () => {
    const { uid, reference } = await merchant.makePage();
    expect(await merchant.checkout(reference)).toMatchObject({
      id: uid,
      provider: 'payplus',
      url: `${sandbox.url}/checkout/${uid}`,
      amount: 12990,
      currency: 'ILS',
      reference,
      description: 'תשלום',
      status: 'open',
    });
  });

  it.each([
    ['a missing field', { sendEmailApproval: undefined }],
    ['a misspelt field', { sendEmailAproval: false }],
    ['an amount as text', { amount: '129.90' }],
    ['an amount with three decimals', { amount: 129.905, items: undefined }],
    ['a lower-case currency', { currency_code: 'ils' }],
    ['items that do not add up', { items: [{ name: 'x', quantity: 2, price: 129.9 }] }],
    ['an address that is none', { refURL_callback: 'shop.example/hooks' }],
    ['an item without price', { items: [{ name: 'x', quantity: 1 }] }],
  ])('refuses %s', async (_what, change) => {
    const { status, json } = await merchant.call('PaymentPages/generateLink', merchant.linkRequest(change));
    expect(status).toBe(422);
    expect(json.results).toMatchObject({ status: 'error', code: 1 });
  });

  it('adds items as decimals, not as floats', async () => {
    const items = [
      { name: 'a', quantity: 3, price: 0.1 },
      { name: 'b', quantity: 1, price: 0.2 },
    ];
    expect(
      (await merchant.call('PaymentPages/generateLink', merchant.linkRequest({ amount: 0.5, items }))).status,
    ).toBe(200);
  });

  it('refuses a page uid that says invalid with a bare JSON text', async () => {
    const { status, json } = await merchant.call(
      'PaymentPages/generateLink',
      merchant.linkRequest({ payment_page_uid: 'invalid-page' }),
    );
    expect([status, json]).toEqual([422, 'can-not-find-payment-page']);
  });

  it('takes both forms of credentials and refuses others', async () => {
    const inOne = { authorization: JSON.stringify({ api_key: 'the-key', secret_key: 'the-secret' }) };
    expect((await merchant.call('PaymentPages/generateLink', merchant.linkRequest(), inOne)).status).toBe(
      200,
    );
    for (const keys of [{}, { 'api-key': 'k' }, { 'api-key': 'k', 'secret-key': 'invalid-secret' }]) {
      const { status, json } = await merchant.call(
        'PaymentPages/generateLink',
        merchant.linkRequest(),
        keys as Record<string, string>,
      );
      expect([status, json]).toEqual([403, { message: 'API_KEY / SECRET_KEY ARE INCORRECT' }]);
    }
  });
});

describe('attempts', () => {
  it('paying twice is a second transaction', async () => {
    const { uid, reference } = await merchant.makePage();
    const ids = [await merchant.pay(uid), await merchant.pay(uid)];
    const { json } = await merchant.call('Transactions/View', { more_info: reference });
    expect(
      json.data.map((row: { transaction: { transaction_uid: string } }) => row.transaction.transaction_uid),
    ).toEqual(ids);
    expect(
      (await merchant.call('PaymentPages/ipn', { payment_request_uid: uid })).json.data
        .is_multiple_transaction,
    ).toBe(true);
  });

  it('a declined attempt is told, read back as rejected, and may be followed by a payment', async () => {
    const { uid, reference } = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${uid}/decline`);
    await until(() => merchant.heard(reference).length === 1);
    expect(JSON.parse(merchant.heard(reference)[0]?.body ?? '').transaction.status_code).toBe('004');
    expect((await merchant.checkout(reference)).status).toBe('declined');
    expect((await merchant.call('PaymentPages/ipn', { more_info: reference })).json.data.status).toBe(
      'rejected',
    );
    await merchant.pay(uid);
    expect((await merchant.checkout(reference)).status).toBe('paid');
  });

  it('Bit has no card; instalments add up', async () => {
    const { uid, reference } = await merchant.makePage({
      payments: 3,
      allowed_charge_methods: ['credit-card', 'bit'],
      amount: 100,
      items: undefined,
    });
    await merchant.pay(uid, { method: 'bit' });
    expect((await merchant.call('PaymentPages/ipn', { payment_request_uid: uid })).json.data).toMatchObject({
      method: 'bit',
      alternative_method_name: 'bit',
      four_digits: null,
    });
    await merchant.pay(uid, { installments: 3 });
    await until(() => merchant.heard(reference).length === 2);
    expect(JSON.parse(merchant.heard(reference)[1]?.body ?? '').transaction.payments).toEqual({
      number_of_payments: 3,
      first_payment_amount: 33.34,
      rest_payments_amount: 33.33,
    });
  });

  it('has no dispute to play', async () => {
    const { uid } = await merchant.makePage();
    await merchant.pay(uid);
    expect((await sandbox.send('POST', `/control/checkouts/${uid}/dispute`)).status).toBe(422);
  });
});

describe('read-back', () => {
  it('an unpaid page is not found, in a 200', async () => {
    const { uid } = await merchant.makePage();
    const { status, json } = await merchant.call('PaymentPages/ipn', { payment_request_uid: uid });
    expect(status).toBe(200);
    expect(json.results).toEqual({ status: 'error', code: 1, description: 'can-not-find-transaction' });
  });

  it('may lag the webhook', async () => {
    const { uid } = await merchant.makePage();
    await merchant.pay(uid, { readBackDelayMs: HOUR_MS });
    const found = async () =>
      (await merchant.call('PaymentPages/ipn', { payment_request_uid: uid })).json.results.code === 0;
    expect(await found()).toBe(false);
    await sandbox.anHourLater(() => until(found));
  });

  it('shows another account nothing', async () => {
    const { uid } = await merchant.makePage();
    await merchant.pay(uid);
    const { json } = await merchant.call(
      'PaymentPages/ipn-full',
      { payment_request_uid: uid },
      { ...KEYS, 'api-key': 'other' },
    );
    expect(json.results.code).toBe(1);
  });

  it('the two spellings of the page uid and a pretty body can be asked for', async () => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { style: 'payment_request_uid' });
    await merchant.pay(uid, { style: 'pretty_body' });
    await until(() => merchant.heard(reference).length === 2);
    const bodies = merchant.heard(reference).map(({ body }) => body);
    expect(bodies.some((body) => JSON.parse(body).transaction.payment_request_uid === uid)).toBe(true);
    expect(bodies.some((body) => body.includes('\n  "transaction"'))).toBe(true);
    expect(merchant.heard(reference).every((webhook) => merchant.isSigned(webhook))).toBe(true);
  });
});

describe('refund', () => {
  const refund = (transaction_uid: string, amount: number, more_info = 'ref_0000000001') =>
    merchant.call('Transactions/RefundByTransactionUID', { transaction_uid, amount, more_info });

  it('gives back in parts, never more than is left, and tells the callback', async () => {
    const { uid, reference } = await merchant.makePage();
    const charge = await merchant.pay(uid);
    const first = await refund(charge, 29.9);
    expect(first.json.data.transaction).toMatchObject({ status_code: '000', amount: 29.9 });
    expect((await refund(charge, 100.01)).json.results.status).toBe('error');
    expect((await refund(charge, 100)).json.results.status).toBe('success');
    expect((await refund(charge, 0.01)).json.results.status).toBe('error');
    await until(() => merchant.heard(reference).length === 3);
    expect(
      merchant
        .heard(reference)
        .map(({ body }) => JSON.parse(body).transaction_type)
        .sort(),
    ).toEqual(['Charge', 'Refund', 'Refund']);
    const { json } = await sandbox.send('GET', `/control/transactions?checkoutId=${uid}`);
    expect(json.map((row: { amount: number }) => row.amount)).toEqual([12990, 2990, 10000]);
    expect(
      (await merchant.call('PaymentPages/ipn', { more_info: reference })).json.data.transaction_uid,
    ).toBe(charge);
  });

  it('is found by the order it names, not by its own uid, and related only in the other habit', async () => {
    for (const [key, related] of [
      ['the-key', 0],
      ['the-key+other', 1],
    ] as const) {
      const keys = merchant.keysOf(key);
      const { uid, reference } = await merchant.makePage({}, keys);
      const charge = await merchant.pay(uid, { webhook: 'never' });
      const order = {
        transaction_uid: charge,
        amount: 10,
        more_info: reference,
        more_info_1: 'ref_0000000002',
      };
      const { json: refunded } = await merchant.call('Transactions/RefundByTransactionUID', order, keys);
      const refundUid = refunded.data.transaction.uid;
      const ask = { transaction_uid: charge, related_transaction: true };
      const { json } = await merchant.call('PaymentPages/ipn', ask, keys);
      expect(json.data.related_transactions).toHaveLength(related);
      const view = (search: object) => merchant.call('Transactions/View', search, keys);
      expect((await view({ transaction_uid: refundUid })).json.results.code).toBe(1);
      const { data } = (await view({ more_info: reference })).json;
      expect(JSON.stringify(data)).toContain(refundUid);
      expect(JSON.stringify(data).includes('ref_0000000002')).toBe(related === 0);
    }
  });
});

describe('pages that are dead', () => {
  it('Disable kills an unpaid page once; a paid one cannot be disabled', async () => {
    const { uid, reference } = await merchant.makePage();
    const disable = (): Promise<Reply> =>
      sandbox.send('POST', `/payplus/PaymentPages/Disable/${uid}`, undefined, KEYS);
    expect((await disable()).status).toBe(200);
    expect((await disable()).status).toBe(400);
    expect((await merchant.checkout(reference)).status).toBe('cancelled');
    expect((await sandbox.send('POST', `/control/checkouts/${uid}/pay`, {})).status).toBe(409);
    const paid = await merchant.makePage();
    await merchant.pay(paid.uid);
    expect(
      (await sandbox.send('POST', `/payplus/PaymentPages/Disable/${paid.uid}`, undefined, KEYS)).status,
    ).toBe(400);
  });

  it('an expired page says so and takes no money, neither by hand nor by control call', async () => {
    const { uid, reference } = await merchant.makePage({ expiry_datetime: '5' });
    sandbox.advance(5 * 60_000);
    expect((await merchant.checkout(reference)).status).toBe('expired');
    expect((await sandbox.send('POST', `/control/checkouts/${uid}/pay`, {})).status).toBe(409);
    const page = await sandbox.send('GET', `/checkout/${uid}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain('תוקף העמוד פג');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await sandbox.send('POST', `/checkout/${uid}/pay`, 'method=card', form)).status).toBe(410);
    expect((await sandbox.send('GET', `/control/transactions?checkoutId=${uid}`)).json).toEqual([]);
  });
});

it('checks credentials without making anything', async () => {
  const get = (path: string, keys: Record<string, string>) =>
    sandbox.send('GET', `/payplus/${path}`, undefined, keys);
  expect((await get('PaymentPages/list?skip=0&take=500', KEYS)).status).toBe(200);
  expect((await get('PaymentPages/list?take=501', KEYS)).status).toBe(422);
  expect((await get('PaymentPages/ChargeMethods?payment_page_uid=page', KEYS)).status).toBe(200);
  expect((await get('PaymentPages/ChargeMethods?payment_page_uid=invalid', KEYS)).status).toBe(422);
  expect((await get('PaymentPages/list', { ...KEYS, 'api-key': 'INVALID' })).status).toBe(403);
  expect(await get('Transactions/Info', KEYS)).toMatchObject({ status: 403, text: '' });
});
