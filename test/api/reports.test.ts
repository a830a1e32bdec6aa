import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import {
  gapsAnswer,
  outstandingAnswer,
  revenueAnswer,
  vatAnswer,
} from '../../src/api/reports/report-schema.ts';
import type {
  GapsAnswer,
  OutstandingAnswer,
  RevenueAnswer,
  VatAnswer,
} from '../../src/api/reports/report-schema.ts';
import { openBooks } from '../e2e/support/books.ts';
import { backdate } from '../support/backdate.ts';
import type { Books } from '../e2e/support/books.ts';
import { listDocuments, openClinic, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { call, createPayment, mintKey, openWorkspace, order } from './rig.ts';
import type { PaymentBody } from './rig.ts';

let books: Books;
let clinic: Clinic;

const record = async (body: object): Promise<PaymentBody> => {
  const answer = await call<PaymentBody>('POST', '/v1/payments/manual', {
    key: clinic.key,
    body: order({ lateReason: 'found in the diary', ...body }),
    headers: { 'idempotency-key': randomUUID() },
  });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
};
const get = <Body>(path: string, key = clinic.key) => call<Body>('GET', `/v1/reports/${path}`, { key });

beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  await record({ amount: 11_700, method: 'cash', paidOn: '2024-12-31' });
  await record({ amount: 11_800, method: 'cash', paidOn: '2025-01-01' });
  await record({ amount: 23_600, method: 'bank_transfer', paidOn: '2025-03-15' });
  const items = [
    { description: 'taxed', quantity: 1, unitPrice: 11_800 },
    { description: 'abroad', quantity: 1, unitPrice: 5_000, vatTreatment: 'zero_rated' },
  ];
  await record({ amount: 16_800, method: 'cash', paidOn: '2025-03-16', items, vatReason: 'export' });
  const given = await record({ amount: 5_900, method: 'cash', paidOn: '2025-03-17' });
  await call('POST', `/v1/payments/${given.id}/refunds`, {
    key: clinic.key,
    body: { reason: 'gave back', method: 'cash', amount: 2_360 },
    headers: { 'idempotency-key': randomUUID() },
  });
  await untilStatus(clinic, given.id, 'partially_refunded');
  await backdate(books, clinic.id);
  const { json } = await createPayment(clinic, { amount: 35_400 });
  await payAtVendor(json.id);
  await untilStatus(clinic, json.id, 'completed');
});
afterAll(() => books.close());

/** The same sums by other means: all documents one by one. */
async function documents() {
  const { rows } = await books.sql.query<{
    day: string;
    net: string;
    vat: string;
    total: string;
    isCredit: boolean;
  }>(
    `SELECT document_date AS day, net, vat, total, type LIKE 'credit%' AS "isCredit" FROM tax_documents WHERE workspace_id = $1`,
    [clinic.id],
  );
  return rows.map(({ net, vat, total, ...row }) => ({
    ...row,
    net: Number(net),
    vat: Number(vat),
    total: Number(total),
  }));
}
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('GET /v1/reports/revenue', () => {
  it('equals the documents to the agora, with zeros for empty periods', async () => {
    const { status, json } = await get<RevenueAnswer>('revenue?from=2024-12-01&to=2027-01-01&groupBy=month');
    expect(status).toBe(200);
    revenueAnswer.parse(json);
    const all = await documents();
    const sales = all.filter(({ isCredit }) => !isCredit);
    expect(json.totals).toMatchObject({
      gross: sum(sales.map(({ total }) => total)),
      net: sum(sales.map(({ net }) => net)),
      vat: sum(sales.map(({ vat }) => vat)),
      refunds: 2_360,
      count: 6,
    });
    expect(json.periods).toHaveLength(25);
    expect(json.periods.find(({ period }) => period === '2025-02')).toMatchObject({
      gross: 0,
      count: 0,
      byMethod: {},
    });
    const march = json.periods.find(({ period }) => period === '2025-03');
    expect(march).toMatchObject({ gross: 46_300, count: 3 });
    expect(march?.byMethod).toMatchObject({
      bank_transfer: { gross: 23_600, count: 1, average: 23_600, shareBp: 5_097 },
      cash: { gross: 22_700, count: 2, average: 11_350, shareBp: 4_903 },
    });
    expect(json.totals.byProvider['payplus']).toMatchObject({ gross: 35_400, count: 1 });
    expect(json).toMatchObject({ currency: 'ILS', timeZone: 'Asia/Jerusalem', otherCurrencies: [] });
  });

  it('takes half-open ranges, and groups by day, Sunday week, quarter and year', async () => {
    const periods = async (query: string) =>
      (await get<RevenueAnswer>(`revenue?${query}`)).json.periods.map(({ period, gross }) => [period, gross]);
    expect(await periods('from=2024-12-31&to=2025-01-01&groupBy=day')).toEqual([['2024-12-31', 11_700]]);
    expect(await periods('from=2025-03-15&to=2025-03-17&groupBy=week')).toEqual([
      ['2025-03-09', 23_600],
      ['2025-03-16', 16_800],
    ]);
    expect(await periods('from=2024-10-01&to=2025-04-01&groupBy=quarter')).toEqual([
      ['2024-Q4', 11_700],
      ['2025-Q1', 11_800 + 46_300],
    ]);
    expect((await periods('from=2024-01-01&to=2025-01-01&groupBy=year'))[0]).toEqual(['2024', 11_700]);
  });
});

