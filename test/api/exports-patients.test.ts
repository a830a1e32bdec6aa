import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { agorot, fetchSheets, giveBack, record, sumOf } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport, readCsv } from '../e2e/support/exports.ts';

let books: Books;
let clinic: Clinic;

const DANA = 'דנה לוי';
const NOA = { name: 'נועה לוי', taxId: '000000018' };
const FUND = { name: 'קופת חולים', taxId: '123456782', taxIdKind: 'company' };

beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  const paidOn = new Date().toISOString().slice(0, 10);
  const own = { customer: { name: DANA }, patient: { name: DANA }, sessionDates: ['2026-01-05'] };
  await record(clinic, { amount: 35_000, method: 'cash', paidOn, ...own });
  const parent = { customer: { name: DANA }, patient: NOA, sessionDates: ['2026-01-05', '2026-01-12'] };
  const { id } = await record(clinic, { amount: 70_000, method: 'bank_transfer', paidOn, ...parent });
  const means = [
    { method: 'bank_transfer', amount: 38_000 },
    { method: 'withheld', amount: 2_000 },
  ];
  await record(clinic, { amount: 40_000, means, paidOn, customer: FUND, patient: NOA });
  await record(clinic, { amount: 12_345, method: 'cash', paidOn, customer: { name: DANA } });
  await giveBack(clinic, id, 35_000);
});
afterAll(() => books.close());

describe("the doctor's journal", () => {
  it('has each document with its patient, the payer if that is another, and the days of the sessions', async () => {
    const { rows, made } = await fetchSheets(clinic, { kind: 'journal-appendix-vav' });
    const lines = rows('Doctor’s journal').map((row) => [
      row['patient'],
      row['received'],
      row['payerIfOther'],
      row['fromInstitutions'],
      row['receiptNumber'],
      row['remarks'],
    ]);
    expect(lines).toEqual([
      [DANA, 350, null, 0, '1', 'sessions 2026-01-05'],
      [NOA.name, 700, DANA, 0, '2', 'sessions 2026-01-05, 2026-01-12'],
      [NOA.name, 0, FUND.name, 400, '3', 'withheld 20.00'],
      [null, 123.45, DANA, 0, '4', null],
      [NOA.name, -350, DANA, 0, '1', 'Credit tax invoice; sessions 2026-01-05, 2026-01-12'],
    ]);
    expect(made).toMatchObject({ rows: 5, totalRows: 5 });
  });

  it('comes to the documents of the books', async () => {
    const { rows, totals } = await fetchSheets(clinic, { kind: 'journal-appendix-vav' });
    const [stored] = await books.query<{ own: number; institutions: number }>(
      `SELECT sum(sign * total) FILTER (WHERE kind = 'private')::int AS own,
         sum(sign * total) FILTER (WHERE kind <> 'private')::int AS institutions
       FROM (SELECT total, content #>> '{customer,taxIdKind}' AS kind,
         CASE WHEN type LIKE 'credit%' THEN -1 ELSE 1 END AS sign FROM tax_documents WHERE workspace_id = $1) AS signed`,
      [clinic.id],
    );
    const sums = totals('Doctor’s journal');
    expect([agorot(sums['received']), agorot(sums['fromInstitutions'])]).toEqual([
      stored?.own,
      stored?.institutions,
    ]);
    expect(sumOf(rows('Doctor’s journal'), 'received')).toBe(stored?.own);
  });

  it('is called so, and has days as people write them in Hebrew', async () => {
    const wish = { kind: 'journal-appendix-vav', format: 'csv', locale: 'he' } as const;
    const { bytes, made } = await fetchExport(clinic, wish);
    expect(made.fileName).toMatch(/^\d{9}_journal-appendix-vav_\d{8}_\d{8}\.csv$/);
    const [, second] = readCsv(bytes.toString().slice(1));
    expect(second).toMatchObject({ 'שם המטופל': NOA.name, הערות: 'מפגשים 05/01/2026, 12/01/2026' });
  });
});
