import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { components } from 'tashlum/client';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { dayAfter } from '../../src/domain/calendar.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import {
  numberOf,
  readUniformStructure,
  textOf,
} from '../support/uniform-structure/read-uniform-structure.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, eventually, listDocuments, readPayment, readTimeline } from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { askExport, fetchExport, readCsv } from './support/exports.ts';
import { record } from './support/manual.ts';

type Document = components['schemas']['Document'];
type Rate = components['schemas']['ExchangeRate'];

// Rates are those of all workspaces, so each test has days of its own, long ago.

let tools: ReadBack;
let books: Books;
beforeAll(async () => {
  tools = await createReadBack();
  books = openBooks();
});
afterAll(() => Promise.all([tools.close(), books.close()]));

const today = todayInIsrael();

/** A company whose customers pay in dollars. */
const openExporter = (change: object = {}): Promise<TestWorkspace> =>
  openWorkspace({
    workspace: {
      ...{ mode: 'live', receipt: { email: false, print: 'on_demand' }, dealerType: 'company' },
      ...{ currency: 'USD', ...change },
    },
    provider: false,
  });

/** 100.00 dollars from abroad, or what the test changes. */
const sell = (exporter: TestWorkspace, paidOn: string, change: object = {}): Promise<PaymentBody> =>
  record(exporter, {
    ...{ amount: 10_000, method: 'bank_transfer', paidOn },
    ...{ vatTreatment: 'zero_rated', vatReason: 'Section 30(a)(5)', ...change },
  });

async function enter(day: string, rate: string, more: object = {}, currency = 'USD'): Promise<void> {
  const { status, json } = await admin<Rate>('PUT', `/v1/admin/exchange-rates/${currency}/${day}`, {
    rate,
    ...more,
  });
  expect([status, json]).toEqual([200, expect.objectContaining({ currency, day, rate })]);
}

async function giveBack(exporter: TestWorkspace, { id }: PaymentBody, amount: number): Promise<void> {
  const { status } = await call('POST', `/v1/payments/${id}/refunds`, {
    key: exporter.key,
    body: { reason: 'gave back', method: 'bank_transfer', amount },
    headers: { 'idempotency-key': randomUUID() },
  });
  expect(status).toBe(201);
}

/** In the order of issue. */
const papersOf = async (exporter: TestWorkspace): Promise<Document[]> =>
  ((await listDocuments(exporter)) as unknown as Document[]).toReversed();

/** What does not change by a print. */
const saidBy = ({ sha256: _sha256, signed: _signed, computerised: _computerised, ...said }: Document) => said;

const warningsOf = async (exporter: TestWorkspace, { id }: PaymentBody): Promise<string[]> =>
  (await readPayment(exporter, id)).warnings.map(({ code }) => code);

interface Revenue {
  readonly totals: { readonly gross: number; readonly refunds: number };
  readonly otherCurrencies: readonly string[];
}

async function revenueIn(
  { key }: TestWorkspace,
  currency: string,
): Promise<[number, number, readonly string[]]> {
  const range = `from=2024-01-01&to=${dayAfter(today)}&currency=${currency}`;
  const { json } = await call<Revenue>('GET', `/v1/reports/revenue?${range}`, { key });
  return [json.totals.gross, json.totals.refunds, json.otherCurrencies];
}

const wordsOn = ({ key }: TestWorkspace, { id }: Document): Promise<string> =>
  eventually(`the print of ${id}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${id}/pdf?copy=true`, { key });
    return status === 200 ? (await tools.wordsOf(bytes)).replace(/\s+/g, ' ') : null;
  });

async function expectSoundBooks({ id }: TestWorkspace): Promise<void> {
  const { findings } = await checkInvariants(books.sql);
  const broken = findings.filter(({ byWorkspace }) => byWorkspace.has(id));
  expect(broken.map(({ name, rows }) => [name, rows])).toEqual([]);
}

