import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createRecordCharge } from '../../src/activities/payments/record-charge.ts';
import { admin, openWorkspace, order } from '../api/rig.ts';
import { openVendorWord } from '../db/vendor-word.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { cheques, COMPANY, dueDateToday } from './support/cheques.ts';
import {
  call,
  check,
  openClinic,
  openPayment,
  readPayment,
  readTimeline,
  untilReview,
} from './support/clinic.ts';
import type { Clinic, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { creditsOf, documentsOf, paid, resolve } from './support/paid-payments.ts';
import { refund, untilRefund } from './support/refunds.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

/** SQLSTATE 22003: the next number of every series is larger than the column can hold. */
const useUpTheNumbers = ({ id }: TestWorkspace) =>
  books.query('UPDATE document_counters SET last_number = 9223372036854775807 WHERE workspace_id = $1', [id]);

/** What was wrong is put right: numbers go on after the last one, which a trigger forbids to everybody else. */
const mend = ({ id }: TestWorkspace) =>
  books.query(
    `BEGIN; ALTER TABLE document_counters DISABLE TRIGGER document_counters_only_rise;
     UPDATE document_counters c SET last_number = (SELECT max(number) FROM tax_documents d
       WHERE d.workspace_id = c.workspace_id AND d.series = c.series) WHERE workspace_id = '${id}';
     ALTER TABLE document_counters ENABLE ALWAYS TRIGGER document_counters_only_rise; COMMIT`,
  );

/** SQLSTATE 23505: the next number is taken, by a document of a payment that nobody has paid. */
async function takeTheNextNumber(clinic: Clinic): Promise<unknown> {
  const { id } = await openPayment(clinic);
  return books.query(
    `INSERT INTO tax_documents (id, workspace_id, payment_id, type, series, number, fiscal_year, document_date, currency,
       net, vat, total, rate_bp, status, content, payment_provider, payment_method)
     SELECT 'doc_taken_' || $2, workspace_id, $2, type, series, number + 1, fiscal_year, document_date, currency,
       net, vat, total, rate_bp, status, content, payment_provider, payment_method
     FROM tax_documents WHERE workspace_id = $1`,
    [clinic.id, id],
  );
}

const refusalsOf = async (clinic: TestWorkspace, id: string): Promise<number> =>
  (await readTimeline(clinic, id)).filter(({ kind }) => kind === 'refused').length;

/** What Temporal is doing for the payment, or would try again. */
const pendingOf = async (payment: { id: string; workspaceId: string }) =>
  (await temporal.ofPayment(payment).describe()).raw.pendingActivities ?? [];

describe('a document that the database refuses', () => {
  it.each([
    ['22003', useUpTheNumbers],
    ['23505', takeTheNextNumber],
  ])('with SQLSTATE %s is a person’s question, and is not tried again without end', async (_, spoil) => {
    const clinic = await openClinic();
    await paid(clinic);
    await spoil(clinic);
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id);
    const held = await untilReview(clinic, payment.id, 'reconciliation');
    expect(held).toMatchObject({ status: 'pending', documentIds: [], capturedAmount: payment.amount });
    expect(await pendingOf(payment)).toEqual([]);
    expect(await refusalsOf(clinic, payment.id)).toBe(1);
    // Who asks again gets the same answer, and no second question.
    expect(await check(clinic, payment.id)).toMatchObject({ status: 'pending', review: 'reconciliation' });
    expect(await pendingOf(payment)).toEqual([]);
    expect(await refusalsOf(clinic, payment.id)).toBe(1);
  });

  it('for a refund leaves the money in the books without a credit, and a person is asked', async () => {
    const clinic = await openClinic();
    const { id } = await paid(clinic);
    const first = await refund(clinic, id, { amount: 1_000 });
    await untilRefund(clinic, id, first.json.id, { status: 'completed' });
    await useUpTheNumbers(clinic);
    const second = await refund(clinic, id, { amount: 2_000 });
    await untilRefund(clinic, id, second.json.id, { status: 'completed', documentId: null });
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'partially_refunded',
      review: 'reconciliation',
      refundedAmount: 3_000,
    });
    expect(await creditsOf(clinic, id)).toMatchObject([{ total: 1_000 }]);
    // What went back without a credit is not given back again.
    const { amount } = await readPayment(clinic, id);
    expect(await refund(clinic, id, { amount: amount - 2_999 })).toMatchObject({ status: 409 });
    expect(
      await refund(clinic, id, { amount: amount - 2_999, method: 'cash', reason: 'by hand' }),
    ).toMatchObject({ status: 409 });
  });
});

