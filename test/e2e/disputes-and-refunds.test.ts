import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, eventually, openClinic, readPayment, untilReview } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { creditsOf, documentsOf, paid, resolve } from './support/paid-payments.ts';
import { refund, untilRefund } from './support/refunds.ts';
import { givenBack, refundOrdersOf } from './support/vendor-refunds.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { disputeAtVendor } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic({ provider: 'stripe' });
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

async function settled(): Promise<PaymentBody> {
  const payment = await paid(clinic);
  await temporal.untilEnded(payment);
  return payment;
}

async function loses(id: string): Promise<void> {
  await disputeAtVendor(id, 'lost');
  await eventually('the lost dispute', async () => {
    const rows = await books.query(`SELECT 1 FROM disputes WHERE payment_id = $1 AND status = 'lost'`, [id]);
    return rows.length > 0 ? true : null;
  });
  await untilReview(clinic, id, 'provider_dispute');
}

describe('a lost dispute that meets money given back by hand', () => {
  it('is credited as far as it fits; the rest is in the books, and a person is asked', async () => {
    const { id, amount } = await settled();
    const { json } = await refund(clinic, id, { amount: 5_000, method: 'cash' });
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    await loses(id);

    expect((await resolve(clinic, id, { action: 'refund' })).json).toMatchObject({
      status: 'refunded',
      review: 'reconciliation',
      refundedAmount: amount + 5_000,
      capturedAmount: amount,
    });
    const credits = await creditsOf(clinic, id);
    expect(credits.map(({ total }) => total).sort((a, b) => a - b)).toEqual([5_000, amount - 5_000]);
    expect((await resolve(clinic, id, { action: 'accept' })).json).toMatchObject({
      status: 'refunded',
      review: null,
    });
    expect(await check(clinic, id)).toMatchObject({ status: 'refunded', review: null });
  });
});

describe('a dispute that is won on appeal after its credit was issued', () => {
  it('proposes to take the credit back, and does so when a person accepts', async () => {
    const { id, amount } = await settled();
    await loses(id);
    await resolve(clinic, id, { action: 'refund' });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'refunded', review: null });
    await disputeAtVendor(id, 'won');
    const held = await untilReview(clinic, id, 'refund_reversed');
    expect(held).toMatchObject({ status: 'refunded' });

    const credit = (await creditsOf(clinic, id))[0];
    const refundId = credit?.refundId;
    expect((await resolve(clinic, id, { action: 'accept', refundId })).json).toMatchObject({
      status: 'completed',
      review: null,
      refundedAmount: 0,
    });
    const reversals = (await documentsOf(clinic, id)).filter(
      ({ reversesDocumentId }) => reversesDocumentId !== null,
    );
    expect(reversals).toMatchObject([{ total: amount, reversesDocumentId: credit?.id }]);
  });
});

describe('an inquiry of the bank', () => {
  const statusesOf = async (id: string) =>
    (await books.query<{ status: string }>('SELECT status FROM disputes WHERE payment_id = $1', [id])).map(
      ({ status }) => status,
    );
  const untilDispute = (id: string, status: string) =>
    eventually(`a dispute that is ${status}`, async () =>
      (await statusesOf(id)).includes(status) ? true : null,
    );
  async function inquired(): Promise<PaymentBody> {
    const payment = await settled();
    await disputeAtVendor(payment.id, 'inquiry');
    await untilDispute(payment.id, 'inquiry');
    return payment;
  }

  it('is shown and takes no money; the refund that it asks for goes through the provider and ends it', async () => {
    const { id, amount } = await inquired();
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'completed',
      review: null,
      refundedAmount: 0,
      capturedAmount: amount,
    });
    expect((await books.eventsOf(id)).at(-1)).toBe('dispute.opened');
    expect(await givenBack(id)).toBe(0);

    const { status, json } = await refund(clinic, id);
    expect([201, 202]).toContain(status);
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    expect([(await refundOrdersOf(id)).length, await givenBack(id)]).toEqual([1, amount]);
    expect(await creditsOf(clinic, id)).toMatchObject([{ total: amount }]);

    await disputeAtVendor(id, 'won');
    await untilDispute(id, 'won');
    expect(await check(clinic, id)).toMatchObject({
      status: 'refunded',
      review: null,
      refundedAmount: amount,
    });
    expect(await creditsOf(clinic, id)).toHaveLength(1);
  });

  it('that becomes a chargeback suspends the payment', async () => {
    const { id } = await inquired();
    await disputeAtVendor(id, 'open');
    await untilReview(clinic, id, 'provider_dispute');
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed' });
    expect((await refund(clinic, id)).status).toBe(409);
    expect(await refundOrdersOf(id)).toEqual([]);
  });
});
