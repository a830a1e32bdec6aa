import { afterAll, beforeAll, describe, expect, it } from '#jest';
import {
  agorot,
  fetchSheets,
  openAccountantClinic,
  record,
  sumOf,
} from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { askExport, fetchExport, readCsv } from '../e2e/support/exports.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { backdate } from '../support/backdate.ts';
import { openWorkspace } from './rig.ts';
import type { ProblemBody } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let books: Books;
let clinic: Clinic;

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
});
afterAll(() => books.close());

const openPatur = () =>
  openWorkspace({ workspace: { dealerType: 'osek_patur', vatRegistered: false }, provider: false });

describe('the tax year', () => {
  it('has every month, and comes to the documents by independent SQL, by month, means and account', async () => {
    const { rows, totals, made } = await fetchSheets(clinic, { kind: 'year' });
    const months = rows('Tax year');
    expect(made).toMatchObject({ rows: 60, fileName: '123456782_year_20240101_20281231.xlsx' });
    const stored = await books.query<{ month: string; total: number; vat: number; net: number }>(
      `SELECT left(document_date::text, 7) AS month, sum(s * total)::int AS total, sum(s * vat)::int AS vat, sum(s * net)::int AS net
       FROM (SELECT *, CASE WHEN type LIKE 'credit%' THEN -1 ELSE 1 END AS s FROM tax_documents WHERE workspace_id = $1) AS d
       GROUP BY 1 ORDER BY 1`,
      [clinic.id],
    );
    const told = months
      .filter(({ documents }) => documents !== 0)
      .map((row) => ({
        month: row['month'],
        total: agorot(row['total']),
        vat: agorot(row['vat']),
        net: agorot(row['taxable']) + agorot(row['zeroRated']) + agorot(row['exempt']),
      }));
    expect(told).toEqual(stored);
    const sums = totals('Tax year');
    expect([agorot(sums['creditsNet']), agorot(sums['creditsVat'])]).toEqual([-12_000, -2_160]);
    expect(sumOf(rows('By means'), 'amount')).toBe(agorot(sums['total']));
    expect(rows('Income accounts')).toMatchObject([
      { account: 'taxable', amount: sums['taxable'], code6111: null },
      { account: 'zeroRated', amount: 50 },
      { account: 'exempt', amount: 12.34 },
    ]);
  });

  it('lists what was made after its year, and cheques that fall due later', async () => {
    const later = { bank: '12', branch: '634', account: '0012345', number: '5000018' };
    const patur = await openPatur();
    const today = todayInIsrael();
    const next = `${Number(today.slice(0, 4)) + 1}-01-31`;
    const check = { ...later, dueDate: next };
    await record(patur, { amount: 9_000, method: 'check', check, paidOn: today });
    const year = { from: `${today.slice(0, 4)}-01-01`, to: `${next.slice(0, 4)}-01-01` };
    const { rows } = await fetchSheets(patur, { kind: 'year', ...year });
    expect(rows('Cheques due later')).toMatchObject([{ check: '5000018', amount: 90 }]);
    expect(rows('Made after the year')).toEqual([]);
    const old = await fetchSheets(clinic, { kind: 'year', from: '2025-01-01', to: '2026-01-01' });
    expect(old.rows('Made after the year').map(({ document }) => document)).toEqual(['2', '3', '4', '5']);
    expect(old.rows('Cheques due later')).toEqual([]);
    expect(old.names).not.toContain('Osek patur');
  });

  it('shows the turnover of an osek patur beside the ceiling of the year', async () => {
    const patur = await openPatur();
    await record(patur, { amount: 6_000_000, method: 'bank_transfer', paidOn: '2025-03-15' });
    await backdate(books, patur.id);
    const { rows } = await fetchSheets(patur, { kind: 'year', from: '2025-01-01', to: '2026-01-01' });
    expect(rows('Osek patur')).toMatchObject([
      { taxYear: '2025', turnover: 60_000, ceiling: 120_000, shareOfCeiling: 0.5 },
    ]);
    expect(rows('Tax year').filter(({ vat }) => vat !== 0)).toEqual([]);
  });

  it('is there as CSV, and takes whole years only', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'year', format: 'csv', locale: 'he' });
    expect(readCsv(bytes.toString().slice(1))).toHaveLength(60);
    const wish = { kind: 'year', format: 'csv', from: '2025-02-01', to: '2026-01-01' };
    const { status, json } = await askExport<ProblemBody>(clinic, wish);
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/from']);
  });
});
