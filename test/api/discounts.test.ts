import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { theDocumentOf } from '../e2e/support/clinic.ts';
import { fetchExport } from '../e2e/support/exports.ts';
import { record } from '../e2e/support/manual.ts';
import { refund } from '../e2e/support/refunds.ts';
import { readUniformStructure } from '../support/uniform-structure/read-uniform-structure.ts';
import { call, eventually, openWorkspace, order } from './rig.ts';
import type { TestWorkspace } from './rig.ts';

let tools: ReadBack;
let clinic: TestWorkspace;
beforeAll(async () => {
  tools = await createReadBack();
  const live = { mode: 'live', receipt: { email: false, print: 'on_demand' } };
  clinic = await openWorkspace({ workspace: live, provider: false });
});
afterAll(() => tools.close());

/** 2.5 × 100.00 less 50.00, and 0.3333 × 10.00: 203.33; less 20.33 of the whole. */
const SOLD = {
  amount: 18_300,
  discount: 2_033,
  items: [
    { description: 'Hours', quantity: 2.5, unitPrice: 10_000, discount: 5_000 },
    { description: 'Cloth', quantity: 0.3333, unitPrice: 1_000 },
  ],
};

const wordsOn = async (documentId: string): Promise<string> => {
  const bytes = await eventually(`the print of ${documentId}`, async () => {
    const answer = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return answer.status === 200 ? answer.bytes : null;
  });
  return (await tools.wordsOf(bytes)).replace(/\s+/g, ' ');
};

describe('discounts and parts of units', () => {
  it('are stored as sent, printed, and in the uniform structure, and are credited by line', async () => {
    const payment = await record(clinic, SOLD);
    expect(payment).toMatchObject(SOLD);
    const words = await wordsOn(theDocumentOf(payment));
    for (const figure of ['2.5', '0.3333', '-₪50.00', '₪200.00', '₪3.33', '₪203.33', '-₪20.33', '₪183.00'])
      expect(words).toContain(figure);

    const items = [{ line: 1, quantity: 0.5, amount: 3_600 }];
    await refund(clinic, payment.id, { items });
    const { bytes } = await fetchExport(clinic, { kind: 'uniform-structure', format: 'zip' });
    const { findings, data } = readUniformStructure(bytes);
    expect(findings).toEqual([]);
    const invoice = data.filter(({ code, raw }) => code === 'D110' && raw.get(1253) === '320');
    expect(invoice.map(({ raw }) => raw.get(1264))).toEqual(['+0000000000025000', '+0000000000003333']);
    expect(Number(invoice[0]?.raw.get(1266))).toBeLessThan(0);
    const header = data.find(({ code, raw }) => code === 'C100' && raw.get(1203) === '320')?.raw;
    expect(Number(header?.get(1220))).toBe(-1_723);
    expect(Number(header?.get(1223))).toBe(18_300);
  });

  it.each<[string, object, string]>([
    ['items that come to another sum', { ...SOLD, discount: 2_032 }, '#/items'],
    [
      'a discount above the price of its line',
      { amount: 1, items: [{ ...SOLD.items[1], discount: 334 }] },
      '#/items/0/discount',
    ],
    ['a discount of nothing listed', { amount: 1_000, discount: 100 }, '#/discount'],
    [
      'five decimals',
      { amount: 1, items: [{ description: 'x', quantity: 0.33333, unitPrice: 3 }] },
      '#/items/0/quantity',
    ],
    [
      'no quantity',
      { amount: 1, items: [{ description: 'x', quantity: 0, unitPrice: 3 }] },
      '#/items/0/quantity',
    ],
  ])('%s is refused, and the field named', async (_what, body, pointer) => {
    const { status, json } = await call('POST', '/v1/payments/manual', {
      key: clinic.key,
      body: order({ method: 'cash', paidOn: '2026-11-20', ...body }),
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
