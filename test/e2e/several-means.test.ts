import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { dayAfter } from '../../src/domain/calendar.ts';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { openWorkspace } from '../api/rig.ts';
import { numberOf, readUniformStructure } from '../support/uniform-structure/read-uniform-structure.ts';
import { openBooks } from './support/books.ts';
import {
  call,
  eventually,
  openClinic,
  readDocument,
  readPayment,
  theDocumentOf,
  untilPushed,
} from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { fetchExport } from './support/exports.ts';
import { record } from './support/manual.ts';
import { allCalls } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(() => tools.close());

const LIVE = { mode: 'live', receipt: { email: false, print: 'on_demand' } };
const cheque = (number: string, amount: number) => ({
  method: 'check',
  amount,
  check: { bank: '12', branch: '613', account: '448811', number, dueDate: '2025-03-02' },
});
/** 118.00 of which 5.90 were withheld, by two cheques and in cash. */
const SEVERAL = {
  amount: 11_800,
  method: undefined,
  means: [
    cheque('5000123', 5_000),
    cheque('5000124', 5_000),
    { method: 'cash', amount: 1_210 },
    { method: 'withheld', amount: 590 },
  ],
};

const wordsOn = (clinic: TestWorkspace, documentId: string): Promise<string> =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return status === 200 ? tools.wordsOf(bytes) : null;
  });

const exported = async (clinic: TestWorkspace) =>
  readUniformStructure((await fetchExport(clinic, { kind: 'uniform-structure', format: 'zip' })).bytes);

