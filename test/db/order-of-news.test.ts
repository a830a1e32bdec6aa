import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createSettleRefund } from '../../src/activities/refunds/settle-refund.ts';
import { createSettlePayment } from '../../src/activities/payments/settle-payment.ts';
import type { PaymentFinding } from '../../src/providers/payments/payment-provider.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, eventually, openPayment, readPayment } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { listRefunds, refund } from '../e2e/support/refunds.ts';
import { disputeOf, transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';
import { placeIn } from '../../src/sealed-places.ts';

let word: VendorWord;
let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
  clinic = word.clinic;
});
afterAll(() => Promise.all([word.close(), books.close()]));

const tell: VendorWord['tell'] = (...told) => word.tell(...told);

/** The vendor tells this of the payment, and what is to be settled is settled. */
async function tellAndSettle(paymentId: string, finding: Partial<PaymentFinding>): Promise<void> {
  const { verdict, transactionId } = await tell(paymentId, finding);
  if (verdict !== 'paid' || transactionId === null) throw new Error(`told, and it is ${verdict}`);
  const order = { workspaceId: clinic.id, paymentId, transactionId, eventIds: [] };
  await createSettlePayment(word.context)(order);
}

const eventsOf = async (id: string) =>
  (await books.eventsOf(id)).filter((type) => /dispute|review/.test(type));