describe('what a rule refused is tried again once a person accepts', () => {
  /** Money by hand, whose document a rule refuses. */
  async function refusedByHand(reference = `cash-${randomUUID()}`) {
    const clinic = await openWorkspace({ provider: false });
    await record(clinic);
    await useUpTheNumbers(clinic);
    const { status, json } = await enter(clinic, reference);
    expect(status).toBe(202);
    expect(await untilReview(clinic, json.id, 'reconciliation')).toMatchObject({ status: 'creating' });
    return { clinic, id: json.id, reference };
  }

  const enter = (clinic: TestWorkspace, reference: string) =>
    call<PaymentBody & { readonly code?: string }>('POST', '/v1/payments/manual', {
      key: clinic.key,
      body: order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary', reference }),
      headers: { 'idempotency-key': randomUUID() },
    });

  const totalsOf = async (clinic: TestWorkspace, id: string) =>
    (await documentsOf(clinic, id)).map(({ total }) => total);

  it('money by hand: while the rule refuses, the caller is told why and the review stays; then it is documented once', async () => {
    const { clinic, id } = await refusedByHand();
    const again = await resolve(clinic, id, { action: 'accept' });
    expect(again).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect(again.bytes.toString()).toMatch(/22003.*review stays open/s);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'creating', review: 'reconciliation' });
    const cancelled = await call('POST', `/v1/payments/${id}/cancel`, { key: clinic.key, body: {} });
    expect(cancelled).toMatchObject({ status: 409, json: { code: 'not_open' } });

    await mend(clinic);
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({
      status: 200,
      json: { status: 'completed', review: null, paid: true },
    });
    expect(await totalsOf(clinic, id)).toEqual([35_000]);
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({
      status: 409,
      json: { code: 'no_open_review' },
    });
    expect(await totalsOf(clinic, id)).toEqual([35_000]);
  });

  it('money by hand that is dismissed is cancelled, so that it can be entered anew and has one document', async () => {
    const { clinic, id, reference } = await refusedByHand();
    expect(await enter(clinic, reference)).toMatchObject({ status: 409, json: { code: 'reference_taken' } });
    expect(await resolve(clinic, id, { action: 'dismiss' })).toMatchObject({
      status: 200,
      json: { status: 'cancelled', review: null },
    });
    await mend(clinic);
    const anew = await enter(clinic, reference);
    expect(anew).toMatchObject({ status: 201, json: { status: 'completed' } });
    expect(await documentsOf(clinic, id)).toEqual([]);
    expect(await totalsOf(clinic, anew.json.id)).toEqual([35_000]);
  });

  it('money by hand is not documented by its workflow once a person was asked, however often that starts', async () => {
    const { clinic, id } = await refusedByHand();
    await mend(clinic);
    const word = await openVendorWord();
    const recordCharge = createRecordCharge(word.context);
    const ids = { workspaceId: clinic.id, paymentId: id };
    expect(await recordCharge(ids)).toMatchObject({ status: 'creating', review: 'reconciliation' });
    // As an earlier version left it: accepted, and nothing was tried.
    await books.query('UPDATE review_questions SET answered_at = now() WHERE payment_id = $1', [id]);
    expect(await recordCharge(ids)).toMatchObject({ status: 'creating', review: 'reconciliation' });
    expect(await documentsOf(clinic, id)).toEqual([]);
    await word.close();
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({ json: { status: 'completed' } });
  });

  it('a refund gets its credit document, once', async () => {
    const clinic = await openClinic();
    const { id } = await paid(clinic);
    const first = await refund(clinic, id, { amount: 1_000 });
    await untilRefund(clinic, id, first.json.id, { status: 'completed' });
    await useUpTheNumbers(clinic);
    const second = await refund(clinic, id, { amount: 2_000 });
    await untilRefund(clinic, id, second.json.id, { status: 'completed', documentId: null });
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({ status: 409 });
    expect(await creditsOf(clinic, id)).toMatchObject([{ total: 1_000 }]);

    await mend(clinic);
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({
      status: 200,
      json: { status: 'partially_refunded', review: null },
    });
    const credits = await creditsOf(clinic, id);
    expect(credits.map(({ refundId, total }) => [refundId, total])).toEqual(
      expect.arrayContaining([
        [first.json.id, 1_000],
        [second.json.id, 2_000],
      ]),
    );
    expect(credits).toHaveLength(2);
  });

  it('a refund of cheques gets its credit document, also where another question is about their tax invoice', async () => {
    const { before, after, dueDate, paidOn } = dueDateToday();
    const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: before }, provider: false });
    const { id } = await cheques(company, dueDate, { paidOn });
    const bounce = async (amount: number) => {
      const { json } = await refund(company, id, { amount });
      await untilRefund(company, id, json.id, { status: 'completed' });
    };
    await bounce(1_000);
    const patur = { dealerType: 'osek_patur', vatRegistered: false, timeZone: after };
    expect((await admin('PATCH', `/v1/workspaces/${company.id}`, patur)).status).toBe(200);
    await untilReview(company, id, 'reconciliation');
    await useUpTheNumbers(company);
    await bounce(2_000);
    const asked = 'SELECT FROM review_questions WHERE payment_id = $1 AND answered_at IS NULL';
    expect(await books.query(asked, [id])).toHaveLength(2);
    await mend(company);
    expect(await resolve(company, id, { action: 'accept' })).toMatchObject({ status: 200 });
    expect((await creditsOf(company, id)).map(({ total }) => total).sort()).toEqual([1_000, 2_000]);
  });

  it('a payment at a provider is settled', async () => {
    const clinic = await openClinic();
    await paid(clinic);
    await useUpTheNumbers(clinic);
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    await untilReview(clinic, id, 'reconciliation');
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({ status: 409 });
    await mend(clinic);
    expect(await resolve(clinic, id, { action: 'accept' })).toMatchObject({
      status: 200,
      json: { status: 'completed', review: null },
    });
    expect(await totalsOf(clinic, id)).toEqual([35_000]);
  });
});
