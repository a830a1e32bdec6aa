import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  eventually,
  listDocuments,
  openClinic,
  openExpiring,
  openPayment,
  readDocument,
  readPayment,
  theDocumentOf,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { PageBody, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

let clinic: TestWorkspace;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ options: { webhookGraceSeconds: 1 } });
});
afterAll(() => books.close());

const resolve = (id: string, body: object) =>
  call<PaymentBody & { code?: string }>('POST', `/v1/payments/${id}/resolve`, {
    key: clinic.key,
    body: { reason: 'looked at by Dana', ...body },
  });

async function mismatch(webhook = 'wrong_amount'): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id, { webhook });
  return untilReview(clinic, id, 'amount_mismatch');
}

async function duplicate(): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  await payAtVendor(id);
  return untilReview(clinic, id, 'duplicate_payment');
}

const untilRefunded = (id: string, amount: number) =>
  eventually(`${amount} of ${id} given back`, async () => {
    const payment = await readPayment(clinic, id);
    return payment.refundedAmount === amount ? payment : null;
  });

describe('money of another sum than was asked', () => {
  it('accepted is documented for what came', async () => {
    const held = await mismatch();
    const { status, json } = await resolve(held.id, { action: 'accept' });
    expect({ status, json }).toMatchObject({ status: 200, json: { status: 'completed', review: null } });
    expect((await readDocument(clinic, theDocumentOf(json))).total).toBe(held.capturedAmount);
  });

  it('refunded goes back in full, and no document is ever issued', async () => {
    const held = await mismatch();
    expect((await resolve(held.id, { action: 'refund' })).json).toMatchObject({ review: null });
    const done = await untilRefunded(held.id, held.capturedAmount);
    expect(done).toMatchObject({ status: 'failed', documentIds: [], review: null });
  });

  it('in another currency cannot be accepted', async () => {
    const held = await mismatch('wrong_currency');
    const { status, json } = await resolve(held.id, { action: 'accept' });
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'unsupported_operation' });
  });

  it('dismissed stays held', async () => {
    const held = await mismatch();
    expect((await resolve(held.id, { action: 'dismiss' })).json).toMatchObject({ review: 'amount_mismatch' });
  });
});

describe('money that came twice', () => {
  it('refunded goes back without a credit document, for it was never documented', async () => {
    const held = await duplicate();
    await resolve(held.id, { action: 'refund' });
    const done = await untilRefunded(held.id, held.amount);
    expect(done).toMatchObject({ status: 'completed', review: null, documentIds: held.documentIds });
  });

  it('accepted becomes a payment of its own with its own document', async () => {
    const held = await duplicate();
    const { json } = await resolve(held.id, { action: 'accept' });
    expect(json).toMatchObject({ status: 'completed', review: null, capturedAmount: held.amount });
    const page = await call<PageBody<PaymentBody>>('GET', '/v1/payments?limit=50', { key: clinic.key });
    const made = page.json.data.find(({ reference }) => reference.startsWith(`${held.reference} / `));
    expect(made).toMatchObject({ status: 'completed', capturedAmount: held.amount });
    expect((await readDocument(clinic, theDocumentOf(made ?? held))).total).toBe(held.amount);
    const check = await call<PaymentBody>('POST', `/v1/payments/${held.id}/check`, { key: clinic.key });
    expect(check.json.review).toBeNull();
  });

  it('cannot be dismissed: the sentence says what can be done', async () => {
    const held = await duplicate();
    const { status, json } = await resolve(held.id, { action: 'dismiss' });
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'unsupported_operation' });
    expect(JSON.stringify(json)).toContain('accept or refund');
  });
});

it('late money may be given back, with a credit document', async () => {
  const { id } = await openExpiring(clinic);
  await untilStatus(clinic, id, 'expired');
  await payAtVendor(id);
  const late = await untilReview(clinic, id, 'late_success');
  await resolve(id, { action: 'refund' });
  const done = await untilRefunded(id, late.capturedAmount);
  expect(done).toMatchObject({ status: 'refunded', review: null });
  const documents = (await listDocuments(clinic)).filter(({ paymentId }) => paymentId === id);
  expect(documents.map(({ type }) => type).sort()).toEqual(['credit_invoice', 'tax_invoice_receipt']);
});

it('a payment without a review cannot be resolved', async () => {
  const { id } = await openPayment(clinic);
  const { status, json } = await resolve(id, { action: 'accept' });
  expect({ status, code: json.code }).toEqual({ status: 409, code: 'no_open_review' });
});

it('a decision is in the audit log with its reason', async () => {
  const held = await mismatch();
  await resolve(held.id, { action: 'accept', reason: 'the clinic gave a discount' });
  const rows = await books.query<{ action: string; reason: string }>(
    'SELECT action, reason FROM audit_log WHERE subject_id = $1',
    [held.id],
  );
  expect(rows).toContainEqual({ action: 'review.resolved', reason: 'the clinic gave a discount' });
});
