/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestAccount, income, invoice, payment } from './test-account.ts';
import type { TestAccount } from './test-account.ts';

let sandbox: TestSandbox;
let account: TestAccount;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  account = createTestAccount(sandbox);
});

describe('totals', () => {
  it.each([
    ['included', [income(118, 1)], { total: 11800, vat: 1800, net: 10000 }],
    ['before VAT', [income(100, 0)], { total: 11800, vat: 1800, net: 10000 }],
    ['exempt', [income(118, 2)], { total: 11800, vat: 0, net: 11800 }],
    ['odd agorot', [income(129.9, 1)], { total: 12990, vat: 1982, net: 11008 }],
    ['a quantity', [income(0.1, 2, { quantity: 3 })], { total: 30, vat: 0, net: 30 }],
    ['mixed rows', [income(100, 0), income(118, 1), income(50, 2)], { total: 28600, vat: 3600, net: 25000 }],
  ])('%s', async (_name, rows, totals) => {
    const { json } = await account.create(invoice({ income: rows, payment: [payment(totals.total / 100)] }));
    expect(json.errorMessage).toBeUndefined();
    const { json: held } = await sandbox.send('GET', '/control/documents');
    expect(held.find((row: { id: string }) => row.id === json.id)).toMatchObject(totals);
  });

  it('the rate is that of the document’s day', async () => {
    const { json } = await account.create(
      invoice({
        date: '2024-12-31',
        income: [income(117, 1)],
        payment: [payment(117, { date: '2024-12-31' })],
      }),
    );
    expect(await account.read(json.id)).toMatchObject({
      vatRate: 0.17,
      vat: 17,
      amount: 117,
      amountDueVat: 100,
      documentDate: '2024-12-31',
    });
  });

  it('document-level exemption and exempt dealers bear no VAT', async () => {
    const exempt = await account.create(invoice({ vatType: 1 }));
    expect(await account.read(exempt.json.id)).toMatchObject({ vat: 0, amount: 118, amountExemptVat: 118 });
    account = createTestAccount(sandbox, 'patur');
    const receipt = await account.create(invoice({ type: 400, income: [income(118, 0)] }));
    expect(await account.read(receipt.json.id)).toMatchObject({ vat: 0, amount: 118 });
  });

  it('payments that differ by one agora are a 2422', async () => {
    expect((await account.create(invoice({ payment: [payment(118.01)] }))).json.errorCode).toBe(2422);
  });
});

describe('strictness', () => {
  it.each([
    ['a misspelt field', { descripton: 'x' }, 400],
    ['a type as text', { type: '320' }, 400],
    ['no rows', { income: undefined }, 2413],
    ['a row without description', { income: [income(118, 1, { description: '' })] }, 2415],
    ['a price as text', { income: [{ ...income(118, 1), price: '118' }] }, 1110],
    ['a row of another VAT type', { income: [income(118, 3)] }, 2409],
    ['a rate that was not in force', { income: [income(118, 1, { vatRate: 0.17 })] }, 2409],
    ['no payment', { payment: undefined }, 2419],
    ['no payment rows', { payment: [] }, 1113],
    ['an unknown payment type', { payment: [payment(118, { type: 7 })] }, 2421],
    ['tax withheld alone', { payment: [payment(118, { type: 0 })] }, 2428],
    ['37 instalments', { payment: [payment(118, { numPayments: 37 })] }, 2425],
    ['a deal type nobody knows', { payment: [payment(118, { dealType: 9 })] }, 2424],
    ['a payment in the future', { payment: [payment(118, { date: '2999-01-01' })] }, 2426],
    ['a document in the future', { date: '2999-01-01' }, 2405],
    ['no client', { client: undefined }, 2410],
    ['a client with a bad e-mail', { client: { name: 'x', emails: ['nope'] } }, 2411],
    ['an unknown link type', { linkType: 'close' }, 2404],
    ['a link to nothing', { linkedDocumentIds: ['nothing'] }, 2429],
    ['201 rows', { income: Array.from({ length: 201 }, () => income(1, 2)), payment: [payment(201)] }, 2431],
    ['a payment on an invoice without receipt', { type: 305 }, 2421],
    ['a donation receipt by a murshe', { type: 405 }, 2403],
  ])('%s is refused', async (_what, change, errorCode) => {
    const { status, json } = await account.create(invoice(change));
    expect([status, json.errorCode]).toEqual([400, errorCode]);
  });

  it.each([
    ['patur', 3, 320, 2403],
    ['patur', 3, 330, 2403],
    ['amuta', 4, 305, 2403],
    ['amuta', 4, 405, undefined],
    ['company', 2, 320, undefined],
  ])('%s (business type %i) and type %i', async (kind, business, type, errorCode) => {
    account = createTestAccount(sandbox, kind);
    expect((await account.call('GET', '/businesses/me')).json.type).toBe(business);
    expect((await account.create(invoice({ type }))).json.errorCode).toBe(errorCode);
  });

  it('an account that says chronological refuses a day before its newest document', async () => {
    account = createTestAccount(sandbox, 'chronological');
    expect((await account.create(invoice())).status).toBe(201);
    expect((await account.create(invoice({ date: '2025-02-28' }))).json.errorCode).toBe(2405);
  });

  it('the same request again is a 1010, for a minute', async () => {
    const request = invoice();
    expect((await account.create(request)).status).toBe(201);
    expect((await account.create(Object.fromEntries(Object.entries(request).reverse()))).json.errorCode).toBe(
      1010,
    );
    sandbox.advance(61_000);
    expect((await account.create(request)).status).toBe(201);
  });
});