describe('money that came in several ways', () => {
  let company: TestWorkspace;
  let patur: TestWorkspace;
  beforeAll(async () => {
    company = await openWorkspace({ workspace: { ...LIVE, dealerType: 'company' }, provider: false });
    const unregistered = { ...LIVE, dealerType: 'osek_patur', vatRegistered: false };
    patur = await openWorkspace({ workspace: unregistered, provider: false });
  });

  it('stands on one receipt: each cheque with its number, the cash, and the tax that was withheld', async () => {
    const payment = await record(company, SEVERAL);
    expect(payment).toMatchObject({ method: 'check', capturedAmount: 11_800 });
    expect(await readDocument(company, theDocumentOf(payment))).toMatchObject({ net: 10_000, vat: 1_800 });
    const words = await wordsOn(company, theDocumentOf(payment));
    for (const part of ['5000123', '5000124', '50.00', 'מזומן', '12.10', 'ניכוי מס במקור', '5.90', '118.00'])
      expect(words).toContain(part);
  });

  it('by cheques to come gets its receipt at once where no tax invoice follows, and a credit if one bounces', async () => {
    const later = (number: string, dueDate: string) => {
      const { check, ...part } = cheque(number, 5_900);
      return { ...part, check: { ...check, dueDate } };
    };
    const means = [later('71', '2027-01-15'), later('72', '2027-02-15')];
    const payment = await record(patur, { amount: 11_800, method: undefined, means });
    const words = await wordsOn(patur, theDocumentOf(payment));
    for (const part of ['קבלה', '71', 'לפירעון 15/01/2027', '72', 'לפירעון 15/02/2027'])
      expect(words).toContain(part);
    const bounced = await call<{ status: string; documentId: string }>(
      'POST',
      `/v1/payments/${payment.id}/refunds`,
      {
        key: patur.key,
        body: { reason: 'cheque 72 bounced', amount: 5_900 },
        headers: { 'idempotency-key': randomUUID() },
      },
    );
    expect(await readDocument(patur, bounced.json.documentId)).toMatchObject({
      type: 'credit_receipt',
      total: 5_900,
    });
  });

  it('goes back as it came, so that nobody is said to have given back tax', async () => {
    const payment = await record(patur, SEVERAL);
    const back = await call<{ documentId: string }>('POST', `/v1/payments/${payment.id}/refunds`, {
      key: patur.key,
      body: { reason: 'cancelled', method: 'bank_transfer' },
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(await readDocument(patur, back.json.documentId)).toMatchObject({
      total: 11_800,
      means: [
        { method: 'bank_transfer', amount: 11_210 },
        { method: 'withheld', amount: 590 },
      ],
    });
  });

  it('is summed by the sum paid, and the receipts of the uniform structure tell the tax apart', async () => {
    const today = todayInIsrael();
    const report = await call<{ totals: object }>(
      'GET',
      `/v1/reports/revenue?from=${today}&to=${dayAfter(today)}`,
      { key: company.key },
    );
    expect(report.json.totals).toMatchObject({ gross: 11_800, net: 10_000, vat: 1_800 });
    const sumsOf = async (clinic: TestWorkspace, type: number) => {
      const { documents, findings } = await exported(clinic);
      expect(findings.filter((one) => !one.includes('1009'))).toEqual([]);
      const one = documents.find(
        (document) => document.type === type && numberOf(document.header, 1224) !== 0,
      );
      return (
        one && [
          [1219, 1221, 1222, 1223, 1224].map((id) => numberOf(one.header, id)),
          one.payments.map((payment) => [1306, 1312].map((id) => numberOf(payment, id))),
        ]
      );
    };
    const money = [
      [2, 5_000],
      [2, 5_000],
      [1, 1_210],
    ];
    expect(await sumsOf(company, 320)).toEqual([
      [10_000, 10_000, 1_800, 11_800, 590],
      [...money, [9, 590]],
    ]);
    expect(await sumsOf(patur, 400)).toEqual([[11_210, 11_210, 0, 11_210, 590], money]);
  });

  it('leaves sound books', async () => {
    const books = openBooks();
    const { findings } = await checkInvariants(books.sql);
    const broken = findings.filter(
      ({ byWorkspace }) => byWorkspace.has(company.id) || byWorkspace.has(patur.id),
    );
    expect(broken.map(({ name }) => name)).toEqual([]);
    await books.close();
  });

  it('is told to the invoice service in a row each, tax withheld as its type 0', async () => {
    const clinic = await openClinic({ pushes: true });
    const payment = await record(clinic, SEVERAL);
    await untilPushed(clinic, theDocumentOf(payment));
    const made = (await allCalls()).find(
      ({ reference, operation }) => reference === payment.id && operation === 'create_document',
    );
    const { payment: rows } = (made?.body ?? {}) as { payment: { type: number; price: number }[] };
    expect(rows.map(({ type, price }) => [type, price])).toEqual([
      [2, 50],
      [2, 50],
      [1, 12.1],
      [0, 5.9],
    ]);
    expect((await readPayment(clinic, payment.id)).status).toBe('completed');
  });
});

describe('money that the accountant should know of', () => {
  it('is documented, with warnings in the answer, an event and a line in the VAT report', async () => {
    const clinic = await openWorkspace({ workspace: LIVE, provider: false });
    const books = openBooks();
    const today = todayInIsrael();
    const taken = (change: object) => record(clinic, { paidOn: today, ...change });
    const codesOf = async (change: object) =>
      ((await taken(change)) as unknown as { warnings: { code: string }[] }).warnings.map(({ code }) => code);
    const taxId = '123456782';
    expect(await codesOf({ amount: 499_999 })).toEqual([]);
    expect(await codesOf({ amount: 590_000, method: 'bank_transfer', customer: { taxId } })).toEqual([]);
    const much = await taken({ amount: 700_000 });
    expect(much).toMatchObject({
      status: 'completed',
      warnings: [
        { code: 'customer_unidentified', detail: expect.stringContaining('number of the customer') },
        { code: 'cash_limit', detail: expect.stringContaining('Cash Law') },
      ],
    });
    const [cash, transfer] = [70_000, 70_001].map((amount) => [
      { method: 'cash', amount },
      { method: 'bank_transfer', amount: 700_000 - amount },
    ]);
    const parts = { amount: 700_000, method: undefined, customer: { taxId } };
    expect(await codesOf({ ...parts, means: cash })).toEqual([]);
    expect(await codesOf({ ...parts, means: transfer })).toEqual(['cash_limit']);
    expect(await books.eventsOf(much.id)).toContain('payment.warned');
    const report = await call<VatAnswer>('GET', `/v1/reports/vat?from=${today}&to=${dayAfter(today)}`, {
      key: clinic.key,
    });
    expect(report.json.warnings.map(({ displayNumber, warnings }) => [displayNumber, warnings])).toEqual([
      ['3', ['customer_unidentified', 'cash_limit']],
      ['5', ['cash_limit']],
    ]);
    await books.close();
  });
});
