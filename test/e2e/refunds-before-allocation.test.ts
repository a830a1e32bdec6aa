import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { call, eventually, listDocuments, openClinic, readPayment } from './support/clinic.ts';
import { readTimeline, theDocumentOf } from './support/clinic.ts';
import type { Clinic, DocumentBody, PaymentBody } from './support/clinic.ts';
import { openWorkspace } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { record } from './support/manual.ts';
import { refund, untilRefunds } from './support/refunds.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let clinic: Clinic;
let books: Books;
let tools: ReadBack;
beforeAll(async () => {
  books = openBooks();
  tools = await createReadBack();
  clinic = await openClinic({ print: 'on_demand' });
});
afterAll(async () => {
  await tools.close();
  await books.close();
});

/** A sale of 10,000.00 to a company, paid today: its invoice waits for an allocation number. */
async function awaiting(change: object = {}): Promise<PaymentBody> {
  const customer = { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' };
  const paidOn = todayInIsrael();
  const lateReason = undefined;
  return record(clinic, {
    amount: 1_000_000,
    method: 'bank_transfer',
    ...{ customer, paidOn, lateReason, ...change },
  });
}

const papersOf = async (payment: PaymentBody): Promise<readonly (DocumentBody & { status: string })[]> =>
  (await listDocuments(clinic)).filter(({ paymentId }) => paymentId === payment.id) as never;

const enterNumber = (documentId: string) =>
  call('POST', `/v1/documents/${documentId}/allocation-number`, {
    key: clinic.key,
    body: { allocationNumber: '123456789' },
  });

const wordsOf = async (documentId: string, query = ''): Promise<{ variant: string; words: string }> => {
  const answer = await eventually(`the print of ${documentId}`, async () => {
    const got = await call('GET', `/v1/documents/${documentId}/pdf${query}`, { key: clinic.key });
    return got.status === 200 ? got : null;
  });
  const words = (await tools.wordsOf(answer.bytes)).replace(/\s+/g, ' ');
  return { variant: answer.headers.get('x-document-variant') ?? '', words };
};

const summaries = async (payment: PaymentBody) =>
  (await readTimeline(clinic, payment.id)).map(({ summary }) => summary).join('\n');

/** No rule of the whole database is broken in this workspace. */
async function expectSound(): Promise<void> {
  const { findings } = await checkInvariants(books.sql);
  const broken = findings.filter(({ byWorkspace }) => byWorkspace.has(clinic.id));
  expect(broken.map(({ name }) => name)).toEqual([]);
}

describe('the whole of a sale whose invoice waits for its allocation number went back', () => {
  it('cancels the invoice, which keeps its number, gets no credit, and says so on paper', async () => {
    const payment = await awaiting();
    const original = theDocumentOf(payment);
    const answer = await refund(clinic, payment.id);
    expect(answer.json).toMatchObject({ status: 'completed', amount: 1_000_000, documentId: null });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
    const papers = await papersOf(payment);
    expect(papers).toMatchObject([{ id: original, status: 'cancelled', total: 1_000_000 }]);
    const printed = await wordsOf(original, '?original=true');
    expect(printed.variant).toBe('copy');
    expect(printed.words).toContain('מבוטל');
    expect(printed.words).not.toContain('מקור');
    expect(await summaries(payment)).toMatch(/was cancelled\. It keeps its number and needs no credit/);
    const [told] = await books.query<{ facts: object }>(
      "SELECT facts FROM events WHERE type = 'document.cancelled' AND facts ->> 'documentId' = $1",
      [original],
    );
    expect(told?.facts).toMatchObject({ type: 'tax_invoice_receipt', number: papers[0]?.number });
    await expectSound();
  });

  it('takes no number any more', async () => {
    const payment = await awaiting();
    await refund(clinic, payment.id);
    expect(await enterNumber(theDocumentOf(payment))).toMatchObject({ status: 409 });
  });

  it('also where it went back in parts', async () => {
    const payment = await awaiting();
    await refund(clinic, payment.id, { amount: 300_000 });
    await refund(clinic, payment.id);
    await untilRefunds(clinic, payment.id, 2);
    expect(await papersOf(payment)).toMatchObject([{ status: 'cancelled' }]);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded' });
    await expectSound();
  });
});

describe('the tax invoice of cheques that fell due waits for its number, and its receipt does not', () => {
  const customer = { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' };
  /** Cheques of 11,800.00 of a company, whose invoice was issued today and waits. */
  async function fellDue() {
    const workspace = { mode: 'live', receipt: { email: false, print: 'on_demand' }, dealerType: 'company' };
    const company = await openWorkspace({ workspace, provider: false });
    const check = { bank: '12', branch: '613', account: '448811', number: '71', dueDate: '2025-04-01' };
    const payment = await record(company, {
      ...{ amount: 1_180_000, method: 'check', paidOn: '2025-03-02', check, customer },
    });
    const invoiceId = await eventually('its tax invoice', async () => {
      return (await readPayment(company, payment.id)).taxInvoice?.documentId ?? null;
    });
    const papers = async () =>
      (await listDocuments(company))
        .map((one) => one as DocumentBody & { status: string })
        .map(({ type, status, total, refundId }) => [type, status, total, refundId])
        .sort();
    return { company, id: payment.id, invoiceId, papers };
  }
  const RECEIPT = ['receipt', 'issued', 1_180_000, null];
  const invoice = (status: string) => ['tax_invoice', status, 1_180_000, null];

  async function expectSoundIn({ id }: { id: string }): Promise<void> {
    const { findings } = await checkInvariants(books.sql);
    expect(findings.filter(({ byWorkspace }) => byWorkspace.has(id)).map(({ name }) => name)).toEqual([]);
  }

  it('all of the money goes back: the receipt is credited, and the invoice is cancelled', async () => {
    const { company, id, papers, invoiceId } = await fellDue();
    const { json, status } = await refund(company, id);
    expect([status, json.status]).toEqual([201, 'completed']);
    expect(await papers()).toEqual([
      ['credit_receipt', 'issued', 1_180_000, json.id],
      RECEIPT,
      invoice('cancelled'),
    ]);
    expect(await readPayment(company, id)).toMatchObject({
      status: 'refunded',
      review: null,
      taxInvoice: { status: 'not_owed', documentId: invoiceId },
    });
    const told = (await readTimeline(company, id)).map(({ summary }) => summary).join('\n');
    expect(told).toMatch(/credit_receipt CR1 was issued\. tax_invoice 1, which waited .* was cancelled/);
    await expectSoundIn(company);
  });

  it('a part goes back: both are credited once the number is there, and none before', async () => {
    const { company, id, papers, invoiceId } = await fellDue();
    const { json } = await refund(company, id, { amount: 300_000 });
    expect(json.status).toBe('completed');
    expect(await papers()).toEqual([RECEIPT, invoice('allocation_required')]);
    expect(await readPayment(company, id)).toMatchObject({ status: 'partially_refunded', review: null });
    await expectSoundIn(company);
    const entered = await call('POST', `/v1/documents/${invoiceId}/allocation-number`, {
      key: company.key,
      body: { allocationNumber: '123456789' },
    });
    expect(entered.status).toBe(200);
    await eventually('both credits', async () => ((await papers()).length === 4 ? true : null));
    expect(await papers()).toEqual([
      ['credit_invoice', 'issued', 300_000, json.id],
      ['credit_receipt', 'issued', 300_000, json.id],
      RECEIPT,
      invoice('issued'),
    ]);
    await expectSoundIn(company);
  });

  it('it goes back in parts: the last one cancels the invoice, and each has its credit of the receipt', async () => {
    const { company, id, papers } = await fellDue();
    const first = await refund(company, id, { amount: 300_000 });
    const rest = await refund(company, id);
    await eventually('both credits', async () => ((await papers()).length === 4 ? true : null));
    const credits = (await papers()).slice(0, 2);
    expect(credits).toEqual(
      expect.arrayContaining([
        ['credit_receipt', 'issued', 300_000, first.json.id],
        ['credit_receipt', 'issued', 880_000, rest.json.id],
      ]),
    );
    expect((await papers()).slice(2)).toEqual([RECEIPT, invoice('cancelled')]);
    expect(await readPayment(company, id)).toMatchObject({ status: 'refunded', review: null });
    await expectSoundIn(company);
  });
});

describe('a part of it went back', () => {
  it('is credited when the number comes, and the timeline says that it waits', async () => {
    const payment = await awaiting();
    const original = theDocumentOf(payment);
    const answer = await refund(clinic, payment.id, { amount: 300_000 });
    expect(answer.json).toMatchObject({ status: 'completed', documentId: null });
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'partially_refunded',
      review: null,
      amounts: { refunded: 300_000, held: 0 },
    });
    expect(await papersOf(payment)).toHaveLength(1);
    expect(await summaries(payment)).toMatch(/its credit document waits until .* has its allocation number/);
    await expectSound();
    expect((await refund(clinic, payment.id, { amount: 800_000 })).json.code).toBe('refund_exceeds_charge');

    await enterNumber(original);
    const credit = await eventually(
      'the credit document',
      async () => (await papersOf(payment)).find(({ refundId }) => refundId === answer.json.id) ?? null,
    );
    expect(credit).toMatchObject({
      type: 'credit_invoice',
      originalDocumentId: original,
      ...{ total: 300_000, net: 254_237, vat: 45_763, status: 'issued' },
    });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'partially_refunded' });
    expect(await summaries(payment)).toMatch(
      /The allocation number of the document is there\. credit_invoice/,
    );
    await expectSound();
  });

  it('as each of several parts is', async () => {
    const payment = await awaiting();
    for (const amount of [100_000, 200_000]) await refund(clinic, payment.id, { amount });
    await untilRefunds(clinic, payment.id, 2);
    await enterNumber(theDocumentOf(payment));
    const credits = await eventually('both credits', async () => {
      const found = (await papersOf(payment)).filter(({ type }) => type === 'credit_invoice');
      return found.length === 2 ? found : null;
    });
    expect(credits.map(({ total }) => total).sort((a, b) => a - b)).toEqual([100_000, 200_000]);
    await expectSound();
  });
});
