import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  check,
  eventually,
  listDocuments,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PageBody, PaymentBody } from './support/clinic.ts';
import { listRefunds, refund, stopAsking, untilRefund } from './support/refunds.ts';
import { transactionsOf, refundAtVendor } from './support/vendor-refunds.ts';
import { payAtVendor } from './support/vendors.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'stripe' });
});
afterEach(() => clearFaults(clinic.account));
afterAll(async () => {
  await stopAsking(books, clinic);
  await books.close();
});

const resolve = (id: string, body: object) =>
  call<PaymentBody & { code?: string }>('POST', `/v1/payments/${id}/resolve`, {
    key: clinic.key,
    body: { reason: 'looked at by Dana', ...body },
  });

async function mismatch(): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id, { webhook: 'wrong_amount' });
  return untilReview(clinic, id, 'amount_mismatch');
}

async function duplicate(how: object = {}): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  await payAtVendor(id, how);
  return untilReview(clinic, id, 'duplicate_payment');
}

/** The payment that a second charge became. */
async function accepted(held: PaymentBody): Promise<PaymentBody> {
  await resolve(held.id, { action: 'accept' });
  return eventually('the payment of the second charge', async () => {
    const page = await call<PageBody<PaymentBody>>('GET', '/v1/payments?limit=100', { key: clinic.key });
    return page.json.data.find(({ reference }) => reference.startsWith(`${held.reference} / `)) ?? null;
  });
}

const untilRefunded = (id: string, amount: number) =>
  eventually(`${amount} of ${id} given back`, async () => {
    const payment = await readPayment(clinic, id);
    return payment.refundedAmount === amount ? payment : null;
  });

const creditsOf = async (paymentId: string) =>
  (await listDocuments(clinic)).filter((one) => one.paymentId === paymentId && one.refundId !== null);

describe('a second charge that became a payment of its own', () => {
  it('is given back by an order whose answer is lost: found under the first payment’s id, and credited to its own', async () => {
    const held = await duplicate();
    const own = await accepted(held);
    await arm(clinic.account, { operation: 'refund', fault: 'timeout_after_effect' });
    const { json } = await refund(clinic, own.id);
    await untilRefund(clinic, own.id, json.id, { status: 'completed' });
    expect(await readPayment(clinic, own.id)).toMatchObject({ status: 'refunded', outcome: 'known' });
    const first = await check(clinic, held.id);
    expect(first).toMatchObject({ status: 'completed', refundedAmount: 0, review: null });
    expect(await listRefunds(clinic, held.id)).toEqual([]);
    expect(await creditsOf(held.id)).toEqual([]);
    expect(await creditsOf(own.id)).toHaveLength(1);
  });

  it('and is given back at the vendor itself is credited to its own payment, not to the first', async () => {
    const held = await duplicate();
    const own = await accepted(held);
    const charges = (await transactionsOf(held.id)).filter(({ kind }) => kind === 'charge');
    const moved = await books.query<{ id: string }>(
      'SELECT provider_transaction_id AS id FROM provider_transactions WHERE payment_id = $1',
      [own.id],
    );
    const second = charges.find(({ id }) => id === moved[0]?.id);
    await refundAtVendor(held.id, 1_000, second?.id);
    await check(clinic, held.id);
    expect(await untilRefunded(own.id, 1_000)).toMatchObject({ status: 'partially_refunded' });
    expect(await readPayment(clinic, held.id)).toMatchObject({ status: 'completed', refundedAmount: 0 });
  });
});

describe('a decision about a second charge', () => {
  it('to give it back orders only what has not gone back already', async () => {
    const held = await duplicate();
    const [, second] = (await transactionsOf(held.id)).filter(({ kind }) => kind === 'charge');
    await refundAtVendor(held.id, 4_000, second?.id);
    await check(clinic, held.id);
    await untilRefunded(held.id, 4_000);
    expect(await resolve(held.id, { action: 'accept' })).toMatchObject({ status: 422 });
    await resolve(held.id, { action: 'refund' });
    const done = await untilRefunded(held.id, held.amount);
    expect(done).toMatchObject({ status: 'completed', review: null });
    expect(await creditsOf(held.id)).toEqual([]);
  });

  it('to accept it is refused where it came in another currency', async () => {
    const held = await duplicate({ webhook: 'wrong_currency' });
    expect(await resolve(held.id, { action: 'accept' })).toMatchObject({
      status: 422,
      json: { code: 'unsupported_operation' },
    });
  });
});

describe('a mismatch that was given back', () => {
  it('and is then paid as asked is settled, documented once, and told as late money', async () => {
    const held = await mismatch();
    await resolve(held.id, { action: 'refund' });
    await untilRefunded(held.id, held.capturedAmount);
    await payAtVendor(held.id);
    const late = await untilReview(clinic, held.id, 'late_success');
    expect(late).toMatchObject({
      status: 'completed',
      capturedAmount: held.capturedAmount + held.amount,
      refundedAmount: held.capturedAmount,
    });
    const [document] = (await listDocuments(clinic)).filter(({ id }) => id === theDocumentOf(late));
    expect(document?.total).toBe(held.amount);
  });
});

describe('at a vendor that tells no refund by itself', () => {
  let silent: Clinic;
  beforeAll(async () => {
    silent = await openClinic({ provider: 'payplus' });
  });
  afterAll(() => stopAsking(books, silent));

  it('a mismatch whose refund the vendor refuses is a person’s question again', async () => {
    const { id } = await openPayment(silent);
    await payAtVendor(id, { webhook: 'wrong_amount' });
    await untilReview(silent, id, 'amount_mismatch');
    await arm(silent.account, { operation: 'refund', fault: 'error_in_200' });
    await call('POST', `/v1/payments/${id}/resolve`, {
      key: silent.key,
      body: { action: 'refund', reason: 'wrong sum' },
    });
    await eventually('the refused refund', async () =>
      (await listRefunds(silent, id))[0]?.status === 'failed' ? true : null,
    );
    expect(await untilReview(silent, id, 'amount_mismatch')).toMatchObject({ refundedAmount: 0 });
  });

  it('a review about an unknown refund closes by itself when it is found', async () => {
    const { id } = await openPayment(silent);
    await payAtVendor(id);
    await untilStatus(silent, id, 'completed');
    await books.query("UPDATE payments SET review = 'unknown_outcome' WHERE id = $1", [id]);
    await arm(silent.account, { operation: 'refund', fault: 'timeout_after_effect' });
    await refund(silent, id, { amount: 900 });
    const found = await eventually('the refund', async () => {
      const now = await readPayment(silent, id);
      return now.refundedAmount === 900 ? now : null;
    });
    expect(found).toMatchObject({ outcome: 'known', review: null });
    expect(await books.eventsOf(id)).toContain('payment.review_closed');
  });
});
