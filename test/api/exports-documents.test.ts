import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { RevenueAnswer } from '../../src/api/reports/report-schema.ts';
import {
  agorot,
  fetchSheets,
  openAccountantClinic,
  sumOf,
  TRICKY,
} from '../e2e/support/accountant-clinic.ts';
import type { OpenedSheets } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport, readCsv } from '../e2e/support/exports.ts';
import { call } from './rig.ts';

let books: Books;
let clinic: Clinic;
let opened: OpenedSheets;

const SHEET = 'Journal of documents';

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
  opened = await fetchSheets(clinic, { kind: 'documents' });
});
afterAll(() => books.close());

const SUMS = ['taxable', 'zeroRated', 'exempt', 'vat', 'sales', 'received'];

describe('the journal of documents', () => {
  it('adds up to the documents by independent SQL, to the report, and to its own line of sums', async () => {
    const rows = opened.rows(SHEET);
    const [stored] = await books.query<{ sums: number[] }>(
      `WITH lines AS (
         SELECT CASE WHEN d.type LIKE 'credit%' THEN -1 ELSE 1 END AS sign, d.id, d.net, d.vat, d.total,
           (SELECT coalesce(sum((l ->> 'total')::int) FILTER (WHERE l ->> 'vatTreatment' = 'zero_rated'), 0)
              FROM jsonb_array_elements(d.content -> 'lines') l) AS zero,
           (SELECT coalesce(sum((l ->> 'total')::int) FILTER (WHERE l ->> 'vatTreatment' = 'exempt'), 0)
              FROM jsonb_array_elements(d.content -> 'lines') l) AS exempt
         FROM tax_documents d WHERE d.workspace_id = $1)
       SELECT ARRAY[sum(sign * (net - zero - exempt)), sum(sign * zero), sum(sign * exempt), sum(sign * vat),
         sum(sign * total), sum(sign * total)]::int[] AS sums FROM lines`,
      [clinic.id],
    );
    expect(SUMS.map((title) => sumOf(rows, title))).toEqual(stored?.sums);
    expect(SUMS.map((title) => agorot(opened.totals(SHEET)[title]))).toEqual(stored?.sums);
    const path = '/v1/reports/revenue?from=2024-01-01&to=2029-01-01';
    const { totals } = (await call<RevenueAnswer>('GET', path, { key: clinic.key })).json;
    expect(sumOf(rows, 'total')).toBe(sumOf(rows, 'sales'));
    expect(sumOf(rows, 'sales')).toBe(totals.gross - totals.refunds);
    expect(opened.made).toMatchObject({
      rows: 8,
      totalRows: 8,
      fileName: '123456782_documents_20240101_20281231.xlsx',
    });
  });

  it('shows a credit with negative sums, what it credits, and when the customer confirmed it', () => {
    const credits = opened.rows(SHEET).filter(({ documentType }) => documentType === '330');
    expect(credits.map(({ total, relatedDocument }) => [total, relatedDocument])).toEqual([
      [-23.6, '4'],
      [-118, '5'],
    ]);
    expect(credits[0]).toMatchObject({ acknowledgedOn: null, relatedDate: new Date('2025-03-17T00:00:00Z') });
    expect(credits[1]?.['acknowledgedOn']).toBeInstanceOf(Date);
  });

  it('keeps ids as text, says how it was paid, and leaves empty what the books do not have', () => {
    const rows = opened.rows(SHEET);
    expect(rows[2]).toMatchObject({
      customer: TRICKY,
      description: '@SUM(1)',
      idKind: 'private',
      customerId: '000000018',
      documentDate: new Date('2025-03-15T00:00:00Z'),
      paidDate: new Date('2025-03-15T00:00:00Z'),
      vatRate: 0.18,
      withheld: 0,
      exchangeRate: null,
    });
    expect(rows[3]).toMatchObject({ method: 'check', last4OrCheck: '5000017', installments: 1 });
    const card = rows.find(({ provider }) => provider === 'payplus');
    expect(card).toMatchObject({ method: 'card' });
    expect(card?.['last4OrCheck']).toMatch(/^\d{4}$/);
    expect(card?.['providerTransactionId']).not.toBeNull();
  });

  it('has no formula but in its sums, and a sheet about itself', () => {
    const formulas = [...opened.xml('sheet1.xml').matchAll(/<f>(.*?)<\/f>/g)].map(([, formula]) => formula);
    expect(formulas.every((formula = '') => /^SUM\([A-Z]+2:[A-Z]+9\)$/.test(formula))).toBe(true);
    expect(opened.names).toEqual([SHEET, 'Details']);
    const details = new Map(opened.rows('Details').map(({ details: about, value }) => [about, value]));
    expect(details.get('tax id')).toBe('123456782');
    expect(details.get('last day')).toBe('2028-12-31');
    expect(details.get('Tax invoice/receipt')).toBe('1 – 6 (6 documents)');
    expect(details.get('program')).toMatch(/^Tashlum \d/);
    expect([...details.keys()].at(-1)).toBe('--- end of report ---');
  });

  it('is the same as CSV, in Hebrew with days as Israelis write them and no formula', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'documents', format: 'csv', locale: 'he' });
    const text = bytes.toString();
    expect(text).toMatch(/^\u{FEFF}סוג מסמך,שם הסוג,מספר,מספר תצוגה,תאריך מסמך,/u);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    const rows = readCsv(text.slice(1));
    expect(rows).toHaveLength(8);
    expect(rows[2]).toMatchObject({
      'תאריך מסמך': '15/03/2025',
      'שם לקוח': `'${TRICKY}`,
      'תיאור (השורה הראשונה)': "'@SUM(1)",
      'שיעור מע"מ': '18.00',
      'ת.ז./ח.פ./עוסק': '000000018',
    });
    const sum = rows.reduce((all, row) => all + Math.round(Number(row['סה"כ']) * 100), 0);
    expect(sum).toBe(sumOf(opened.rows(SHEET), 'total'));
    expect(
      rows.flatMap(Object.values).filter((cell: string) => /^[=+@\t]|^-(?!\d+\.\d\d$)/.test(cell)),
    ).toEqual([]);
  });
});
