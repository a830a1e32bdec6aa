import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { listOverdueInvoices } from '../../src/db/manual-payments.ts';
import { dayAfter, dayInZone } from '../../src/domain/calendar.ts';
import { pursueDueInvoice } from '../../src/temporal/due-invoices.ts';
import { pursueDueInvoices } from '../../src/worker/sweepers/pursue-due-invoices.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { cheque, cheques, COMPANY, untilInvoiced } from './support/cheques.ts';
import type { Paper } from './support/cheques.ts';
import {
  call,
  eventually,
  listDocuments,
  readDocument,
  readPayment,
  readTimeline,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { resolve } from './support/paid-payments.ts';
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

const papersOf = async (clinic: TestWorkspace, { id }: PaymentBody): Promise<Paper[]> =>
  (await listDocuments(clinic)).filter(({ paymentId }) => paymentId === id) as Paper[];

const bounce = async (clinic: TestWorkspace, { id }: PaymentBody, amount?: number) => {
  const { status, json } = await call<{ status: string; documentId: string; invoiceCreditId: string | null }>(
    'POST',
    `/v1/payments/${id}/refunds`,
    {
      key: clinic.key,
      body: { reason: 'the cheque bounced', ...(amount === undefined ? {} : { amount }) },
      headers: { 'idempotency-key': randomUUID() },
    },
  );
  expect([status, json.status]).toEqual([201, 'completed']);
  return json;
};

const wordsOn = (clinic: TestWorkspace, documentId: string): Promise<string> =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return status === 200 ? (await tools.wordsOf(bytes)).replace(/\s+/g, ' ') : null;
  });

const timerOf = (workspace: TestWorkspace, { id }: PaymentBody) => `invoice/${workspace.id}/${id}`;

const sums = async (clinic: TestWorkspace) => {
  const range = `from=2024-01-01&to=${dayAfter(today)}`;
  const vat = await call<VatAnswer>('GET', `/v1/reports/vat?${range}`, { key: clinic.key });
  const revenue = await call<{ totals: Record<string, number> }>('GET', `/v1/reports/revenue?${range}`, {
    key: clinic.key,
  });
  return { vat: vat.json.totals, revenue: revenue.json.totals };
};

async function expectSoundBooks(...clinics: readonly TestWorkspace[]): Promise<void> {
  const { findings } = await checkInvariants(books.sql);
  const broken = findings.filter(({ byWorkspace }) => clinics.some(({ id }) => byWorkspace.has(id)));
  expect(broken.map(({ name, rows }) => [name, rows])).toEqual([]);
}

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
    await expectSoundBooks(company);
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
    await expectSoundBooks(company);
  });

  it('what the accountant should know of the invoice is told once', async () => {
    const company = await openWorkspace({ workspace: COMPANY, provider: false });
    const payment = await cheques(company, '2025-01-15', { paidOn: '2024-12-15', amount: 590_000 });
    await untilInvoiced(company, payment);
    expect((await readPayment(company, payment.id)).warnings).toMatchObject([
      { code: 'customer_unidentified' },
    ]);
    expect((await books.eventsOf(payment.id)).filter((type) => type === 'payment.warned')).toHaveLength(1);
    expect((await readTimeline(company, payment.id)).map(({ kind }) => kind)).toContain('warned');
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
    await expectSoundBooks(company);
  });
});

