import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { agorot, fetchSheets, record, send, sumOf } from '../e2e/support/accountant-clinic.ts';
import type { Row } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport, readCsv } from '../e2e/support/exports.ts';
import { call } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let books: Books;
let clinic: Clinic;

const company = { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' };
const check = { bank: '12', branch: '634', account: '0012345', number: '5000017', dueDate: '2025-03-17' };

/** Money of earlier years, which the documents of today name as their tax point, and tax withheld from it. */
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  const today = todayInIsrael();
  await record(clinic, {
    amount: 118_000,
    paidOn: '2025-03-17',
    customer: company,
    means: [
      { method: 'check', amount: 59_000, check },
      { method: 'cash', amount: 53_100 },
      { method: 'withheld', amount: 5_900 },
    ],
  });
  await record(clinic, { amount: 11_700, method: 'cash', paidOn: '2024-12-31' });
  await record(clinic, {
    amount: 23_600,
    paidOn: today,
    customer: company,
    means: [
      { method: 'bank_transfer', amount: 22_420 },
      { method: 'withheld', amount: 1_180 },
    ],
  });
});
afterAll(() => books.close());

/** Sums of the means of all documents, by method. */
async function storedByMethod(): Promise<Record<string, number>> {
  const rows = await books.query<{ method: string; sum: number }>(
    `SELECT m ->> 'method' AS method, sum((m ->> 'amount')::int)::int AS sum
     FROM tax_documents, jsonb_array_elements(content -> 'means') AS m WHERE workspace_id = $1 GROUP BY 1`,
    [clinic.id],
  );
  return Object.fromEntries(rows.map(({ method, sum }) => [method, sum]));
}

describe('tax that customers withheld, and money that came in several ways', () => {
  it('stand in the journal: each means with its sum, what was withheld, and what was received', async () => {
    const { rows, totals } = await fetchSheets(clinic, { kind: 'documents' });
    const journal = rows('Journal of documents');
    expect(journal.map(({ method, withheld, received }) => [method, withheld, received])).toEqual([
      ['check 590.00 + cash 531.00', 59, 1_121],
      ['cash', 0, 117],
      ['bank_transfer', 11.8, 224.2],
    ]);
    const { withheld = NaN, ...money } = await storedByMethod();
    const received = Object.values(money).reduce((sum, one) => sum + one, 0);
    const sums = totals('Journal of documents');
    expect([agorot(sums['withheld']), agorot(sums['received'])]).toEqual([withheld, received]);
    expect(sumOf(journal, 'total')).toBe(withheld + received);
  });

  it('stand in the receipts, a row each, and are no cash and no cheque', async () => {
    const { rows } = await fetchSheets(clinic, { kind: 'receipts' });
    const stored = await storedByMethod();
    const byMethod = Map.groupBy(rows('Receipts'), ({ method }) => String(method));
    expect(Object.fromEntries([...byMethod].map(([method, own]) => [method, sumOf(own, 'amount')]))).toEqual(
      stored,
    );
    expect(rows('Cheques and cash').map(({ method, amount }) => [method, amount])).toEqual([
      ['check', 590],
      ['cash', 531],
      ['cash', 117],
    ]);
    expect((await fetchSheets(clinic, { kind: 'receipts', locale: 'he' })).rows('תקבולים לפי אמצעי')).toEqual(
      expect.arrayContaining([expect.objectContaining({ אמצעי: 'ניכוי במקור' })]),
    );
  });
});

describe('the VAT return', () => {
  const dayOf = (cell: Row[string] | undefined) =>
    cell instanceof Date ? cell.toISOString().slice(0, 10) : cell;

  it.each([1, 2] as const)(
    'of %s months has as late what the report calls earlier tax points, and the tax withheld',
    async (months) => {
      const { rows, totals } = await fetchSheets(clinic, { kind: 'vat', options: { months } });
      const path = `/v1/reports/vat?from=2024-01-01&to=2029-01-01&months=${months}`;
      const { earlierTaxPoints } = (await call<VatAnswer>('GET', path, { key: clinic.key })).json;
      const late = rows('Documents').filter(({ part }) => part === 'late');
      expect(late.map(({ displayNumber, taxPoint }) => [displayNumber, dayOf(taxPoint)])).toEqual([
        ['1', '2025-03-17'],
        ['2', '2024-12-31'],
      ]);
      expect(earlierTaxPoints.map(({ taxPoint }) => taxPoint)).toEqual(['2025-03-17', '2024-12-31']);
      const [stored] = await books.query<{ net: number; vat: number }>(
        `SELECT sum(net)::int AS net, sum(vat)::int AS vat FROM tax_documents
         WHERE workspace_id = $1 AND (content ->> 'movedFromDay') < '2026-01-01'`,
        [clinic.id],
      );
      const sums = totals('VAT return');
      expect([agorot(sums['lateNet']), agorot(sums['lateVat'])]).toEqual([stored?.net, stored?.vat]);
      expect(agorot(sums['withheld'])).toBe((await storedByMethod())['withheld']);
      expect(agorot(sums['turnoverForAdvances'])).toBe(100_000 + 10_000 + 20_000);
    },
  );
});

describe('the file of tax withheld', () => {
  it('has each document, and the sums of each customer and year, which come to the means', async () => {
    const { rows, totals, made } = await fetchSheets(clinic, { kind: 'withholding' });
    const list = rows('Tax withheld by customers');
    const [one, two, ...others] = list.map((row) => [
      row['document'],
      row['gross'],
      row['withheld'],
      row['rate'],
    ]);
    expect([one, two, others]).toEqual([['1', 1_180, 59, 0.05], ['3', 236, 11.8, 0.05], []]);
    const years = rows('By customer and year');
    const year = new Date().getFullYear();
    expect(years).toMatchObject([
      {
        taxYear: year,
        customer: 'Acme Ltd',
        customerId: '123456782',
        documents: 2,
        gross: 1_416,
        withheld: 70.8,
      },
    ]);
    const stored = (await storedByMethod())['withheld'];
    expect([sumOf(list, 'withheld'), sumOf(years, 'withheld')]).toEqual([stored, stored]);
    expect(agorot(totals('By customer and year')['withheld'])).toBe(stored);
    expect(made).toMatchObject({ rows: 2, totalRows: 2 });
    const { bytes } = await fetchExport(clinic, { kind: 'withholding', format: 'csv', locale: 'en' });
    expect(readCsv(bytes.toString().slice(1)).map(({ withheld }) => withheld)).toEqual(['59.00', '11.80']);
  });

  it('takes the tax back with a credit of the whole', async () => {
    const { id } = await record(clinic, {
      amount: 11_800,
      paidOn: todayInIsrael(),
      customer: { name: 'Beta Ltd', taxId: '777777715', taxIdKind: 'company' },
      means: [
        { method: 'bank_transfer', amount: 11_210 },
        { method: 'withheld', amount: 590 },
      ],
    });
    await send(clinic, `/v1/payments/${id}/refunds`, { reason: 'gave back', method: 'cash', amount: 11_800 });
    await untilStatus(clinic, id, 'refunded');
    const { rows } = await fetchSheets(clinic, { kind: 'withholding' });
    expect(rows('By customer and year').at(-1)).toMatchObject({
      customer: 'Beta Ltd',
      documents: 2,
      gross: 0,
      withheld: 0,
      rate: null,
    });
  });
});
