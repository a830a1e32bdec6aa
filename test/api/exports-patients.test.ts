import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import type { ProblemBody } from './rig.ts';
import { agorot, fetchSheets, giveBack, record, sumOf } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, fetchExport, readCsv } from '../e2e/support/exports.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let books: Books;
let clinic: Clinic;
let readBack: ReadBack;
let [ofDana, ofNoa, ofNobody] = ['', '', ''];

const DANA = 'דנה לוי';
const NOA = { name: 'נועה לוי', taxId: '000000018' };
const FUND = { name: 'קופת חולים', taxId: '123456782', taxIdKind: 'company' };

beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  readBack = await createReadBack();
  const paidOn = todayInIsrael();
  const own = { customer: { name: DANA }, patient: { name: DANA }, sessionDates: ['2026-01-05'] };
  ({ id: ofDana } = await record(clinic, { amount: 35_000, method: 'cash', paidOn, ...own }));
  const parent = { customer: { name: DANA }, patient: NOA, sessionDates: ['2026-01-05', '2026-01-12'] };
  ({ id: ofNoa } = await record(clinic, { amount: 70_000, method: 'bank_transfer', paidOn, ...parent }));
  const means = [
    { method: 'bank_transfer', amount: 38_000 },
    { method: 'withheld', amount: 2_000 },
  ];
  await record(clinic, { amount: 40_000, means, paidOn, customer: FUND, patient: NOA });
  const nobody = { customer: { name: DANA } };
  ({ id: ofNobody } = await record(clinic, { amount: 12_345, method: 'cash', paidOn, ...nobody }));
  await giveBack(clinic, ofNoa, 35_000);
});
afterAll(async () => {
  await books.close();
  await readBack.close();
});

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

describe("the patient's statement", () => {
  const ask = (options: object, wish: object = {}) => ({
    kind: 'patient-statement',
    format: 'pdf',
    options,
    ...wish,
  });

  it('lists the payments for one patient, whoever paid, with the sums of the books', async () => {
    const { bytes, made } = await fetchExport(clinic, ask({ paymentId: ofNoa }, { locale: 'he' }));
    expect(made.fileName).toMatch(/^\d{9}_patient-statement_\d{8}_\d{8}\.pdf$/);
    expect(made).toMatchObject({ rows: 3, totalRows: 3 });
    const words = await readBack.wordsOf(bytes, '-layout');
    for (const word of [NOA.taxId, '700.00', '400.00', '-350.00', '750.00', '05/01/2026', '12/01/2026'])
      expect(words).toContain(word);
    expect(words).not.toContain('123.45');
    expect(words).not.toContain('זוהה לפי שמו בלבד');
    expect(words.match(/12\/01\/2026/g)).toHaveLength(1);
    const [stored] = await books.query<{ total: number }>(
      `SELECT sum(CASE WHEN d.refund_id IS NULL THEN d.total ELSE -d.total END)::int AS total
       FROM tax_documents d JOIN payments p ON p.id = d.payment_id
       WHERE d.workspace_id = $1 AND p.patient ->> 'taxId' = $2`,
      [clinic.id, NOA.taxId],
    );
    expect(words).toContain(`${((stored?.total ?? 0) / 100).toFixed(2)} סה"כ`);
  });

  it('takes nobody for another person: a patient without a number is known by the name alone', async () => {
    const { bytes, made } = await fetchExport(clinic, ask({ paymentId: ofDana }, { locale: 'en' }));
    expect(made.rows).toBe(1);
    expect((await readBack.wordsOf(bytes)).replaceAll(/\s+/g, ' ')).toContain(
      'The patient is known by name alone',
    );
  });

  it.each([
    ['without a payment', () => ({}), /must name a payment/],
    ['for a payment of nobody', () => ({ paymentId: 'pay_none' }), /no payment of this workspace/],
    ['for a payment without a patient', () => ({ paymentId: ofNobody }), /names no patient/],
  ] as const)('is refused %s', async (_, options, detail) => {
    const { status, json } = await askExport<ProblemBody>(clinic, ask(options()));
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      expect.objectContaining({ pointer: '#/options/paymentId', detail: expect.stringMatching(detail) }),
    ]);
  });

  it('keeps the name of the patient out of the audit log and the list of exports', async () => {
    const rows = await books.query<{ text: string }>(
      `SELECT detail::text AS text FROM audit_log WHERE workspace_id = $1 AND action = 'export.created'
       UNION ALL SELECT options::text FROM exports WHERE workspace_id = $1`,
      [clinic.id],
    );
    expect(rows.some(({ text }) => text.includes(ofNoa))).toBe(true);
    expect(rows.some(({ text }) => text.includes(NOA.name) || text.includes(NOA.taxId))).toBe(false);
  });
});