describe('the timer', () => {
  const west = 'Pacific/Pago_Pago';
  const east = 'Pacific/Kiritimati';
  const HOUR = 3_600_000;
  /** A time zone in which it is between three and four at night. */
  const atThree = (): string => {
    const ahead = ((3 - new Date().getUTCHours() + 36) % 24) - 12;
    return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  };
  /** What the sweeper of the worker does each 15 s. */
  const sweep = () =>
    pursueDueInvoices({
      pool: books.sql,
      temporal: {
        isReachable: () => Promise.resolve(true),
        pursueDueInvoice: (ids) => pursueDueInvoice(temporal, ids),
      },
    });
  /** 06:00 of this day has passed in the east, and not yet in the west, 25 hours behind. */
  const dueDate = dayInZone(new Date(Date.now() - 6 * HOUR), east);
  const paidOn = dayInZone(new Date(Date.now() - 24 * HOUR), west);

  it('rings at 06:00 of the day and not before, also where it is told to look', async () => {
    const timeZone = atThree();
    const company = await openWorkspace({ workspace: { ...COMPANY, timeZone }, provider: false });
    const day = dayInZone(new Date(), timeZone);
    const given = dayInZone(new Date(Date.now() - 24 * HOUR), timeZone);
    const payment = await cheques(company, day, { paidOn: given });
    expect(await listOverdueInvoices(books.sql, 10_000)).not.toContainEqual(
      expect.objectContaining({ paymentId: payment.id }),
    );
    const timer = temporal.client.workflow.getHandle(timerOf(company, payment));
    await timer.signal('dueInvoiceChanged');
    await eventually('the second look', async () => {
      const { events } = await timer.fetchHistory();
      return (
        (events ?? []).filter(({ timerStartedEventAttributes: started }) => started).length === 2 || null
      );
    });
    expect(await papersOf(company, payment)).toMatchObject([{ type: 'receipt' }]);
  });

  it('is left in peace while a refund is under way, for days too: its history does not grow', async () => {
    const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: west }, provider: false });
    const payment = await cheques(company, dueDate, { paidOn });
    const timer = temporal.client.workflow.getHandle(timerOf(company, payment));
    const lengthOf = async () => (await timer.fetchHistory()).events?.length ?? 0;
    const refund = randomUUID();
    await books.query(
      `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented, status, reason, started_at, sent_at)
       SELECT $2, workspace_id, payment_id, id, 100, currency, 'check', 'api', true, 'pending', 'test', now(), now()
       FROM provider_transactions WHERE payment_id = $1`,
      [payment.id, refund],
    );
    expect((await admin('PATCH', `/v1/workspaces/${company.id}`, { timeZone: east })).status).toBe(200);
    await timer.signal('dueInvoiceChanged');
    await eventually(
      'the wait for the refund',
      async () => (await timer.describe()).raw.pendingActivities?.[0],
    );
    const before = await lengthOf();
    await sweep();
    await sweep();
    expect(await lengthOf()).toBe(before);
    await books.query(`UPDATE refunds SET status = 'failed', failure = 'test' WHERE id = $1`, [refund]);
    expect(await untilInvoiced(company, payment)).toMatchObject({ total: 11_800 });
  });

  /** Time is moved by moving the business to where it is later. */
  it('issues the invoice for what is left when the day comes, also where the books were closed meanwhile', async () => {
    const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: west }, provider: false });
    const means = [4_000, 7_800].map((amount, at) => ({
      method: 'check',
      amount,
      check: cheque(`${at}`, dueDate),
    }));
    const payment = await cheques(company, '', { paidOn, method: undefined, check: undefined, means });
    await bounce(company, payment, 4_000);
    expect((await readPayment(company, payment.id)).taxInvoice).toEqual({
      dueOn: dueDate,
      status: 'due',
      documentId: null,
    });
    const moved = await admin('PATCH', `/v1/workspaces/${company.id}`, {
      timeZone: east,
      booksClosedThrough: paidOn,
    });
    expect(moved.status).toBe(200);
    expect(await untilInvoiced(company, payment)).toMatchObject({ total: 7_800, vat: 1_190, net: 6_610 });
    await expectSoundBooks(company);
  });

  it('asks a person where the dealer may issue no tax invoice on the due date', async () => {
    const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: west }, provider: false });
    const payment = await cheques(company, dueDate, { paidOn });
    const changes = { dealerType: 'osek_patur', vatRegistered: false, timeZone: east };
    const moved = await admin('PATCH', `/v1/workspaces/${company.id}`, changes);
    expect(moved.status).toBe(200);
    await eventually('the review', async () => (await readPayment(company, payment.id)).review);
    expect(await papersOf(company, payment)).toHaveLength(1);

    // Accepted too early it is asked again; once the profile is right, the same word issues the invoice.
    const accept = () => resolve(company, payment.id, { action: 'accept', reason: 'looked at' });
    await accept();
    await eventually('the review again', async () => (await readPayment(company, payment.id)).review);
    const back = { dealerType: COMPANY.dealerType, vatRegistered: true };
    expect((await admin('PATCH', `/v1/workspaces/${company.id}`, back)).status).toBe(200);
    await accept();
    expect(await untilInvoiced(company, payment)).toMatchObject({ type: 'tax_invoice' });
    await expectSoundBooks(company);
  });
});
