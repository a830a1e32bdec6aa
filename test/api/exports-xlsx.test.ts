import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { RevenueAnswer } from '../../src/api/reports/report-schema.ts';
import { openBooks } from '../e2e/support/books.ts';
import { backdate } from '../support/backdate.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport } from '../e2e/support/exports.ts';
import { call, order } from './rig.ts';
import type { PaymentBody } from './rig.ts';

// The sheets are read by another library than the one that wrote them.

type Cell = string | number | boolean | Date | null;

let books: Books;
let clinic: Clinic;

const send = async <Body>(path: string, body: object): Promise<Body> => {
  const headers = { 'idempotency-key': randomUUID() };
  return (await call<Body>('POST', path, { key: clinic.key, body, headers })).json;
};

beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  const record = (body: object) =>
    send<PaymentBody>('/v1/payments/manual', order({ lateReason: 'found in the diary', ...body }));
  await record({ amount: 11_700, method: 'cash', paidOn: '2024-12-31' });
  await record({ amount: 12_345, method: 'bank_transfer', paidOn: '2025-03-15', description: '=1+1' });
  const given = await record({ amount: 5_900, method: 'cash', paidOn: '2025-03-17' });
  await send(`/v1/payments/${given.id}/refunds`, { reason: 'gave back', method: 'cash', amount: 2_360 });
  await untilStatus(clinic, given.id, 'partially_refunded');
  await backdate(books, clinic.id);
});
afterAll(() => books.close());

async function sheetsOf(wish: object) {
  const { bytes, made } = await fetchExport(clinic, { kind: 'transactions', format: 'xlsx', ...wish });
  const sheets = (await readSheets(bytes)) as { sheet: string; data: Cell[][] }[];
  const files = Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)] as const);
  return { made, sheets, xml: (name: string) => files.find(([path]) => path.endsWith(name))?.[1] ?? '' };
}

/** Agorot in a column, the head and the line of sums left out. */
const sumOf = (rows: readonly Cell[][], title: string): number => {
  const at = rows[0]?.indexOf(title) ?? -1;
  return rows.slice(1, -1).reduce((sum, row) => sum + Math.round(Number(row[at]) * 100), 0);
};

describe('transactions as xlsx', () => {
  it('have sheets whose sums equal the report, the documents and their own last line', async () => {
    const { sheets, made } = await sheetsOf({ locale: 'en' });
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Transactions', 'Monthly', 'Summary']);
    const [rows = [], months = []] = sheets.map(({ data }) => data);
    const query = 'from=2024-01-01&to=2029-01-01';
    const { totals } = (await call<RevenueAnswer>('GET', `/v1/reports/revenue?${query}`, { key: clinic.key }))
      .json;
    const expected = [totals.gross, totals.net, totals.vat, totals.refunds];
    const [stored] = await books.query<{ sums: number[] }>(
      `SELECT ARRAY[sum(total) FILTER (WHERE type NOT LIKE 'credit%'), sum(net) FILTER (WHERE type NOT LIKE 'credit%'),
         sum(vat) FILTER (WHERE type NOT LIKE 'credit%'), sum(total) FILTER (WHERE type LIKE 'credit%')]::int[] AS sums
       FROM tax_documents WHERE workspace_id = $1`,
      [clinic.id],
    );
    expect(stored?.sums).toEqual(expected);
    for (const table of [rows, months]) {
      const titles = ['gross', 'net', 'vat', 'refunded'];
      expect(titles.map((title) => sumOf(table, title))).toEqual(expected);
      const last = table.at(-1) ?? [];
      expect(last[0]).toBe('Total');
      const said = titles.map((title) => last[table[0]?.indexOf(title) ?? -1]);
      expect(said.map((sum) => Math.round(Number(sum) * 100))).toEqual(expected);
    }
    expect(months).toHaveLength(1 + 60 + 1);
    expect(rows[1]?.[0]).toEqual(new Date('2024-12-31T00:00:00Z'));
    expect(made.fileName).toMatch(/\.xlsx$/);
  });

  it('have formulas in the line of sums alone, whatever an app sent', async () => {
    const { xml, sheets } = await sheetsOf({ locale: 'en' });
    const formulas = [...xml('sheet1.xml').matchAll(/<f>(.*?)<\/f>/g)].map(([, formula]) => formula);
    expect(formulas).toEqual(['SUM(H2:H4)', 'SUM(I2:I4)', 'SUM(J2:J4)', 'SUM(K2:K4)']);
    expect(sheets[0]?.data[2]?.[6]).toBe('=1+1');
  });

  it('read from right to left in Hebrew, under a head that stays', async () => {
    const { xml, sheets } = await sheetsOf({ locale: 'he' });
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['תנועות', 'חודשי', 'סיכום']);
    expect(xml('sheet1.xml')).toMatch(/<sheetView[^>]*rightToLeft="1"/);
    expect(xml('sheet1.xml')).toMatch(/<pane[^>]*ySplit="1"[^>]*state="frozen"/);
    expect(xml('styles.xml')).toContain('₪');
    const summary = new Map(sheets[2]?.data.map(([about, value]) => [about, value]));
    expect(summary.get('מספר עוסק')).toBe('123456782');
    expect(summary.get('חשבונית מס/קבלה')).toBe('1 – 3 (3 מסמכים)');
  });

  it('are a file also where there is nothing', async () => {
    const { sheets } = await sheetsOf({ locale: 'en', from: '2025-06-01', to: '2025-07-01' });
    expect(sheets[0]?.data).toHaveLength(2);
  });
});