describe('a payment in dollars whose exchange rate is known', () => {
  it('has a document that says its shekels and the rate, and credits that come to them', async () => {
    await enter('2019-03-05', '3.6154');
    const exporter = await openExporter();
    const payment = await sell(exporter, '2019-03-05');
    for (const amount of [3_333, 3_333, 3_334]) await giveBack(exporter, payment, amount);

    const [invoice, ...credits] = await papersOf(exporter);
    if (invoice === undefined) throw new Error('no document');
    expect(invoice).toMatchObject({
      ...{ type: 'tax_invoice_receipt', currency: 'USD', total: 10_000, vat: 0 },
      ils: { rate: '3.6154', rateDay: '2019-03-05', net: 36_154, vat: 0, total: 36_154 },
    });
    expect(credits.map(({ ils }) => ils?.total)).toEqual([12_050, 12_050, 12_054]);
    expect(await warningsOf(exporter, payment)).toEqual([]);
    const words = await wordsOn(exporter, invoice);
    for (const part of ['$100.00', 'סה"כ בש"ח', '₪361.54', 'שער יציג ליום 05/03/2019', '3.6154'])
      expect(words).toContain(part);
    expect(await revenueIn(exporter, 'ILS')).toEqual([36_154, 36_154, []]);
    expect(await revenueIn(exporter, 'USD')).toEqual([10_000, 10_000, []]);
    await expectSoundBooks(exporter);
  });

  it('takes the last rate that was published, and none where another may have been', async () => {
    await enter('2019-04-05', '3.594');
    await enter('2019-04-12', '3.571', { knownUntil: '2019-04-15' });
    const exporter = await openExporter();
    for (const day of ['2019-04-05', '2019-04-06', '2019-04-12', '2019-04-14', '2019-04-15'])
      await sell(exporter, day);
    // On the last day for which a rate may be used the next one is published: after that day it is waited for.
    expect((await papersOf(exporter)).map(({ ils }) => ils?.rate ?? null)).toEqual([
      '3.594',
      null,
      '3.571',
      '3.571',
      null,
    ]);
  });

  it('is warned about by the limits in shekels', async () => {
    await enter('2019-05-06', '3.6');
    const exporter = await openExporter();
    const payment = await sell(exporter, '2019-05-06', { amount: 200_000, method: 'cash' });
    expect(await warningsOf(exporter, payment)).toEqual(['customer_unidentified', 'cash_limit']);
  });
});

describe('a payment in dollars whose exchange rate nobody entered', () => {
  let exporter: TestWorkspace;
  let payment: PaymentBody;
  let before: Document[];
  const day = '2019-06-04';
  beforeAll(async () => {
    exporter = await openExporter();
    payment = await sell(exporter, day);
    await giveBack(exporter, payment, 3_333);
    before = await papersOf(exporter);
  });

  it('is documented without shekels, and warned of', async () => {
    expect(before.map(({ type, ils }) => [type, ils])).toEqual([
      ['tax_invoice_receipt', null],
      ['credit_invoice', null],
    ]);
    expect(await warningsOf(exporter, payment)).toEqual(['exchange_rate_missing']);
    expect(await revenueIn(exporter, 'ILS')).toEqual([0, 0, ['USD']]);
    const refused = await askExport<ProblemBody>(exporter, { kind: 'uniform-structure', format: 'zip' });
    expect([refused.status, refused.json.errors?.[0]]).toEqual([
      422,
      { pointer: '#/kind', detail: expect.stringContaining('2 documents in USD have no sums in shekels') },
    ]);
  });

  it('has its shekels in reports and files once the rate is entered, and its document stays as it was', async () => {
    const [invoice] = before;
    if (invoice === undefined) throw new Error('no document');
    const printed = await wordsOn(exporter, invoice);
    expect(printed).not.toContain('בש"ח');
    await enter(day, '3.6154');
    await eventually('the shekels', async () => ((await revenueIn(exporter, 'ILS'))[0] > 0 ? true : null));
    expect(await revenueIn(exporter, 'ILS')).toEqual([36_154, 12_050, []]);
    expect((await papersOf(exporter)).map(saidBy)).toEqual(before.map(saidBy));
    expect(await wordsOn(exporter, invoice)).toBe(printed);
    expect(await warningsOf(exporter, payment)).toEqual([]);
    expect(
      (await readTimeline(exporter, payment.id)).filter(({ kind }) => kind === 'converted'),
    ).toHaveLength(2);

    // What is credited after that is in shekels at once, at the rate of the original.
    await giveBack(exporter, payment, 3_333);
    await giveBack(exporter, payment, 3_334);
    const later = (await papersOf(exporter)).slice(2);
    expect(later.map(({ ils }) => [ils?.rateDay, ils?.total])).toEqual([
      [day, 12_050],
      [day, 12_054],
    ]);
    expect(await revenueIn(exporter, 'ILS')).toEqual([36_154, 36_154, []]);
    await expectSoundBooks(exporter);
  });

  it('stands in the uniform structure and in other files in shekels, with the dollars beside', async () => {
    const { bytes } = await fetchExport(exporter, { kind: 'uniform-structure', format: 'zip' });
    const { documents, findings } = readUniformStructure(bytes);
    expect(findings.filter((one) => !one.includes('1009'))).toEqual([]);
    const [invoice] = documents.filter(({ type }) => type === 320);
    expect(invoice === undefined ? null : numberOf(invoice.header, 1223)).toBe(36_154);
    expect(invoice === undefined ? null : numberOf(invoice.header, 1217)).toBe(10_000);
    expect(invoice === undefined ? null : textOf(invoice.header, 1218)).toBe('USD');
    const detailed = { kind: 'pcn874-sales', format: 'csv', locale: 'en', options: { months: 1 } };
    expect((await fetchExport(exporter, detailed)).bytes.toString()).toContain('362');
    const inShekels = { kind: 'transactions', format: 'csv', currency: 'ILS', locale: 'en' };
    const [row] = readCsv((await fetchExport(exporter, inShekels)).bytes.toString());
    expect(row).toMatchObject({ gross: '361.54', refunded: '361.54', currency: 'ILS' });
  });

  it('is given no rate of an earlier day on which nobody said that it was the last one', async () => {
    await enter('2019-07-01', '3.57');
    const late = await openExporter();
    await sell(late, '2019-07-03');
    await enter('2019-07-04', '3.56');
    await enter('2019-07-01', '3.57', { knownUntil: '2019-07-02' });
    expect((await papersOf(late)).map(({ ils }) => ils)).toEqual([null]);
    expect(await revenueIn(late, 'ILS')).toEqual([0, 0, ['USD']]);
  });
});

