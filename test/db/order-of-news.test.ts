import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createSettlePayment } from '../../src/activities/payments/settle-payment.ts';
import type { PaymentFinding, ProviderDispute } from '../../src/providers/payments/payment-provider.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, openPayment, readPayment, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic, PaymentBody } from '../e2e/support/clinic.ts';
import { refund } from '../e2e/support/refunds.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { movement, openVendorWord } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
  clinic = word.clinic;
});
afterAll(() => Promise.all([word.close(), books.close()]));

const dispute = (transactionId: string, status: ProviderDispute['status']): ProviderDispute => ({
  disputeId: `dispute-of-${transactionId}`,
  transactionId,
  status,
  amount: 35_000,
  currency: 'ILS',
});

const tell: VendorWord['tell'] = (...told) => word.tell(...told);

/** The vendor tells this of the payment, and what is to be settled is settled. */
async function tellAndSettle(paymentId: string, finding: Partial<PaymentFinding>): Promise<void> {
  const { verdict, transactionId } = await tell(paymentId, finding);
  if (verdict !== 'paid' || transactionId === null) throw new Error(`told, and it is ${verdict}`);
  const order = { workspaceId: clinic.id, paymentId, transactionId, eventIds: [] };
  await createSettlePayment(word.context)(order);
}

async function paid(): Promise<{ payment: PaymentBody; chargeId: string }> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const payment = await untilStatus(clinic, id, 'completed');
  const [charge] = await books.query<{ id: string }>(
    `SELECT provider_transaction_id AS id FROM provider_transactions WHERE payment_id = $1`,
    [id],
  );
  return { payment, chargeId: charge?.id ?? '' };
}

const eventsOf = async (id: string) =>
  (await books.eventsOf(id)).filter((type) => /dispute|review/.test(type));

describe('a dispute', () => {
  it('that is seen together with its charge suspends the payment and blocks refunds', async () => {
    const { id } = await openPayment(clinic);
    const charge = movement(id);
    await tellAndSettle(id, { transactions: [charge], disputes: [dispute(charge.transactionId, 'open')] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed', review: 'provider_dispute' });
    expect(await refund(clinic, id)).toMatchObject({ status: 409, json: { code: 'not_refundable' } });
  });

  it('that is told before its charge is kept, and applied when the charge comes', async () => {
    const { id } = await openPayment(clinic);
    const charge = movement(id);
    await tell(id, { disputes: [dispute(charge.transactionId, 'open')] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: null });
    await tellAndSettle(id, { transactions: [charge] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed', review: 'provider_dispute' });
  });

  it('that was lost and is won on appeal counts, and what comes late changes nothing', async () => {
    const { payment, chargeId } = await paid();
    for (const status of ['lost', 'won', 'open', 'lost'] as const)
      await tell(payment.id, { disputes: [dispute(chargeId, status)] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await eventsOf(payment.id)).toEqual([
      'dispute.closed',
      'payment.review_opened',
      'dispute.closed',
      'payment.review_closed',
    ]);
  });

  it('that was lost and credited, and is won on appeal, proposes to take the credit back', async () => {
    const { payment, chargeId } = await paid();
    await tell(payment.id, { disputes: [dispute(chargeId, 'lost')] });
    await call('POST', `/v1/payments/${payment.id}/resolve`, {
      key: clinic.key,
      body: { action: 'refund', reason: 'given up' },
    });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
    await tell(payment.id, { disputes: [dispute(chargeId, 'won')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'refunded',
      review: 'refund_reversed',
    });
  });

  it('that is an inquiry took no money: it is told, and the money may be given back', async () => {
    const { payment, chargeId } = await paid();
    await tell(payment.id, { disputes: [dispute(chargeId, 'inquiry')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await eventsOf(payment.id)).toEqual(['dispute.opened']);
    expect((await refund(clinic, payment.id, { amount: 1_000, method: 'cash' })).status).toBe(201);
    await tell(payment.id, { disputes: [dispute(chargeId, 'open')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'disputed',
      review: 'provider_dispute',
    });
  });

  it('of a charge that became a payment of its own is that payment’s', async () => {
    const { payment } = await paid();
    const second = movement(payment.id, { transactionId: `second-of-${payment.id}` });
    await tell(payment.id, { transactions: [second] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'duplicate_payment' });
    await call('POST', `/v1/payments/${payment.id}/resolve`, {
      key: clinic.key,
      body: { action: 'accept', reason: 'two visits' },
    });
    const [own] = await books.query<{ id: string }>('SELECT id FROM payments WHERE taken_from = $1', [
      payment.id,
    ]);
    await tell(payment.id, { disputes: [dispute(second.transactionId, 'open')] });
    expect(await readPayment(clinic, own?.id ?? '')).toMatchObject({
      status: 'disputed',
      review: 'provider_dispute',
    });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
  });
});

describe('a transaction that was declined', () => {
  it('and that the vendor later says succeeded is money that came', async () => {
    const { id } = await openPayment(clinic);
    const declined = movement(id, { status: 'declined' });
    expect(await tell(id, { transactions: [declined] })).toMatchObject({ verdict: 'unchanged' });
    await tellAndSettle(id, { transactions: [movement(id)] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', capturedAmount: 35_000 });
    await tell(id, { transactions: [declined] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', capturedAmount: 35_000 });
  });
});
