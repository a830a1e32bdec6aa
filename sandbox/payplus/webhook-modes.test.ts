/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { HOUR_MS, pause, startTestSandbox, until } from '../test-sandbox.ts';
import type { Received, TestSandbox } from '../test-sandbox.ts';
import { signBody } from './callback.ts';
import { createTestMerchant } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

describe('webhook modes', () => {
  it('signs the very bytes it sends', async () => {
    expect(signBody('{"a":"שלום","uid_emv":26010510111200023000}', 'secret')).toBe(
      'mDYVlaCaGelkS4/Hy1Xp+cEJuaKJLyK1SVBTdDf2KdM=',
    );
    const { uid, reference } = await merchant.makePage();
    const transactionId = await merchant.pay(uid);
    await until(() => merchant.heard(reference).length === 1);
    const [webhook] = merchant.heard(reference) as [Received];
    expect(merchant.isSigned(webhook)).toBe(true);
    expect(webhook.headers).toMatchObject({
      'user-agent': 'PayPlus',
      'content-type': 'application/json;charset=utf-8',
    });
    expect(JSON.parse(webhook.body)).toMatchObject({
      transaction_type: 'Charge',
      transaction: {
        uid: transactionId,
        payment_page_request_uid: uid,
        status_code: '000',
        amount: 129.9,
        more_info: reference,
      },
    });
    expect((await merchant.checkout(reference)).status).toBe('paid');
  });

  it('never: no webhook, but the read-back knows', async () => {
    const { uid, reference } = await merchant.makePage();
    const transactionId = await merchant.pay(uid, { webhook: 'never' });
    await pause(50);
    expect(merchant.heard(reference)).toEqual([]);
    const { json } = await merchant.call('PaymentPages/ipn', { payment_request_uid: uid });
    expect(json.data).toMatchObject({
      transaction_uid: transactionId,
      status_code: '000',
      more_info: reference,
    });
  });

  it('duplicate: as many equal copies as asked', async () => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { webhook: 'duplicate', copies: 4 });
    await until(() => merchant.heard(reference).length === 4);
    expect(new Set(merchant.heard(reference).map(({ body }) => body)).size).toBe(1);
  });

  it('late: nothing before delayMs', async () => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { webhook: 'late', delayMs: HOUR_MS });
    expect(merchant.heard(reference)).toEqual([]);
    await sandbox.anHourLater(() => until(() => merchant.heard(reference).length === 1));
  });

  it('bad_signature: the hash is well formed and wrong', async () => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { webhook: 'bad_signature' });
    await until(() => merchant.heard(reference).length === 1);
    const [webhook] = merchant.heard(reference) as [Received];
    expect(webhook.headers['hash']).toHaveLength(44);
    expect(merchant.isSigned(webhook)).toBe(false);
  });

  it.each([
    ['wrong_amount', { amount: 128.9, currency: 'ILS' }],
    ['wrong_currency', { amount: 129.9, currency: 'USD' }],
  ])('%s: webhook and read-back agree on what was really charged', async (webhook, charged) => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { webhook });
    await until(() => merchant.heard(reference).length === 1);
    expect(JSON.parse(merchant.heard(reference)[0]?.body ?? '').transaction).toMatchObject(charged);
    expect((await merchant.call('PaymentPages/ipn', { payment_request_uid: uid })).json.data).toMatchObject(
      charged,
    );
  });

  it('out_of_order: an older rejected attempt is told after the success', async () => {
    const { uid, reference } = await merchant.makePage();
    const transactionId = await merchant.pay(uid, { webhook: 'out_of_order' });
    await until(() => merchant.heard(reference).length === 2);
    const [first, second] = merchant.heard(reference).map(({ body }) => JSON.parse(body).transaction);
    expect([first.uid, first.status_code, second.status_code]).toEqual([transactionId, '000', '004']);
    expect(second.date < first.date).toBe(true);
    expect(
      (await merchant.call('PaymentPages/ipn', { payment_request_uid: uid })).json.data.transaction_uid,
    ).toBe(transactionId);
  });

  it('out_of_order is refused where the page hears nothing of failures', async () => {
    const { uid } = await merchant.makePage({ send_failure_callback: false });
    const { status, json } = await sandbox.send('POST', `/control/checkouts/${uid}/pay`, {
      webhook: 'out_of_order',
    });
    expect([status, typeof json.error]).toEqual([422, 'string']);
  });

  it('stale_timestamp acts as once: PayPlus signs no stamp', async () => {
    const { uid, reference } = await merchant.makePage();
    await merchant.pay(uid, { webhook: 'stale_timestamp' });
    await until(() => merchant.heard(reference).length === 1);
    expect(merchant.isSigned(merchant.heard(reference)[0] as Received)).toBe(true);
  });

  it('truncated: names nothing of the payment and is signed as cut', async () => {
    const { uid, reference } = await merchant.makePage();
    const transactionId = await merchant.pay(uid, { webhook: 'truncated' });
    await until(() => merchant.heard(reference).length === 1);
    const [webhook] = merchant.heard(reference) as [Received];
    expect(merchant.isSigned(webhook)).toBe(true);
    for (const name of [uid, reference, transactionId]) expect(webhook.body).not.toContain(name);
    expect(() => JSON.parse(webhook.body) as unknown).toThrow();
  });

  it('sends each webhook once, whatever the receiver answers, and notes the answer', async () => {
    const { uid } = await merchant.makePage({ refURL_callback: `${sandbox.receiverUrl}/broken` });
    await merchant.pay(uid);
    const deliveries = async () => (await sandbox.send('GET', `/control/deliveries?checkoutId=${uid}`)).json;
    await until(async () => (await deliveries())[0].status !== null);
    await pause(100);
    expect(await deliveries()).toMatchObject([{ mode: 'once', status: 500 }]);
    expect(sandbox.received.filter(({ path }) => path === '/broken')).toHaveLength(1);
  });

  it('an unknown mode, a misspelt field or a method not offered is a 422 with a sentence', async () => {
    const { uid } = await merchant.makePage({ allowed_charge_methods: ['credit-card'] });
    for (const order of [{ webhook: 'twice' }, { webook: 'once' }, { method: 'bit' }, { copies: 0 }]) {
      const { status, json } = await sandbox.send('POST', `/control/checkouts/${uid}/pay`, order);
      expect([status, typeof json.error]).toEqual([422, 'string']);
    }
  });
});
