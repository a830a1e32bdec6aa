import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import {
  agorot,
  fetchSheets,
  openAccountantClinic,
  record,
  sumOf,
} from '../e2e/support/accountant-clinic.ts';
import type { Row } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, fetchExport, readCsv } from '../e2e/support/exports.ts';
import { backdate } from '../support/backdate.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { call, openWorkspace } from './rig.ts';
import type { ProblemBody } from './rig.ts';

let books: Books;
let clinic: Clinic;

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
});
afterAll(() => books.close());

const vatReport = async (months: number): Promise<VatAnswer> =>
  (
    await call<VatAnswer>('GET', `/v1/reports/vat?from=2024-01-01&to=2029-01-01&months=${months}`, {
      key: clinic.key,
    })
  ).json;
const add = (report: VatAnswer, of: (row: VatAnswer['rows'][number]) => number): number =>
  report.rows.reduce((sum, row) => sum + of(row), 0);

describe('the file of the VAT return', () => {
  it.each([1, 2] as const)('of %s months equals the report and independent SQL', async (months) => {
    const { rows, totals } = await fetchSheets(clinic, { kind: 'vat', options: { months } });
    const lines = rows('VAT return');
    const report = await vatReport(months);
    const isTaxed = ({ rateBp }: { rateBp: number }): boolean => rateBp > 0;
    const expected = {
      taxable: add(report, (row) => (isTaxed(row) ? row.net : 0)),
      vat: report.totals.vat,
      zeroRated: add(report, (row) => (row.vatTreatment === 'zero_rated' ? row.net : 0)),
      exempt: add(report, (row) => (!isTaxed(row) && row.vatTreatment !== 'zero_rated' ? row.net : 0)),
      turnoverForAdvances: report.totals.net,
      unconfirmedCreditsNet: -2_000,
      unconfirmedCreditsVat: -360,
      confirmedCreditsNet: -10_000,
      confirmedCreditsVat: -1_800,
    };
    const [stored] = await books.query<{ net: number; vat: number }>(
      `SELECT sum(CASE WHEN type = 'credit_invoice' THEN -net ELSE net END)::int AS net,
         sum(CASE WHEN type = 'credit_invoice' THEN -vat ELSE vat END)::int AS vat FROM tax_documents
       WHERE workspace_id = $1 AND NOT (type = 'credit_invoice' AND acknowledged_at IS NULL)`,
      [clinic.id],
    );
    expect([expected.turnoverForAdvances, expected.vat]).toEqual([stored?.net, stored?.vat]);
    for (const [title, sum] of Object.entries(expected)) {
      expect([title, sumOf(lines, title)]).toEqual([title, sum]);
      expect([title, agorot(totals('VAT return')[title])]).toEqual([title, sum]);
    }
    expect(new Set(lines.map(({ period }) => period)).size).toBe(60 / months);
  });

  it('has the documents behind each figure, which come to it', async () => {
    const { rows } = await fetchSheets(clinic, { kind: 'vat' });
    const [lines, documents] = [rows('VAT return'), rows('Documents')];
    const titles = Object.keys(documents[0] ?? {}).filter(
      (title) => typeof documents[0]?.[title] === 'number',
    );
    for (const title of titles.filter((one) => one !== 'rate' && one !== 'awaitingAllocation'))
      for (const period of ['2024-12', '2025-01', '2025-03'])
        expect([title, period, sumOf(of(documents, period), title)]).toEqual([
          title,
          period,
          sumOf(of(lines, period), title),
        ]);
    expect(documents.filter(({ part }) => part === 'unconfirmed')).toHaveLength(1);
  });

  it('rounds to whole shekels as the form takes them', async () => {
    const { rows } = await fetchSheets(clinic, { kind: 'vat' });
    const form = rows('Form 874').find(({ period }) => period === '2025-01');
    // 118.00 with VAT, 50.00 abroad, 12.34 exempt.
    expect(form).toEqual({
      period: '2025-01',
      taxable: 100,
      vat: 18,
      zeroRatedOrExempt: 62,
      turnoverForAdvances: 162,
    });
  });

  it('shows documents of an earlier period that were made after its return was due, apart', async () => {
    const { rows } = await fetchSheets(clinic, { kind: 'vat' });
    const late = rows('Documents').filter(({ part }) => part === 'late');
    expect(late.map(({ displayNumber }) => displayNumber)).toEqual(['1', '2', '3', '4', '5']);
    const now = of(rows('VAT return'), todayInIsrael().slice(0, 7));
    const [stored] = await books.query<{ net: number; vat: number }>(
      `SELECT sum(net)::int AS net, sum(vat)::int AS vat FROM tax_documents WHERE workspace_id = $1 AND document_date < '2026-01-01'`,
      [clinic.id],
    );
    expect([sumOf(now, 'lateNet'), sumOf(now, 'lateVat')]).toEqual([stored?.net, stored?.vat]);
  });

  it.each([
    ['#/from', { from: '2025-01-02', to: '2025-03-01' }],
    ['#/to', { from: '2025-01-01', to: '2025-02-15' }],
    ['#/from', { from: '2025-02-01', to: '2025-05-01', options: { months: 2 } }],
    ['#/options/months', { options: { months: 3 } }],
    ['#/options/months', { kind: 'documents', options: { months: 1 } }],
    ['#/to', { from: '2025-02-01', to: '2025-01-01' }],
    ['#/to', { from: '2020-01-01', to: '2029-01-01' }],
  ])('refuses %s of %j', async (pointer, change) => {
    const answer = await askExport<ProblemBody>(clinic, { kind: 'vat', format: 'xlsx', ...change });
    expect([answer.status, answer.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

const of = (rows: readonly Row[], period: string): readonly Row[] =>
  rows.filter((row) => row['period'] === period);

describe('the check of numbers', () => {
  it('says aloud that nothing is missing, and then which numbers are', async () => {
    const he = { kind: 'gaps', locale: 'he' };
    const whole = await fetchSheets(clinic, he);
    expect(whole.rows('בדיקת רצף').map((row) => [row['סדרה'], row['כמות'], row['תוצאה']])).toEqual([
      ['חשבונית מס זיכוי', 2, 'אין מספרים חסרים'],
      ['חשבונית מס/קבלה', 6, 'אין מספרים חסרים'],
      ['כל הסדרות', 8, 'אין מספרים חסרים'],
    ]);
    await books.query(
      `UPDATE document_counters SET last_number = last_number + 2 WHERE workspace_id = $1 AND series = 'tax_invoice_receipt'`,
      [clinic.id],
    );
    await record(clinic, { amount: 1_000, method: 'cash', paidOn: '2025-03-01' });
    await backdate(books, clinic.id);
    const { rows } = await fetchSheets(clinic, he);
    expect(rows('בדיקת רצף').map((row) => [row['חסרים'], row['תאריכים שאינם עולים'], row['תוצאה']])).toEqual([
      [0, 0, 'אין מספרים חסרים'],
      [2, 1, 'חסרים מספרים: 7 – 8'],
      [2, 1, 'חסרים מספרים: 2'],
    ]);
    expect(rows('ממצאים').map((row) => [row['ממצא'], row['מספר']])).toEqual([
      ['חסרים מספרים', '7 – 8'],
      ['תאריך שאינו עולה', '9'],
    ]);
  });

  it('is there as CSV, also for a business without documents', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'gaps', format: 'csv', locale: 'en' });
    expect(readCsv(bytes.toString().slice(1)).at(-1)).toMatchObject({ series: 'All series', missing: '2' });
    const nobody = await openWorkspace({ provider: false });
    const empty = await fetchExport(nobody, { kind: 'gaps', format: 'csv', locale: 'en' });
    expect(readCsv(empty.bytes.toString().slice(1))).toMatchObject([
      { series: 'All series', count: '0', verdict: 'No numbers are missing' },
    ]);
  });
});
