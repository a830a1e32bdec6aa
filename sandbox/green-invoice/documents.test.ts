/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { pause, startTestSandbox } from '../test-sandbox.ts';
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

describe('documents', () => {
  it('are numbered per account and type from the vendor’s first numbers, without a gap', async () => {
    const numbers = [];
    for (const type of [320, 320, 330, 400, 320])
      numbers.push((await account.create(invoice({ type }))).json.number);
    expect(numbers).toEqual(['60001', '60002', '70001', '80001', '60003']);
  });

  it('a refused one uses up no number', async () => {
    await account.create(invoice({ payment: [payment(1)] }));
    expect((await account.create(invoice())).json.number).toBe('60001');
  });

  it('close or cancel what they are linked to', async () => {
    const original = await account.create(invoice());
    const credit = await account.create(
      invoice({ type: 330, linkedDocumentIds: [original.json.id], linkType: 'CANCEL' }),
    );
    expect((await account.read(original.json.id)).status).toBe(4);
    expect((await account.read(credit.json.id)).status).toBe(3);
    const open = await account.create(invoice({ type: 305, payment: undefined }));
    expect((await account.read(open.json.id)).status).toBe(0);
    await account.create(invoice({ type: 400, linkedDocumentIds: [open.json.id], linkType: 'link' }));
    expect((await account.read(open.json.id)).status).toBe(1);
  });

  it('a cancelling receipt of a patur may carry payments alone', async () => {
    account = createTestAccount(sandbox, 'patur');
    const original = await account.create(invoice({ type: 400 }));
    const cancel = {
      type: 400,
      income: undefined,
      linkedDocumentIds: [original.json.id],
      linkType: 'cancel',
    };
    expect((await account.create(invoice(cancel))).status).toBe(201);
  });

  it('a receipt below zero takes a part from the one it is linked to, and stands alone nowhere', async () => {
    account = createTestAccount(sandbox, 'patur');
    const original = await account.create(invoice({ type: 400 }));
    const back = { type: 400, income: [income(-18, 1)], payment: [payment(-18)] };
    expect((await account.create(invoice(back))).json.errorCode).toBe(1110);
    const linked = { ...back, linkedDocumentIds: [original.json.id], linkType: 'link' };
    const { json } = await account.create(invoice(linked));
    expect(await account.read(json.id)).toMatchObject({ amount: -18, vat: 0, status: 1 });
    expect((await account.read(original.json.id)).status).toBe(1);
  });

  it('are listed with our id, however it was written into the texts', async () => {
    await account.create(invoice({ description: 'תשלום', remarks: 'pay_zzzzzzzzzz' }));
    const { json } = await sandbox.send('GET', '/control/documents?reference=pay_zzzzzzzzzz');
    expect(json).toMatchObject([
      { number: '60001', type: 320, total: 11800, vat: 1800, currency: 'ILS', customerName: 'לקוח לדוגמה' },
    ]);
    const { json: calls } = await sandbox.send(
      'GET',
      '/control/calls?operation=create_document&reference=pay_zzzzzzzzzz',
    );
    expect(calls).toHaveLength(1);
  });

  it('get an allocation number a moment later, where the law wants one', async () => {
    const big = {
      income: [income(23_600.01, 1)],
      payment: [payment(23_600.01)],
      client: { name: 'עסק', taxId: '000000018' },
    };
    const { json } = await account.create(invoice(big));
    expect(json.taxAuthorityConfirmationInitiated).toBe(true);
    expect((await account.read(json.id)).allocationNumber).toBeNull();
    sandbox.advance(2_000);
    expect((await account.read(json.id)).allocationNumber).toMatch(/^\d{9}$/);
    const atLimit = await account.create(
      invoice({ ...big, income: [income(23_600, 1)], payment: [payment(23_600)] }),
    );
    sandbox.advance(2_000);
    expect((await account.read(atLimit.json.id)).allocationNumber).toBeNull();
  });

  it('have links that lead to a page, and are nobody else’s', async () => {
    const { json } = await account.create(invoice());
    const links = await account.call('GET', `/documents/${json.id}/download/links`);
    expect(links.json).toEqual(json.url);
    const page = await sandbox.send('GET', links.json.he.replace(sandbox.url, ''));
    expect(page.text).toContain('חשבונית מס/קבלה 60001');
    account = createTestAccount(sandbox);
    expect((await account.call('GET', `/documents/${json.id}`)).status).toBe(404);
  });

  it('survive a restart, with their numbers and statuses', async () => {
    const { json } = await account.create(invoice());
    await account.create(invoice({ type: 330, linkedDocumentIds: [json.id], linkType: 'cancel' }));
    const before = await account.read(json.id);
    const oldUrl = sandbox.url;
    await sandbox.restart();
    expect(JSON.stringify(await account.read(json.id))).toBe(
      JSON.stringify(before).replaceAll(oldUrl, sandbox.url),
    );
    expect((await account.create(invoice())).json.number).toBe('60002');
  });
});