describe('exchange rates', () => {
  it.each([
    ['ILS/2019-01-07', { rate: '3.7' }, '#/currency'],
    ['XXX/2019-01-07', { rate: '3.7' }, '#/currency'],
    ['USD/2019-02-30', { rate: '3.7' }, '#/day'],
    [`USD/${dayAfter(today)}`, { rate: '3.7' }, '#/day'],
    ['USD/2019-01-07', { rate: '3,7' }, '#/rate'],
    ['USD/2019-01-07', { rate: '0' }, '#/rate'],
    ['USD/2019-01-07', { rate: 3.7 }, '#/rate'],
    ['USD/2019-01-07', { rate: '3.7', knownUntil: '2019-01-15' }, '#/knownUntil'],
    ['USD/2019-01-07', { rate: '3.7', knownUntil: '2019-01-06' }, '#/knownUntil'],
  ])('%s with %j is refused at %s', async (place, body, pointer) => {
    const { status, json } = await admin('PUT', `/v1/admin/exchange-rates/${place}`, body);
    expect([status, json.errors?.map((one) => one.pointer)]).toEqual([422, [pointer]]);
  });

  it('are the admin’s to enter and to list, latest first; another entry of a day takes the place of the first', async () => {
    const { key } = await openExporter();
    const body = { rate: '4.1' };
    expect((await call('PUT', '/v1/admin/exchange-rates/EUR/2019-01-08', { key, body })).status).toBe(403);
    await enter('2019-01-08', '4.15', {}, 'EUR');
    await enter('2019-01-09', '4.25', {}, 'EUR');
    await enter('2019-01-09', '4.2', {}, 'EUR');
    const list = '/v1/admin/exchange-rates?currency=EUR&from=2019-01-08&to=2019-01-10';
    const { json } = await admin<{ data: Rate[] }>('GET', list);
    expect(json.data.map(({ day, knownUntil, rate }) => [day, knownUntil, rate])).toEqual([
      ['2019-01-09', '2019-01-10', '4.2'],
      ['2019-01-08', '2019-01-09', '4.15'],
    ]);
  });

  it('are not asked for by a business abroad, whose books are in its own currency', async () => {
    const abroad = await openExporter({ dealerType: 'foreign', vatRegistered: false });
    const plain = { vatTreatment: undefined, vatReason: undefined };
    const payment = await sell(abroad, '2019-06-04', plain);
    expect(await warningsOf(abroad, payment)).toEqual([]);
    expect((await papersOf(abroad)).map(({ ils }) => ils)).toEqual([null]);
    expect(await revenueIn(abroad, 'ILS')).toEqual([0, 0, ['USD']]);
  });
});
