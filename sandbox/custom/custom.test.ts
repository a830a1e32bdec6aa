/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked at field by field, as a vendor's client would get them */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const message = (changes: object = {}) => ({
  type: 'tax_invoice_receipt',
  id: 'doc_1',
  number: 7,
  displayNumber: '7',
  fiscalYear: 2026,
  paymentId: 'pay_1',
  refundId: null,
  documentDate: '2026-01-05',
  currency: 'ILS',
  net: 29_703,
  vat: 5_347,
  total: 35_050,
  vatRateBp: 1_800,
  vatTreatment: 'standard',
  locale: 'he',
  description: 'תשלום',
  lines: [{ description: 'תשלום', quantity: 1, unitPrice: 35_050, total: 35_050, vatTreatment: 'standard' }],
  pricesIncludeVat: true,
  vatReason: null,
  refundReason: null,
  customer: { name: 'Test Payer', taxId: null, address: null },
  means: [],
  credits: null,
  ...changes,
});

/** Posts as the engine would, or with one thing wrong. */
function post(
  account: string,
  body: object,
  odd: { secret?: string; ageMs?: number; headers?: object } = {},
) {
  const id = String((body as { id?: unknown }).id);
  const stamp = String(Math.floor((Date.now() - (odd.ageMs ?? 0)) / 1000));
  const signature = createHmac('sha256', odd.secret ?? `secret-of-${account}`)
    .update(`${id}.${stamp}.${JSON.stringify(body)}`)
    .digest('base64');
  return sandbox.send('POST', `/custom/${account}/documents`, body, {
    'webhook-id': id,
    'webhook-timestamp': stamp,
    'webhook-signature': `v1,${signature}`,
    ...odd.headers,
  });
}

describe('the receiver of documents', () => {
  it('takes a signed document once and knows its repeats, each account by itself', async () => {
    const first = await post('one', message());
    expect(first).toMatchObject({ status: 201, json: { number: 'B-1' } });
    expect(await post('one', message())).toMatchObject({ status: 200, json: first.json });
    expect((await post('two', message())).status).toBe(201);
    const { json } = await sandbox.send('GET', '/control/documents?provider=custom&reference=pay_1');
    expect(json).toMatchObject([{ total: 35_050, vat: 5_347, type: 320 }, { total: 35_050 }]);
    const shown = await sandbox.send('GET', String(first.json.url).replace(sandbox.url, ''));
    expect(shown.json).toMatchObject({ id: 'doc_1' });
  });

  it('keeps the headers that were signed, for who looks at the calls', async () => {
    await post('three', message({ paymentId: 'pay_3' }));
    const { json } = await sandbox.send('GET', '/control/calls?provider=custom&reference=pay_3');
    expect(json).toMatchObject([{ operation: 'create_document', headers: { 'webhook-id': 'doc_1' } }]);
  });

  it.each([
    ['another secret', { secret: 'another-secret' }],
    ['an old stamp', { ageMs: 600_000 }],
    ['no signature', { headers: { 'webhook-signature': '' } }],
    ['a signature of another version', { headers: { 'webhook-signature': 'v2,AAAA' } }],
  ])('refuses %s', async (_what, odd) => {
    expect((await post('four', message(), odd)).status).toBe(401);
  });

  it.each([
    ['amounts that do not add up', { vat: 1 }],
    ['an amount in major units', { total: 350.5 }],
    ['an unknown type', { type: 'invoice' }],
    ['a field that nobody documents', { surplus: 1 }],
  ])('refuses %s', async (_what, changes) => {
    expect((await post('five', message(changes))).status).toBe(422);
  });
});