describe('GET /v1/reports/vat', () => {
  it('has a row for each rate, over the change of the rate, and lines without VAT apart', async () => {
    const { status, json } = await get<VatAnswer>('vat?from=2024-12-01&to=2025-04-01');
    expect(status).toBe(200);
    vatAnswer.parse(json);
    expect(json.rows).toEqual([
      { period: '2024-12', rateBp: 1700, vatTreatment: 'standard', net: 10_000, vat: 1_700, gross: 11_700 },
      { period: '2025-01', rateBp: 1800, vatTreatment: 'standard', net: 10_000, vat: 1_800, gross: 11_800 },
      { period: '2025-02', rateBp: 0, vatTreatment: 'standard', net: 0, vat: 0, gross: 0 },
      { period: '2025-03', rateBp: 1800, vatTreatment: 'standard', net: 35_000, vat: 6_300, gross: 41_300 },
      { period: '2025-03', rateBp: 0, vatTreatment: 'zero_rated', net: 5_000, vat: 0, gross: 5_000 },
    ]);
  });

  it('takes a credit off once the customer confirmed it, and shows it apart until then', async () => {
    const year = new Date().getFullYear();
    const ask = async () =>
      (await get<VatAnswer>(`vat?from=${year}-01-01&to=${year + 1}-01-01&months=2`)).json;
    const before = await ask();
    expect(sum(before.unconfirmedCredits.map(({ vat }) => vat))).toBe(360);
    const credit = (await listDocuments(clinic)).find(({ type }) => type === 'credit_invoice');
    await call('POST', `/v1/documents/${credit?.id ?? ''}/acknowledge`, {
      key: clinic.key,
      body: { method: 'signature' },
    });
    const after = await ask();
    expect(after.unconfirmedCredits).toEqual([]);
    expect(after.totals).toEqual({
      net: before.totals.net - 2_000,
      vat: before.totals.vat - 360,
      gross: before.totals.gross - 2_360,
    });
  });
});

describe('GET /v1/reports/outstanding and document-gaps', () => {
  it('count the links that may still be paid', async () => {
    await createPayment(clinic, { amount: 1_000 });
    await createPayment(clinic, { amount: 2_000 });
    const { json } = await get<OutstandingAnswer>('outstanding');
    outstandingAnswer.parse(json);
    expect(json.data).toMatchObject([{ currency: 'ILS', count: 2, amount: 3_000 }]);
    expect(json.data[0]?.byAge.map(({ fromDays, count }) => [fromDays, count])).toEqual([
      [0, 2],
      [1, 0],
      [7, 0],
      [30, 0],
      [90, 0],
    ]);
  });

  it('say aloud that no number is missing, and name one that is', async () => {
    const { json } = await get<GapsAnswer>('document-gaps');
    gapsAnswer.parse(json);
    expect(json).toMatchObject({ isComplete: true, missingNumbers: [], summary: { he: 'אין מספרים חסרים' } });
    expect(json.series).toEqual([
      { series: 'credit_invoice', first: 1, last: 1, count: 1 },
      { series: 'tax_invoice_receipt', first: 1, last: 6, count: 6 },
    ]);
    await books.sql.query(
      `UPDATE document_counters SET last_number = last_number + 3 WHERE workspace_id = $1 AND series = 'tax_invoice_receipt'`,
      [clinic.id],
    );
    await record({ amount: 1_000, method: 'cash', paidOn: '2025-03-20' });
    await backdate(books, clinic.id);
    const after = (await get<GapsAnswer>('document-gaps')).json;
    expect(after).toMatchObject({
      isComplete: false,
      missingNumbers: [{ series: 'tax_invoice_receipt', from: 7, to: 9 }],
      fallingDates: [{ series: 'tax_invoice_receipt', number: 10 }],
    });
  });
});

describe('a report', () => {
  it.each([
    ['#/to', 'from=2025-02-01&to=2025-01-01'],
    ['#/to', 'from=2025-02-01&to=2025-02-01'],
    ['#/to', 'from=2010-01-01&to=2017-01-02'],
    ['#/to', 'from=2020-01-01&to=2021-01-01'],
    ['#/from', 'to=2021-01-01'],
    ['#/from', 'from=2025-02-30&to=2025-03-01'],
    ['#/currency', 'from=2025-01-01&to=2025-02-01&currency=XXX'],
    ['#/groupBy', 'from=2025-01-01&to=2025-02-01&groupBy=hour'],
    ['#/timeZone', 'from=2025-01-01&to=2025-02-01&timeZone=Mars'],
  ])('refuses %s of ?%s', async (pointer, query) => {
    const { status, json } = await get<{ errors: { pointer: string }[] }>(`revenue?${query}`);
    expect(status).toBe(422);
    expect(json.errors[0]?.pointer).toBe(pointer);
  });

  it('is read with reports:read and nothing else, of the own workspace alone', async () => {
    const accountant = await mintKey(clinic.id, ['reports:read']);
    expect((await get('revenue?from=2025-01-01&to=2025-02-01', accountant)).status).toBe(200);
    expect((await call('GET', '/v1/payments', { key: accountant })).status).toBe(403);
    const desk = await mintKey(clinic.id, ['payments:read', 'payments:write']);
    expect((await get('outstanding', desk)).status).toBe(403);
    const other = await openWorkspace({ provider: false });
    const { json } = await get<RevenueAnswer>('revenue?from=2025-01-01&to=2025-02-01', other.key);
    expect(json.totals.count).toBe(0);
  });
});
