import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { dayAfter } from '../../src/domain/calendar.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { openWorkspace } from '../api/rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  bounce,
  cheque,
  cheques,
  COMPANY,
  expectSoundBooks,
  papersOf,
  timerOf,
  untilInvoiced,
} from './support/cheques.ts';
import { call, eventually, readDocument, readPayment, readTimeline } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';

let tools: ReadBack;
let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  tools = await createReadBack();
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([tools.close(), books.close(), temporal.close()]));

const today = todayInIsrael();

const wordsOn = (clinic: TestWorkspace, documentId: string): Promise<string> =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return status === 200 ? (await tools.wordsOf(bytes)).replace(/\s+/g, ' ') : null;
  });

const sums = async (clinic: TestWorkspace) => {
  const range = `from=2024-01-01&to=${dayAfter(today)}`;
  const vat = await call<VatAnswer>('GET', `/v1/reports/vat?${range}`, { key: clinic.key });
  const revenue = await call<{ totals: Record<string, number> }>('GET', `/v1/reports/revenue?${range}`, {
    key: clinic.key,
  });
  return { vat: vat.json.totals, revenue: revenue.json.totals };
};

describe('a post-dated cheque of a dealer of VAT', () => {
  const dueOn = `${Number(today.slice(0, 4)) + 1}-03-15`;
  const printedDay = `15/03/${dueOn.slice(0, 4)}`;
  let company: TestWorkspace;
  beforeAll(async () => {
    company = await openWorkspace({ workspace: COMPANY, provider: false });
  });

  it('has its receipt at once, without VAT, which says when the tax invoice comes', async () => {
    const payment = await cheques(company, dueOn);
    expect(payment).toMatchObject({
      status: 'completed',
      amounts: { captured: 11_800, held: 0 },
      taxInvoice: { dueOn, status: 'due', documentId: null },
    });
    const [receipt, ...others] = await papersOf(company, payment);
    expect([receipt, others]).toMatchObject([{ type: 'receipt', net: 11_800, vat: 0, total: 11_800 }, []]);
    const words = await wordsOn(company, receipt?.id ?? '');
    for (const part of ['קבלה', '71', `לפירעון ${printedDay}`, 'חשבונית מס תופק במועד הפירעון', '118.00'])
      expect(words).toContain(part);
    for (const part of ['מע"מ', 'חשבונית מס/קבלה']) expect(words).not.toContain(part);
    const { vat, revenue } = await sums(company);
    expect([vat, revenue]).toMatchObject([
      { vat: 0, net: 0 },
      { gross: 0, vat: 0, net: 0 },
    ]);
  });

  it('that bounces before its day ends the timer: the receipt is credited, and no invoice comes', async () => {
    const payment = await cheques(company, dueOn);
    expect((await bounce(company, payment)).invoiceCreditId).toBeNull();
    const papers = await papersOf(company, payment);
    expect(papers.map(({ type, total }) => [type, total]).sort()).toEqual([
      ['credit_receipt', 11_800],
      ['receipt', 11_800],
    ]);
    expect((await readPayment(company, payment.id)).taxInvoice).toEqual({
      dueOn,
      status: 'not_owed',
      documentId: null,
    });
    await temporal.client.workflow.getHandle(timerOf(company, payment)).result();
    await expectSoundBooks(books, company);
  });
});

describe('once the cheques fell due', () => {
  it('the tax invoice bears its own day, the rate of the due date, and the number of its receipt', async () => {
    const company = await openWorkspace({ workspace: COMPANY, provider: false });
    const payment = await cheques(company, '2025-01-15', { paidOn: '2024-12-15' });
    const invoice = await untilInvoiced(company, payment);
    expect(invoice).toMatchObject({
      type: 'tax_invoice',
      number: 1,
      documentDate: today,
      vatRateBp: 1800,
      ...{ net: 10_000, vat: 1_800, total: 11_800 },
    });
    expect(await readPayment(company, payment.id)).toMatchObject({
      status: 'completed',
      amounts: { captured: 11_800, net: 11_800, held: 0 },
      taxInvoice: { dueOn: '2025-01-15', status: 'issued', documentId: invoice.id },
    });
    const words = await wordsOn(company, invoice.id);
    const says = [
      'חשבונית מס',
      '100.00',
      '18%',
      '18.00',
      '118.00',
      'מועד הפירעון',
      '15/01/2025',
      'התמורה התקבלה לפי קבלה 1',
    ];
    for (const part of says) expect(words).toContain(part);
    expect(words).not.toContain('פרטי התשלום');
    expect((await readTimeline(company, payment.id)).map(({ kind }) => kind)).toContain('invoice_issued');
    const { vat, revenue } = await sums(company);
    expect([vat, revenue]).toMatchObject([
      { vat: 1_800, net: 10_000 },
      { gross: 11_800, vat: 1_800, net: 10_000 },
    ]);
    await expectSoundBooks(books, company);
  });

  it('a cheque that bounces is credited on the receipt and on the invoice, to the agora', async () => {
    const company = await openWorkspace({ workspace: COMPANY, provider: false });
    const means = ['71', '72', '73'].map((number, at) => ({
      method: 'check',
      amount: [3_333, 3_333, 3_334][at],
      check: cheque(number, '2025-04-01'),
    }));
    const several = { paidOn: '2025-03-02', amount: 10_000, method: undefined, check: undefined, means };
    const payment = await cheques(company, '', several);
    const invoice = await untilInvoiced(company, payment);
    for (const amount of [3_333, 3_333, 3_334]) {
      const { documentId, invoiceCreditId } = await bounce(company, payment, amount);
      expect(await readDocument(company, documentId)).toMatchObject({
        type: 'credit_receipt',
        total: amount,
        vat: 0,
      });
      expect(await readDocument(company, invoiceCreditId ?? '')).toMatchObject({
        ...{ type: 'credit_invoice', total: amount, originalDocumentId: invoice.id },
      });
    }
    const credits = (await papersOf(company, payment)).filter(({ type }) => type === 'credit_invoice');
    expect(credits.reduce((sum, { vat }) => sum + vat, 0)).toBe(invoice.vat);
    expect((await readPayment(company, payment.id)).status).toBe('refunded');
    await expectSoundBooks(books, company);
  });
});
