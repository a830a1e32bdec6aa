/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

let companies = 0;

/** One company of the simulated SUMIT. */
function company(kind = 'murshe') {
  const credentials = { CompanyID: (companies += 1), APIKey: `key-${kind}` };
  const call = async (path: string, body: object = {}) =>
    (await sandbox.send('POST', `/sumit${path}`, { Credentials: credentials, ...body })).json;
  return {
    call,
    create: (changes: object = {}, details: object = {}) =>
      call('/accounting/documents/create/', { ...invoice(details), ...changes }),
    read: async (id: number) => (await call('/accounting/documents/getdetails/', { DocumentID: id })).Data,
    list: async (request: object) => (await call('/accounting/documents/list/', request)).Data,
  };
}

const invoice = (details: object = {}) => ({
  Details: {
    Type: 1,
    Date: '2025-03-01',
    Customer: { Name: 'לקוח לדוגמה' },
    ExternalReference: 'pay_0000000001',
    ...details,
  },
  Items: [item(118)],
  Payments: [{ Amount: 118, Type: 2, Details_Cash: {} }],
  VATIncluded: true,
});

const item = (price: number, more: object = {}) => ({
  Quantity: 1,
  UnitPrice: price,
  Item: { Name: 'שירות' },
  ...more,
});

describe('documents', () => {
  it('are made, numbered by type and shown with their totals and VAT; a repeat makes another', async () => {
    const { create, read } = company();
    const made = [await create(), await create(), await create({}, { Type: 2 })];
    expect(made.map(({ Status: status, Data: data }) => [status, data.DocumentNumber])).toEqual([
      [0, 10_001],
      [0, 10_002],
      [0, 10_001],
    ]);
    expect(await read(made[0].Data.DocumentID)).toMatchObject({
      DocumentNumber: 10_001,
      Document: { Type: 1, DocumentValue: 118, ExternalReference: 'pay_0000000001' },
      Items: [{ VAT: 18 }],
    });
  });

  it.each([
    ['VAT on top', { Items: [item(100)], VATIncluded: false }, {}, 18],
    [
      'each row’s own',
      { Items: [item(50, { VAT: 9 }), item(59, { VAT: 0 })], VATPerItem: true, VATIncluded: null },
      {},
      9,
    ],
    ['a customer who is charged none', {}, { Customer: { Name: 'א', NoVAT: true } }, 0],
    ['the rate of the day', { Items: [item(117)], Payments: [{ Amount: 117 }] }, { Date: '2024-12-31' }, 17],
  ])('bear VAT: %s', async (_how, changes, details, vat) => {
    const { create, read } = company();
    const { Data: data } = await create(changes, details);
    const { Items: items } = await read(data.DocumentID);
    const vats = (items as { VAT: number }[]).map((row) => row.VAT);
    expect(vats.reduce((sum, one) => sum + one, 0)).toBe(vat);
  });

  it('that credit are linked to one of the company and shown below zero', async () => {
    const { create, read } = company('patur');
    const { Data: original } = await create({}, { Type: 2 });
    const credit = await create({ OriginalDocumentID: original.DocumentID }, { Type: 7 });
    expect((await read(credit.Data.DocumentID)).Document.DocumentValue).toBe(-118);
    expect((await create({ OriginalDocumentID: 5 }, { Type: 7 })).Status).toBe(1);
  });

  it('that are drafts have no number and are listed only where asked for', async () => {
    const { create, list } = company();
    expect((await create({}, { IsDraft: true })).Data.DocumentNumber).toBeNull();
    expect((await list({})).Documents).toEqual([]);
    expect((await list({ IncludeDrafts: true })).Documents).toHaveLength(1);
  });

  it('are listed by day and type, newest first, in pages of ten, and those of one company only', async () => {
    const { create, list } = company();
    for (let count = 0; count < 12; count += 1) await create({}, { ExternalReference: `ref ${count}` });
    const page = await list({ DateFrom: '2025-03-01', DateTo: '2025-03-01', DocumentTypes: [1] });
    expect([page.Documents.length, page.Documents[0].ExternalReference, page.HasNextPage]).toEqual([
      10,
      'ref 11',
      true,
    ]);
    const rest = await list({ Paging: { StartIndex: 10, PageSize: 10 } });
    expect([rest.Documents.length, rest.HasNextPage]).toEqual([2, false]);
    expect((await list({ DateFrom: '2025-03-02' })).Documents).toEqual([]);
    expect((await list({ DocumentTypes: [2] })).Documents).toEqual([]);
    expect((await company().list({})).Documents).toEqual([]);
  });

  it.each([
    ['a tax invoice of a patur', 'patur', {}, {}],
    ['payments that are not the total', 'murshe', { Payments: [{ Amount: 1 }] }, {}],
    ['a day to come', 'murshe', {}, { Date: '2999-01-01' }],
    ['a field that SUMIT does not have', 'murshe', { Surplus: 1 }, {}],
    ['no customer', 'murshe', {}, { Customer: undefined }],
  ])('are refused with a business error in a 200: %s', async (_what, kind, changes, details) => {
    expect((await company(kind).create(changes, details)).Status).toBe(1);
  });
});