describe('a dispute', () => {
  it('that is seen together with its charge suspends the payment and blocks refunds', async () => {
    const { id } = await openPayment(clinic);
    const charge = transaction(id);
    await tellAndSettle(id, { transactions: [charge], disputes: [disputeOf(charge.transactionId, 'open')] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed', review: 'provider_dispute' });
    expect(await refund(clinic, id)).toMatchObject({ status: 409, json: { code: 'not_refundable' } });
  });

  it('that is told before its charge is kept, and applied when the charge comes', async () => {
    const { id } = await openPayment(clinic);
    const charge = transaction(id);
    await tell(id, { disputes: [disputeOf(charge.transactionId, 'open')] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: null });
    await tellAndSettle(id, { transactions: [charge] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'disputed', review: 'provider_dispute' });
  });

  it('that was lost and is won on appeal counts, and what comes late changes nothing', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    for (const status of ['lost', 'won', 'open', 'lost'] as const)
      await tell(payment.id, { disputes: [disputeOf(chargeId, status)] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await eventsOf(payment.id)).toEqual([
      'dispute.closed',
      'payment.review_opened',
      'dispute.closed',
      'payment.review_closed',
    ]);
  });

  it('that was lost and credited, and is won on appeal, proposes to take the credit back', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    await tell(payment.id, { disputes: [disputeOf(chargeId, 'lost')] });
    await call('POST', `/v1/payments/${payment.id}/resolve`, {
      key: clinic.key,
      body: { action: 'refund', reason: 'given up' },
    });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
    await tell(payment.id, { disputes: [disputeOf(chargeId, 'won')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'refunded',
      review: 'refund_reversed',
    });
  });

  it('that is an inquiry took no money: it is told, and the money may be given back', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    await tell(payment.id, { disputes: [disputeOf(chargeId, 'inquiry')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await eventsOf(payment.id)).toEqual(['dispute.opened']);
    expect((await refund(clinic, payment.id, { amount: 1_000, method: 'cash' })).status).toBe(201);
    await tell(payment.id, { disputes: [disputeOf(chargeId, 'open')] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'disputed',
      review: 'provider_dispute',
    });
  });

  it('of a charge that became a payment of its own is that payment’s', async () => {
    const { payment } = await paidCharge(clinic, books);
    const second = transaction(payment.id, { transactionId: `second-of-${payment.id}` });
    await tell(payment.id, { transactions: [second] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'duplicate_payment' });
    await call('POST', `/v1/payments/${payment.id}/resolve`, {
      key: clinic.key,
      body: { action: 'accept', reason: 'two visits' },
    });
    const [own] = await books.query<{ id: string }>('SELECT id FROM payments WHERE taken_from = $1', [
      payment.id,
    ]);
    await tell(payment.id, { disputes: [disputeOf(second.transactionId, 'open')] });
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
    const declined = transaction(id, { status: 'declined' });
    expect(await tell(id, { transactions: [declined] })).toMatchObject({ verdict: 'unchanged' });
    await tellAndSettle(id, { transactions: [transaction(id)] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', capturedAmount: 35_000 });
    await tell(id, { transactions: [declined] });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', capturedAmount: 35_000 });
  });

  it('brings the secret that its refunds need, sealed for the row that is there already', async () => {
    const { id } = await openPayment(clinic);
    await tell(id, { transactions: [transaction(id, { status: 'declined' })] });
    await tell(id, { transactions: [transaction(id, { secret: 'the part that can go back' })] });
    const [row] = await books.query<{ id: string; sealed: Buffer }>(
      'SELECT id, secret_sealed AS sealed FROM provider_transactions WHERE payment_id = $1',
      [id],
    );
    const place = placeIn('provider_transactions.secret', row?.id ?? '');
    const secret = word.context.secrets.open(place, row?.sealed ?? Buffer.alloc(0));
    expect(secret.toString()).toBe('the part that can go back');
  });
});

it('a refund that names no charge is tied to none where a second charge became a payment of its own', async () => {
  const { payment } = await paidCharge(clinic, books);
  await tell(payment.id, {
    transactions: [transaction(payment.id, { transactionId: `second-of-${payment.id}` })],
  });
  await call('POST', `/v1/payments/${payment.id}/resolve`, {
    key: clinic.key,
    body: { action: 'accept', reason: 'two visits' },
  });
  const back = transaction(payment.id, {
    transactionId: `back-${payment.id}`,
    kind: 'refund',
    amount: 1_000,
  });
  await tell(payment.id, { transactions: [back] });
  expect(await readPayment(clinic, payment.id)).toMatchObject({
    status: 'completed',
    review: 'reconciliation',
  });
  expect(await books.query('SELECT id FROM refunds WHERE payment_id = $1', [payment.id])).toEqual([]);
});

describe('a second charge by gift card and card whose card part went back at the vendor', () => {
  /** Of 350 shekels the card paid 40, and those are back. */
  async function held(): Promise<{ id: string }> {
    const { payment } = await paidCharge(clinic, books);
    const second = transaction(payment.id, { transactionId: `second-of-${payment.id}`, refundable: 4_000 });
    const back = transaction(payment.id, {
      transactionId: `back-${payment.id}`,
      kind: 'refund',
      amount: 4_000,
      refundOf: second.transactionId,
    });
    await tell(payment.id, { transactions: [second, back] });
    await eventually('the end of the refund', async () =>
      (await listRefunds(clinic, payment.id)).every(({ status }) => status === 'completed') ? true : null,
    );
    return payment;
  }

  const resolve = (id: string, action: string) =>
    call<{ detail?: string; errors?: readonly { readonly message: string }[] }>(
      'POST',
      `/v1/payments/${id}/resolve`,
      { key: clinic.key, body: { action, reason: 'two visits' } },
    );

  it('is not given back through the vendor: nothing is left of the card’s part', async () => {
    const { id } = await held();
    const answer = await resolve(id, 'refund');
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.json)).toContain('only 0.00 ILS can be refunded through payplus');
    expect(await listRefunds(clinic, id)).toHaveLength(1);
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'duplicate_payment' });
  });

  it('may become a payment of its own with what went back of it, and its rest goes back by hand', async () => {
    const { id } = await held();
    expect((await resolve(id, 'accept')).status).toBe(200);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', review: null });
    expect(await listRefunds(clinic, id)).toEqual([]);
    const [own] = await books.query<{ id: string }>('SELECT id FROM payments WHERE taken_from = $1', [id]);
    const ownId = own?.id ?? '';
    expect(await listRefunds(clinic, ownId)).toMatchObject([{ amount: 4_000, status: 'completed' }]);
    expect(await readPayment(clinic, ownId)).toMatchObject({
      status: 'partially_refunded',
      review: null,
      capturedAmount: 35_000,
      refundedAmount: 4_000,
    });
    const wish = await refund(clinic, ownId, { amount: 1 });
    expect([wish.status, wish.json.code]).toEqual([409, 'refund_exceeds_charge']);
    expect((await refund(clinic, ownId, { amount: 31_000, method: 'cash' })).status).toBe(201);
  });

  it('is not documented while its card’s part is still on its way back', async () => {
    const { id } = await held();
    await books.query(`UPDATE refunds SET status = 'pending', completed_at = NULL WHERE payment_id = $1`, [
      id,
    ]);
    expect((await resolve(id, 'accept')).status).toBe(422);
  });
});

it('a part that went back before anybody knew that its charge would be documented gets its credit with it', async () => {
  const { id } = await openPayment(clinic);
  const wrong = transaction(id, { transactionId: `wrong-${id}`, amount: 20_000 });
  await tell(id, { transactions: [wrong, transaction(id)] });
  const part = transaction(id, {
    transactionId: `part-${id}`,
    kind: 'refund',
    refundOf: `charge-of-${id}`,
    amount: 3_000,
  });
  await tell(id, { transactions: [part] });
  const refunds = () =>
    books.query<{ id: string; status: string }>('SELECT id, status FROM refunds WHERE payment_id = $1', [id]);
  await eventually('the end of the refund', async () =>
    (await refunds()).some(({ status }) => status === 'completed') ? true : null,
  );
  const back = transaction(id, {
    ...wrong,
    transactionId: `back-${id}`,
    kind: 'refund',
    refundOf: wrong.transactionId,
  });
  await tellAndSettle(id, { transactions: [back] });
  expect(await readPayment(clinic, id)).toMatchObject({ status: 'partially_refunded', review: null });
  const credits = () =>
    books.query('SELECT total::int FROM tax_documents WHERE payment_id = $1 AND refund_id IS NOT NULL', [id]);
  await eventually('the credit of the part', async () => ((await credits()).length > 0 ? true : null));
  expect(await credits()).toEqual([{ total: 3_000 }]);
});

it('a charge that went back whole is not the one that is documented: the next is, and nothing is credited', async () => {
  const { id } = await openPayment(clinic);
  const gone = transaction(id, { transactionId: `gone-${id}`, paidAt: new Date(Date.now() - 60_000) });
  const back = transaction(id, { transactionId: `back-${id}`, kind: 'refund', refundOf: gone.transactionId });
  await tellAndSettle(id, { transactions: [gone, back, transaction(id)] });
  const [row] = await books.query<{ id: string }>('SELECT id FROM refunds WHERE payment_id = $1', [id]);
  await createSettleRefund(word.context)({ workspaceId: clinic.id, refundId: row?.id ?? '' });
  const after = await readPayment(clinic, id);
  expect(after).toMatchObject({
    status: 'completed',
    review: null,
    capturedAmount: 70_000,
    refundedAmount: 35_000,
  });
  expect(after.documentIds).toHaveLength(1);
});

it('a refund of a charge whose document our own rules refuse is asked about less and less often', async () => {
  const { id } = await openPayment(clinic);
  const back = {
    kind: 'refund',
    transactionId: `back-${id}`,
    amount: 1_000,
    refundOf: `charge-of-${id}`,
  } as const;
  await tell(id, { transactions: [transaction(id), transaction(id, back)] });
  const [row] = await books.query<{ id: string }>(
    `UPDATE refunds SET created_at = now() - interval '1 hour' WHERE payment_id = $1 RETURNING id`,
    [id],
  );
  const answer: unknown = await createSettleRefund(word.context)({
    workspaceId: clinic.id,
    refundId: row?.id ?? '',
  }).catch((error: unknown) => error);
  // After a tenth of the hour that has passed.
  expect(answer).toMatchObject({ type: 'not_yet', nextRetryDelay: expect.closeTo(360_000, -4) });
});
