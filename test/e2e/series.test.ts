import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { dayAfter } from '../../src/domain/calendar.ts';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import type { PaymentBody, TestWorkspace } from '../api/rig.ts';
import { call, eventually, readDocument, theDocumentOf } from './support/clinic.ts';
import type { DocumentBody } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { refund } from './support/refunds.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

interface Paper extends DocumentBody {
  readonly series: string;
  readonly displayNumber: string;
  readonly documentDate: string;
  readonly fiscalYear: number;
  readonly createdAt: string;
  readonly vatRateBp: number;
}

const read = async (clinic: TestWorkspace, id: string) => (await readDocument(clinic, id)) as Paper;
const paperOf = (clinic: TestWorkspace, payment: PaymentBody) => read(clinic, theDocumentOf(payment));
const creditOf = async (clinic: TestWorkspace, payment: PaymentBody) =>
  read(clinic, (await refund(clinic, payment.id)).json.documentId ?? '');

let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(() => tools.close());

describe('a business that moves in from another system', () => {
  const firstNumbers = { tax_invoice_receipt: 1_001, credit_invoice: 51 };
  let shop: TestWorkspace;
  beforeAll(async () => {
    shop = await openWorkspace({ workspace: { firstNumbers }, provider: false });
  });
  const setNumbers = (numbers: object) =>
    admin('PATCH', `/v1/workspaces/${shop.id}`, { firstNumbers: numbers });
  const refusedAt = async (numbers: object) => {
    const { status, json } = await setNumbers(numbers);
    return [status, json.errors?.map(({ pointer }) => pointer)];
  };

  it('goes on with its own numbers, credits in a series of theirs', async () => {
    const payment = await record(shop);
    expect(await paperOf(shop, payment)).toMatchObject({ number: 1_001, displayNumber: '1001' });
    expect(await creditOf(shop, payment)).toMatchObject({
      type: 'credit_invoice',
      series: 'credit_invoice',
      number: 51,
      displayNumber: '51',
      originalDocumentId: theDocumentOf(payment),
    });
    expect(await paperOf(shop, await record(shop))).toMatchObject({ number: 1_002 });
  });

  it('never goes back, nor leaves out numbers once documents have them', async () => {
    const invoices = '#/firstNumbers/tax_invoice_receipt';
    expect(await refusedAt({ tax_invoice_receipt: 1_002 })).toEqual([422, [invoices]]);
    expect(await refusedAt({ tax_invoice_receipt: 2_000 })).toEqual([422, [invoices]]);
    expect(await refusedAt({ receipt: 7, credit_invoice: 1 })).toEqual([
      422,
      ['#/firstNumbers/credit_invoice'],
    ]);
    const { status, json } = await admin<{ firstNumbers: object }>('PATCH', `/v1/workspaces/${shop.id}`, {
      firstNumbers: { tax_invoice_receipt: 1_003, receipt: 9 },
    });
    expect([status, json.firstNumbers]).toEqual([
      200,
      { tax_invoice_receipt: 1_003, credit_invoice: 52, receipt: 9 },
    ]);
    expect(await paperOf(shop, await record(shop))).toMatchObject({ number: 1_003 });
  });
});

describe('a dealer who issues no tax invoices', () => {
  it.each([
    ['osek_patur', 'receipt'],
    ['amuta', 'receipt'],
    ['foreign', 'receipt'],
  ])('(%s) has receipts without VAT, and credits that print apart from them', async (dealerType, type) => {
    const own = { dealerType, vatRegistered: false };
    const shop = await openWorkspace({ workspace: own, provider: false });
    const first = await record(shop);
    expect(await paperOf(shop, first)).toMatchObject({ type, displayNumber: '1', vat: 0, vatRateBp: 0 });
    const credit = { type: 'credit_receipt', series: 'credit_receipt', number: 1, displayNumber: 'CR1' };
    expect(await creditOf(shop, first)).toMatchObject({ ...credit, vat: 0, total: first.amount });
    expect(await paperOf(shop, await record(shop))).toMatchObject({ type, number: 2, displayNumber: '2' });
  });

  it('is no amuta that is registered for VAT', async () => {
    const own = { dealerType: 'amuta', vatRegistered: true };
    const shop = await openWorkspace({ workspace: own, provider: false });
    const payment = await record(shop, { amount: 11_800 });
    expect(await paperOf(shop, payment)).toMatchObject({
      type: 'tax_invoice_receipt',
      net: 10_000,
      vat: 1_800,
    });
    expect(await creditOf(shop, payment)).toMatchObject({ type: 'credit_invoice', displayNumber: '1' });
  });
});

describe('what is recorded long after the day of payment', () => {
  it('is a document of today at the rate of that day, and says both days; the accountant is told', async () => {
    const shop = await openWorkspace({ provider: false });
    const payment = await record(shop, { paidOn: '2024-12-31', amount: 11_700 });
    const paper = await paperOf(shop, payment);
    const today = todayInIsrael();
    expect(paper).toMatchObject({ documentDate: today, vatRateBp: 1700, vat: 1_700 });
    expect(paper.fiscalYear).toBe(Number(today.slice(0, 4)));

    const words = await tools.wordsOf(await printed(shop, paper.id));
    expect(words).toContain('התקבל ביום');
    for (const day of ['31/12/2024', dayInIsrael(paper.createdAt)]) expect(words).toContain(day);

    await record(shop, { paidOn: today, amount: 5_900 });
    const range = `from=${today}&to=${dayAfter(today)}`;
    const { json } = await call<VatAnswer>('GET', `/v1/reports/vat?${range}`, { key: shop.key });
    expect(json.earlierTaxPoints).toEqual([
      {
        ...{ documentId: paper.id, type: 'tax_invoice_receipt', displayNumber: '1' },
        ...{ documentDate: today, taxPoint: '2024-12-31', taxPeriod: '2024-12' },
        ...{ rateBp: 1700, net: 10_000, vat: 1_700, gross: 11_700 },
      },
    ]);
  });
});

const printed = (shop: TestWorkspace, documentId: string) =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: shop.key });
    return status === 200 ? bytes : null;
  });

/** A day as Hebrew documents print it. */
const dayInIsrael = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Jerusalem',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(new Date(instant));