it('a wrong key is a business error like any other, at every call', async () => {
  const { call, create, list } = company('invalid');
  expect([await create(), await call('/website/companies/getdetails/')]).toMatchObject([
    { Status: 1 },
    { Status: 1 },
  ]);
  expect(await list({})).toBeNull();
});

describe('other currencies and customers', () => {
  const dollars = (changes: object) => ({ VATIncluded: true, ...changes });
  const inDollars = { Currency: 1 };

  it('a plain price is shekels whatever the currency is, and the document is converted', async () => {
    const { create, read } = company();
    const own = await create(
      dollars({
        Items: [{ Item: { Name: 'x' }, DocumentCurrency_UnitPrice: 118 }],
        Payments: [{ DocumentCurrency_Amount: 118 }],
      }),
      inDollars,
    );
    expect(await read(own.Data.DocumentID)).toMatchObject({
      Document: { DocumentValue: 118, CompanyValue: 430.7 },
      Items: [{ VAT: 65.7, DocumentCurrency_VAT: 18 }],
    });
    const shekels = await create(dollars({ Items: [item(365)], Payments: [{ Amount: 365 }] }), inDollars);
    expect((await read(shekels.Data.DocumentID)).Document.DocumentValue).toBe(100);
  });

  it('a customer of the same name is the same one, unless another search is asked for', async () => {
    const { create, read } = company();
    const customerOf = async (customer: object) => {
      const made = await create({}, { Customer: { Name: 'דנה', ...customer } });
      return (await read(made.Data.DocumentID)).Document.Customer;
    };
    const first = await customerOf({ CompanyNumber: '000000018', NoVAT: true });
    const merged = await customerOf({ NoVAT: false });
    expect([merged.ID, merged.CompanyNumber, merged.NoVAT]).toEqual([first.ID, '000000018', true]);
    expect((await customerOf({ SearchMode: 1 })).ID).not.toBe(first.ID);
    const ours = await customerOf({ SearchMode: 2, ExternalIdentifier: 'pay_1' });
    expect(ours).toMatchObject({ ExternalIdentifier: 'pay_1' });
    expect(ours.CompanyNumber).toBeUndefined();
    expect((await customerOf({ SearchMode: 2, ExternalIdentifier: 'pay_1' })).ID).toBe(ours.ID);
  });

  it('VATPerItem forbids VATIncluded and VATRate', async () => {
    const { create } = company();
    const rows = { Items: [item(100, { VAT: 18 })], VATPerItem: true };
    expect((await create({ ...rows, VATIncluded: true })).Status).toBe(1);
    expect((await create({ ...rows, VATIncluded: null, VATRate: 18 })).Status).toBe(1);
    expect((await create({ ...rows, VATIncluded: null, VATRate: null })).Status).toBe(0);
  });
});