describe('search', () => {
  const numbers = (page: { items: { number: string }[] }) => page.items.map(({ number }) => number);

  it('goes by days, type and description, newest first, in pages', async () => {
    for (const day of ['2025-03-01', '2025-03-05', '2025-03-03']) {
      await account.create(invoice({ date: day, description: `יום ${day}` }));
    }
    await account.create(invoice({ type: 400 }));
    expect(numbers(await account.search({ type: [320] }))).toEqual(['60002', '60003', '60001']);
    expect(numbers(await account.search({ type: [320], sort: 'creationDate' }))).toEqual([
      '60003',
      '60002',
      '60001',
    ]);
    expect(numbers(await account.search({ fromDate: '2025-03-02', toDate: '2025-03-04' }))).toEqual([
      '60003',
    ]);
    expect(numbers(await account.search({ description: 'יום 2025-03-05' }))).toEqual(['60002']);
    expect(numbers(await account.search({ number: 80001 }))).toEqual(['80001']);
    expect(await account.search({ page: 2, pageSize: 3 })).toMatchObject({
      total: 4,
      page: 2,
      pageSize: 3,
      pages: 2,
      from: 4,
      to: 4,
    });
    expect(await account.search({ page: 3, pageSize: 3 })).toMatchObject({ total: 4, items: [] });
    expect((await account.search({ fromdate: '2025-03-02' })).errorCode).toBe(400);
  });

  it('shows items with their totals and links', async () => {
    const { json } = await account.create(invoice());
    const { items } = await account.search({ fromDate: '2025-01-01' });
    expect(items).toMatchObject([
      { id: json.id, amount: 118, vat: 18, currency: 'ILS', status: 1, client: { name: 'לקוח לדוגמה' } },
    ]);
  });
});

it('a document made by a call that was never answered is found by a search', async () => {
  const fault = {
    provider: 'green-invoice',
    operation: 'create_document',
    fault: 'timeout_after_effect',
    times: 1,
  };
  await sandbox.send('POST', '/control/faults', fault);
  const request = invoice({ description: 'lost pay_lost000000' });
  await expect(account.create(request)).rejects.toThrow();
  await pause(10);
  expect((await account.create(request)).json.errorCode).toBe(1010);
  const { json } = await account.call('POST', '/documents/search', {
    description: 'pay_lost000000',
    fromDate: '2025-01-01',
  });
  expect(json.total).toBe(1);
});

it.each([
  ['credentials', 'POST', '/idp/v1/oauth/token'],
  ['credentials', 'GET', '/businesses/me'],
  ['create_document', 'POST', '/documents'],
  ['find_document', 'POST', '/documents/search'],
  ['find_document', 'GET', '/documents/some-id'],
])('faults reach %s (%s %s), in the vendor’s words', async (operation, method, path) => {
  const arm = (fault: string) =>
    sandbox.send('POST', '/control/faults', { provider: 'green-invoice', operation, fault, times: 1 });
  const ask = () => sandbox.send(method, `/green-invoice${path}`);
  await arm('status_429');
  await arm('error_in_200');
  expect((await ask()).status).toBe(429);
  expect(await ask()).toMatchObject({
    status: 200,
    json: { errorCode: 500, errorMessage: expect.any(String) },
  });
  expect((await ask()).status).toBeGreaterThanOrEqual(400);
});
