/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant, IDS } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

const errorId = ({ status, json }: { status: number; json: { status: unknown; err: { id: unknown } } }) => {
  expect([status, String(json.status)]).toEqual([200, '0']);
  return Number(json.err.id);
};

describe('createPaymentProcess', () => {
  it('makes a page that the control API lists with our id and minor units', async () => {
    const { processId, processToken, reference } = await merchant.makePage();
    expect(processToken).toMatch(/^[0-9a-f]{32}$/);
    expect(await merchant.checkout(reference)).toMatchObject({
      id: processId,
      provider: 'grow',
      url: `${sandbox.url}/checkout/${processId}`,
      amount: 12990,
      currency: 'ILS',
      description: 'תשלום',
      status: 'open',
    });
  });

  it.each([
    ['without a sum', { sum: undefined }, 54],
    ['without a page', { pageCode: undefined }, 54],
    ['with a misspelt field', { succesUrl: 'https://shop.example' }, 109],
    ['with a misspelt field of the payer', { 'pageField[mail]': 'a@example.com' }, 109],
    ['of a platform without its key', { userId: 'a-platform', apiKey: undefined }, 723],
    ['with a way to pay out of its place', { 'transactionTypes[0]': '6' }, 109],
    ['for signs in place of a name', { 'pageField[fullName]': '. .' }, 717],
    ['with another business', { userId: 'invalid' }, 701],
    ['with another page', { pageCode: 'invalid' }, 724],
    ['with another key', { apiKey: 'invalid' }, 731],
    ['over nothing', { sum: '0.00' }, 707],
    ['over thirds of agorot', { sum: '1.234' }, 707],
    ['for one name', { 'pageField[fullName]': 'Dana' }, 717],
    ['without a phone', { 'pageField[phone]': undefined }, 717],
    ['with a foreign phone', { 'pageField[phone]': '+972500000000' }, 717],
    ['with special characters', { description: 'a & b' }, 109],
    ['with a plain http address', { successUrl: 'http://shop.example/ok' }, 109],
    ['as a hold', { chargeType: '2' }, 703],
    ['with both ways of instalments', { paymentNum: '3', maxPaymentNum: '3' }, 736],
    ['with 13 instalments', { maxPaymentNum: '13' }, 705],
    ['with Bit alone above its cap', { 'transactionTypes[1]': '6', sum: '5000.01' }, 271],
    [
      'with products of another total',
      {
        'productData[0][price]': '10',
        'productData[0][quantity]': '2',
        'productData[0][itemDescription]': 'x',
      },
      617,
    ],
  ])('%s is refused', async (_how, change, id) => {
    expect(errorId(await merchant.call('createPaymentProcess', merchant.processFields(change)))).toBe(id);
  });

  it('takes multipart, and shows it decoded; JSON looks like no fields at all', async () => {
    const form = new FormData();
    const fields = merchant.processFields({ 'transactionTypes[1]': '6', 'transactionTypes[2]': '13' });
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const encoded = new Response(form);
    const type = { 'content-type': encoded.headers.get('content-type') ?? '' };
    const made = await sandbox.send('POST', '/grow/createPaymentProcess', await encoded.text(), type);
    expect(String(made.json.status)).toBe('1');
    const { json: calls } = await sandbox.send(
      'GET',
      `/control/calls?provider=grow&reference=${fields['cField1'] ?? ''}`,
    );
    expect(calls).toMatchObject([
      {
        operation: 'create_link',
        body: {
          apiKey: '***',
          pageField: { fullName: 'Dana Levi' },
          transactionTypes: { 1: '6', 2: '13' },
        },
      },
    ]);
    const asJson = await sandbox.send('POST', '/grow/createPaymentProcess', fields);
    expect(errorId(asJson)).toBe(54);
  });

  it('answers an unknown method in its own way, and spells status as number and as text', async () => {
    expect((await merchant.call('createPayment', {})).json).toEqual({ err: 'unknown method' });
    const spelt = [
      await merchant.call('approveTransaction', {}),
      await merchant.call('approveTransaction', {}),
    ];
    expect(new Set(spelt.map(({ json }) => typeof json.status))).toEqual(new Set(['number', 'string']));
    expect(spelt[0]?.headers['content-type']).toContain('text/html');
  });
});

