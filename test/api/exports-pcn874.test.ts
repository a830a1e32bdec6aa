import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { fetchSheets, record, send } from '../e2e/support/accountant-clinic.ts';
import type { Row } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { askExport, fetchExport, readCsv } from '../e2e/support/exports.ts';
import { backdate } from '../support/backdate.ts';
import { call, openWorkspace, untilStatus } from './rig.ts';
import type { PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';

const COMPANY = { name: 'Acme Ltd', taxId: '514713288', taxIdKind: 'company' };

let books: Books;
let clinic: TestWorkspace;

async function giveBack(id: string, amount: number): Promise<string> {
  await send(clinic, `/v1/payments/${id}/refunds`, { reason: 'gave back', method: 'cash', amount });
  await untilStatus(clinic, id, 'partially_refunded');
  const { json } = await call<PaymentBody & { documentIds: string[] }>('GET', `/v1/payments/${id}`, {
    key: clinic.key,
  });
  return json.documentIds.at(-1) ?? '';
}

beforeAll(async () => {
  books = openBooks();
  clinic = await openWorkspace({
    workspace: { mode: 'live', receipt: { email: false, print: 'on_demand' } },
    provider: false,
  });
  const items = [
    { description: 'שיחה', quantity: 1, unitPrice: 11_859 },
    { description: 'abroad', quantity: 1, unitPrice: 5_050, vatTreatment: 'zero_rated' },
    { description: 'exempt', quantity: 1, unitPrice: 1_249, vatTreatment: 'exempt' },
  ];
  const transfer = { method: 'bank_transfer', paidOn: '2025-03-16' };
  await record(clinic, { amount: 18_158, items, vatReason: 'export', ...transfer });
  const large = await record(clinic, { amount: 3_540_000, customer: COMPANY, ...transfer });
  const plain = await record(clinic, { amount: 708_059, ...transfer });
  await backdate(books, clinic.id);
  const confirmed = await giveBack(plain.id, 11_859);
  await giveBack(plain.id, 2_360);
  await send(clinic, `/v1/documents/${confirmed}/acknowledge`, { method: 'signature' });
  const [held] = await books.query<{ id: string }>(
    `SELECT id FROM tax_documents WHERE workspace_id = $1 AND payment_id = $2 AND status = 'allocation_required'`,
    [clinic.id, large.id],
  );
  const allocationNumber = '202503161234567890123456';
  if (held) await send(clinic, `/v1/documents/${held.id}/allocation-number`, { allocationNumber });
});
afterAll(() => books.close());

const fetchPcn = (options: object = {}) => fetchSheets(clinic, { kind: 'pcn874-sales', options });
/** The sum of a column in whole shekels, credits taken off. */
const sumOf = (rows: readonly Row[], title: string): number =>
  rows.reduce((sum, row) => sum + (row['sign'] === '-' ? -1 : 1) * Number(row[title]), 0);

describe('the sales rows of PCN874', () => {
  it.each([1, 2])(
    'of %s months are the documents of the VAT file, each rounded to whole shekels',
    async (months) => {
      const pcn = await fetchPcn({ months });
      const rows = pcn.rows('PCN874 sales');
      const vat = await fetchSheets(clinic, { kind: 'vat', options: { months } });
      const counted = vat.rows('Documents').filter(({ part }) => part === 'counted');
      expect(counted).toHaveLength(4);
      const numbers = (list: readonly (string | number)[]) => [...new Set(list.map(Number))].sort();
      expect(numbers(rows.map((row) => String(row['reference'])))).toEqual(
        numbers(counted.map((row) => String(row['displayNumber']).replace(/\D/g, ''))),
      );
      const [stored] = await books.query<{ amount: number; vat: number }>(
        `SELECT sum(sign * (round((net - zero_rated - exempt) / 100.0) + round(zero_rated / 100.0) + round(exempt / 100.0)))::int AS amount,
         sum(sign * round(vat / 100.0))::int AS vat
       FROM (SELECT *, CASE WHEN type = 'credit_invoice' THEN -1 ELSE 1 END AS sign FROM tax_documents
         WHERE workspace_id = $1 AND NOT (type = 'credit_invoice' AND acknowledged_at IS NULL)) AS d`,
        [clinic.id],
      );
      expect({ amount: sumOf(rows, 'amount'), vat: sumOf(rows, 'vat') }).toEqual(stored);
      const totals = pcn.rows('Totals');
      expect([sumOf(totals, 'amount'), sumOf(totals, 'vat'), sumOf(totals, 'rows')]).toEqual([
        stored?.amount,
        stored?.vat,
        rows.length,
      ]);
    },
  );

  it('say what the detailed file asks', async () => {
    const rows = (await fetchPcn()).rows('PCN874 sales');
    const first = rows.filter((row) => row['reference'] === '000000001' && row['sign'] === '+');
    expect(first.map(({ type, amount, vat }) => [type, amount, vat])).toEqual([
      ['L', 101, 18],
      ['Y', 51, 0],
      ['L', 12, 0],
    ]);
    expect(rows.find(({ type }) => type === 'S')).toMatchObject({
      customerNumber: '514713288',
      referenceGroup: '0000',
      amount: 30_000,
      vat: 5_400,
      sign: '+',
      allocationNumber: '890123456',
    });
    expect(rows.filter(({ sign }) => sign === '-')).toMatchObject([
      { type: 'L', customerNumber: '000000000', amount: 101, vat: 18, allocationNumber: '000000000' },
    ]);
  });

  it('name the large sales whose customer has no number', async () => {
    const list = (await fetchPcn()).rows('Customers without a number');
    expect(list.map(({ document, net }) => [document, net])).toEqual([['3', 6_000.5]]);
  });

  it('are plain in CSV, for a program to read', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'pcn874-sales', format: 'csv', locale: 'en' });
    const rows = readCsv(bytes.toString().slice(1));
    expect(new Set(rows.map(({ sign }) => sign))).toEqual(new Set(['+', '-']));
    expect(rows[0]).toMatchObject({ date: '20250316', reference: '000000001' });
  });

  it.each([
    ['#/from', { from: '2025-01-02', to: '2025-03-01' }],
    ['#/from', { from: '2025-02-01', to: '2025-05-01', options: { months: 2 } }],
    ['#/currency', { currency: 'USD' }],
    ['#/format', { format: 'zip' }],
  ])('are refused at %s for %j', async (pointer, change) => {
    const wish = { kind: 'pcn874-sales', format: 'csv', ...change };
    const answer = await askExport<ProblemBody>(clinic, wish);
    expect([answer.status, answer.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
