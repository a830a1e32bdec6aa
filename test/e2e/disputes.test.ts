import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, eventually, openClinic, readPayment, untilReview, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { creditsOf, documentsOf, paid, resolve } from './support/paid-payments.ts';
import { listRefunds, refund, untilRefund } from './support/refunds.ts';
import { refundOrdersOf } from './support/vendor-refunds.ts';
import { disputeAtVendor } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic({ provider: 'stripe', pushes: true });
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

/** A paid payment whose workflow has ended, as it has when payers dispute. */
async function settled(): Promise<PaymentBody> {
  const payment = await paid(clinic);
  await temporal.untilEnded(payment);
  return payment;
}

const disputesOf = (paymentId: string) =>
  books.query<{ status: string; amount: string }>(
    'SELECT status, amount FROM disputes WHERE payment_id = $1',
    [paymentId],
  );

/** A payment whose dispute was lost: a person must say what that is. */
async function lost(): Promise<PaymentBody> {
  const { id } = await settled();
  await disputeAtVendor(id, 'lost');
  await eventually('the lost dispute', async () =>
    (await disputesOf(id)).some(({ status }) => status === 'lost') ? true : null,
  );
  return untilReview(clinic, id, 'provider_dispute');
}

const eventsOf = async (id: string) =>
  (await books.eventsOf(id)).filter((type) => /dispute|review|refund/.test(type));

describe('a payment whose payer disputes the charge', () => {
  it('is suspended, and held for a person; nothing is given back meanwhile', async () => {
    const { id, documentIds } = await settled();
    await disputeAtVendor(id);
    const held = await untilReview(clinic, id, 'provider_dispute');
    expect(held).toMatchObject({ status: 'disputed', documentIds });
    const answer = await refund(clinic, id);
    expect([answer.status, answer.json.code]).toEqual([409, 'not_refundable']);
    expect(await eventsOf(id)).toEqual(['dispute.opened', 'payment.review_opened']);
    expect(await disputesOf(id)).toMatchObject([{ status: 'open' }]);
  });

  it('and loses is as it was before, and no person is asked any more', async () => {
    const { id, documentIds } = await settled();
    await disputeAtVendor(id);
    await untilReview(clinic, id, 'provider_dispute');
    await disputeAtVendor(id, 'won');
    const back = await untilStatus(clinic, id, 'completed');
    expect(back).toMatchObject({ review: null, documentIds, refundedAmount: 0 });
    expect((await eventsOf(id)).slice(2)).toEqual(['dispute.closed', 'payment.review_closed']);
    expect((await refund(clinic, id, { amount: 1_000 })).json).toMatchObject({ status: 'completed' });
  });

  it('after a part was given back is partially refunded again when the dispute is won', async () => {
    const { id } = await settled();
    const { json } = await refund(clinic, id, { amount: 5_000 });
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    await disputeAtVendor(id);
    await untilStatus(clinic, id, 'disputed');
    await disputeAtVendor(id, 'won');
    expect(await untilStatus(clinic, id, 'partially_refunded')).toMatchObject({ review: null });
  });

  it('and wins issues nothing by itself', async () => {
    const held = await lost();
    expect(held).toMatchObject({ status: 'disputed', refundedAmount: 0 });
    expect(await documentsOf(clinic, held.id)).toHaveLength(1);
    expect(await listRefunds(clinic, held.id)).toEqual([]);
  });

  it('is told once, however often it is asked about', async () => {
    const held = await lost();
    const before = await books.eventsOf(held.id);
    await check(clinic, held.id);
    await check(clinic, held.id);
    expect(await books.eventsOf(held.id)).toEqual(before);
    expect(await disputesOf(held.id)).toHaveLength(1);
  });
});

describe('a lost dispute', () => {
  it('that a person resolves as a refund is credited, and no order goes to the provider', async () => {
    const { id, amount } = await lost();
    const { status, json } = await resolve(clinic, id, { action: 'refund' });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { status: 'refunded', review: null, refundedAmount: amount },
    });
    const credits = await creditsOf(clinic, id);
    expect(credits).toMatchObject([{ total: amount }]);
    expect(await refundOrdersOf(id)).toEqual([]);
    expect(await check(clinic, id)).toMatchObject({ status: 'refunded', review: null });
  });

  it('that a person dismisses is bad debt: the document stands and nothing is credited', async () => {
    const { id } = await lost();
    const { status, json } = await resolve(clinic, id, { action: 'dismiss' });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { status: 'completed', review: null, refundedAmount: 0 },
    });
    expect(await documentsOf(clinic, id)).toHaveLength(1);
    expect(await refundOrdersOf(id)).toEqual([]);
    expect(await check(clinic, id)).toMatchObject({ status: 'completed', review: null });
  });

  it('that was written off goes back no more through the provider: the payer has the money from the bank', async () => {
    const { id } = await lost();
    await resolve(clinic, id, { action: 'dismiss' });
    const { status, json } = await refund(clinic, id);
    expect([status, json.code]).toEqual([409, 'refund_exceeds_charge']);
    expect((json as unknown as { detail: string }).detail).toContain(
      '350.00 ILS of it went to the payer’s bank in a dispute',
    );
    expect(await refundOrdersOf(id)).toEqual([]);
    // What was given back by hand all the same is a fact, and is recorded.
    expect((await refund(clinic, id, { amount: 1_000, method: 'cash' })).status).toBe(201);
    expect(await refundOrdersOf(id)).toEqual([]);
  });

  it('cannot be accepted: the sentence says what can be done', async () => {
    const { id } = await lost();
    const { status, json } = await resolve(clinic, id, { action: 'accept' });
    expect([status, json.code]).toEqual([422, 'unsupported_operation']);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed', review: 'provider_dispute' });
  });

  it('of what a part was given back of is credited for the rest only', async () => {
    const { id, amount } = await settled();
    const { json } = await refund(clinic, id, { amount: 5_000 });
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    await disputeAtVendor(id, 'lost');
    await eventually('the lost dispute', async () =>
      (await disputesOf(id)).some(({ status }) => status === 'lost') ? true : null,
    );
    await untilReview(clinic, id, 'provider_dispute');
    expect((await resolve(clinic, id, { action: 'refund' })).json).toMatchObject({
      status: 'refunded',
      refundedAmount: amount,
    });
    const totals = (await creditsOf(clinic, id)).map(({ total }) => total);
    expect(totals.sort((a, b) => a - b)).toEqual([5_000, amount - 5_000]);
  });
});