describe('the page', () => {
  it('is paid by a person, who goes to the success address with what Grow appends', async () => {
    const { processId, reference } = await merchant.makePage();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await sandbox.send('GET', `/checkout/${processId}`)).text).toContain('129.90');
    const paid = await sandbox.send('POST', `/checkout/${processId}/pay`, 'method=bit', form);
    expect([paid.status, paid.headers['location']]).toEqual([
      303,
      `https://shop.example/ok?a=1&response=success&cField1=${reference}`,
    ]);
    expect((await merchant.checkout(reference)).status).toBe('paid');
  });

  it('stays after a decline and leads to the cancel address when left', async () => {
    const { processId } = await merchant.makePage();
    const declined = await sandbox.send('POST', `/checkout/${processId}/decline`, '');
    expect(declined.headers['location']).toBe(`/checkout/${processId}?declined=1`);
    const left = await sandbox.send('POST', `/checkout/${processId}/leave`, '');
    expect(left.headers['location']).toBe('https://shop.example/cancel');
  });
});

describe('the queries', () => {
  it('tell an unpaid process either way, a wrong one by its error', async () => {
    const pages = await Promise.all(Array.from({ length: 12 }, () => merchant.makePage()));
    for (const page of pages) {
      const { transactions } = (await merchant.processInfo(page)).json.data;
      expect([[], [expect.objectContaining({ statusCode: '0', transactionId: '0' })]]).toContainEqual(
        transactions,
      );
    }
    const [page] = pages;
    if (page === undefined) throw new Error('no page');
    expect(errorId(await merchant.processInfo({ ...page, processToken: 'x' }))).toBe(716);
    expect(errorId(await merchant.processInfo(page, 'another-page'))).toBe(716);
    expect(errorId(await merchant.processInfo({ ...page, processId: '1' }))).toBe(730);
  });

  it('tell a decline and the payment after it, its details by its own id only', async () => {
    const page = await merchant.makePage({ maxPaymentNum: '3', sum: '100' });
    await sandbox.send('POST', `/control/checkouts/${page.processId}/decline`);
    const ids = await merchant.charge(page, { installments: 3 });
    const rows = await merchant.rows(page);
    expect(rows.map(({ statusCode }) => statusCode)).toEqual(['9', '2']);
    expect(rows[1]).toMatchObject({ sum: '100', paymentType: '4', allPaymentsNum: '3' });
    expect(rows[1]).not.toHaveProperty('firstPaymentSum');
    const info = await merchant.call('getTransactionInfo', { pageCode: IDS.pageCode, ...ids });
    expect(info.json.data).toMatchObject({
      firstPaymentSum: '33.34',
      periodicalPaymentSum: '33.33',
      processToken: page.processToken,
      customField: { cField1: page.reference },
    });
    expect(info.json.data.paymentDate).toMatch(/^\d{1,2}\/\d{1,2}\/\d{2}$/);
    const wrong = { pageCode: IDS.pageCode, ...ids, transactionToken: 'x' };
    expect(errorId(await merchant.call('getTransactionInfo', wrong))).toBe(716);
  });

  it('that name the business test its ids', async () => {
    const probe = { ...IDS, processId: '1', processToken: '0' };
    expect(errorId(await merchant.call('getPaymentProcessInfo', probe))).toBe(730);
    expect(errorId(await merchant.call('getPaymentProcessInfo', { ...probe, userId: 'invalid' }))).toBe(701);
    const { json } = await sandbox.send('GET', '/control/calls?provider=grow&operation=credentials');
    expect(json).toHaveLength(2);
  });
});

describe('approveTransaction', () => {
  const approve = (ids: object, more: object = {}) =>
    merchant.call('approveTransaction', { pageCode: IDS.pageCode, ...ids, ...more });

  it('takes note of a charge, again and again, and of what Grow itself told only', async () => {
    const page = await merchant.makePage();
    const ids = await merchant.charge(page);
    for (const more of [{}, { sum: '129.9', processToken: page.processToken }])
      expect(await approve(ids, more)).toMatchObject({ json: { err: '', data: '' } });
    expect(errorId(await approve(ids, { sum: '129.8' }))).toBe(109);
    expect(errorId(await approve({ ...ids, transactionToken: 'x' }))).toBe(716);
    const { json } = await sandbox.send('GET', '/control/calls?provider=grow&operation=acknowledge');
    expect(json).toContainEqual(expect.objectContaining({ reference: page.reference, status: 200 }));
  });

  it('is refused for a decline and for a charge that was cancelled', async () => {
    const page = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${page.processId}/decline`);
    expect(errorId(await approve(await merchant.lastIds(page)))).toBe(722);
    const charge = await merchant.charge(page);
    await merchant.refund(charge, '129.90');
    expect(errorId(await approve(charge))).toBe(722);
  });
});

it('a page dies after ten minutes: it takes no money, and a query says so', async () => {
  const page = await merchant.makePage();
  sandbox.advance(600_000);
  expect((await sandbox.send('POST', `/control/checkouts/${page.processId}/pay`, {})).status).toBe(409);
  expect((await merchant.checkout(page.reference)).status).toBe('expired');
  expect(errorId(await merchant.processInfo(page))).toBe(709);
});
