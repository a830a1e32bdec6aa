import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  check,
  eventually,
  openClinic,
  openExpiring,
  openPayment,
  theDocumentOf,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { answeredDeliveries, payAtVendor } from './support/vendors.ts';

let clinic: TestWorkspace;
let books: Books;
let temporal: Temporal;
/** Temporal takes its time to forget: begun before the first test. */
let longForgotten: Promise<PaymentBody>;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic({ options: { webhookGraceSeconds: 1 } });
  longForgotten = forgotten();
  longForgotten.catch(() => undefined);
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

/** A payment that nobody paid in time; its workflow has ended. */
async function expired(): Promise<PaymentBody> {
  const payment = await openExpiring(clinic);
  await untilStatus(clinic, payment.id, 'expired');
  await temporal.untilEnded(payment);
  return payment;
}

/** The same when the namespace's retention has passed too. */
async function forgotten(): Promise<PaymentBody> {
  const payment = await expired();
  await temporal.forget(payment);
  return payment;
}

const documentsOf = (paymentId: string) =>
  books.query<{ id: string }>('SELECT id FROM tax_documents WHERE payment_id = $1', [paymentId]);

describe('money that comes twice on one link', () => {
  it('one after the other is documented once; the second is held for a person', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    const first = await untilStatus(clinic, id, 'completed');
    await payAtVendor(id);
    const held = await untilReview(clinic, id, 'duplicate_payment');
    expect(held).toMatchObject({ status: 'completed', documentIds: first.documentIds });
    expect(await documentsOf(id)).toHaveLength(1);
  });

  it('of another amount, when the workflow has long ended, is held and documents nothing new', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id);
    const paid = await untilStatus(clinic, payment.id, 'completed');
    await temporal.untilEnded(payment);
    await payAtVendor(payment.id, { webhook: 'wrong_amount' });
    const held = await untilReview(clinic, payment.id, 'duplicate_payment');
    expect(held.documentIds).toEqual(paid.documentIds);
    expect(held.capturedAmount).toBe(2 * payment.amount - 100);
  });

  it('at the same moment is documented once and held all the same', async () => {
    const { id, amount } = await openPayment(clinic);
    await Promise.all([payAtVendor(id), payAtVendor(id)]);
    await answeredDeliveries(id, 2);
    const held = await untilReview(clinic, id, 'duplicate_payment');
    expect(held.capturedAmount).toBe(2 * amount);
    expect(theDocumentOf(held)).toMatch(/^doc_/);
    expect(await documentsOf(id)).toHaveLength(1);
  });

  it('and both unseen until the provider is asked is documented once and held', async () => {
    const patient = await openClinic();
    const { id } = await openPayment(patient);
    await payAtVendor(id, { webhook: 'never' });
    await payAtVendor(id, { webhook: 'never' });
    const held = await check(patient, id);
    expect(held).toMatchObject({ status: 'completed', review: 'duplicate_payment' });
    expect(await documentsOf(id)).toHaveLength(1);
  });
});

describe('money that comes while a person is asked already', () => {
  it('makes a late success a duplicate payment, and the new sum is told', async () => {
    const payment = await expired();
    await payAtVendor(payment.id);
    await untilReview(clinic, payment.id, 'late_success');
    await payAtVendor(payment.id);
    const held = await untilReview(clinic, payment.id, 'duplicate_payment');
    expect(held.capturedAmount).toBe(2 * payment.amount);
    expect(await documentsOf(payment.id)).toHaveLength(1);
    const told = (await books.eventsOf(payment.id)).filter((type) => type === 'payment.review_opened');
    expect(told).toHaveLength(2);
  });

  it('adds to a wrong amount and documents nothing, even where it is the right one', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id, { webhook: 'wrong_amount' });
    const first = await untilReview(clinic, payment.id, 'amount_mismatch');
    await payAtVendor(payment.id);
    const both = first.capturedAmount + payment.amount;
    const held = await eventually('the second charge noted', async () => {
      const now = await check(clinic, payment.id);
      return now.capturedAmount === both ? now : null;
    });
    expect(held).toMatchObject({ status: 'pending', review: 'amount_mismatch', documentIds: [] });
  });
});

describe('money that comes after the payment was given up', () => {
  /** It was settled late, once, and a person is told. */
  async function expectSettledLate(payment: PaymentBody): Promise<void> {
    await payAtVendor(payment.id);
    const settled = await untilStatus(clinic, payment.id, 'completed');
    expect(settled).toMatchObject({ review: 'late_success', capturedAmount: payment.amount });
    expect(theDocumentOf(settled)).toMatch(/^doc_/);
    await eventually('the webhook acted on', async () => {
      const rows = await books.inboxOf(payment.id);
      return rows.every(({ handledAs }) => handledAs === 'settled') && rows.length === 1 ? rows : null;
    });
    expect(await documentsOf(payment.id)).toHaveLength(1);
    expect(await books.eventsOf(payment.id)).toEqual([
      'payment.link_ready',
      'payment.expired',
      'payment.completed',
      'document.issued',
      'payment.review_opened',
    ]);
  }

  it('is settled at once, and a person is told', async () => {
    await expectSettledLate(await expired());
  });

  it('is settled when Temporal has long forgotten the payment', async () => {
    await expectSettledLate(await longForgotten);
  });
});
