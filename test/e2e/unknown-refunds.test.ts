import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { closeEverything } from './support/breakers.ts';
import { check, eventually, openClinic, readPayment, untilPushed, untilReview } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { creditsOf, paid, resolve } from './support/paid-payments.ts';
import { listRefunds, refund, stopAsking, untilRefund, untilRefunds } from './support/refunds.ts';
import { givenBack, transactionsOf, refundOrdersOf } from './support/vendor-refunds.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ pushes: true });
});
afterEach(() => providerIsBack());
afterAll(async () => {
  await stopAsking(books, clinic);
  await books.close();
});

/**
 * A refund that was sent a quarter of an hour ago and of which nobody knows what became: the provider happened to be down
 * for all of that time.
 */
async function unknownFor15Minutes(has: 'happened' | 'not happened'): Promise<PaymentBody> {
  const payment = await paid(clinic);
  await arm(clinic.account, { operation: 'find_payment', fault: 'status_500', times: 1_000 });
  const fault = has === 'happened' ? 'empty' : 'html';
  await arm(clinic.account, { operation: 'refund', fault });
  refund(clinic, payment.id).catch(() => undefined);
  await eventually('the unknown outcome', async () => {
    const { outcome } = await readPayment(clinic, payment.id);
    return outcome === 'unknown' ? true : null;
  });
  await books.query(`UPDATE refunds SET sent_at = sent_at - interval '16 minutes' WHERE payment_id = $1`, [
    payment.id,
  ]);
  return untilReview(clinic, payment.id, 'unknown_outcome');
}

async function providerIsBack(): Promise<void> {
  await clearFaults(clinic.account);
  await closeEverything();
}

describe('a refund that is unknown for a quarter of an hour', () => {
  it('is shown to a person, also while its provider cannot be asked, and is not settled by itself', async () => {
    const held = await unknownFor15Minutes('happened');
    expect(held).toMatchObject({ outcome: 'unknown', status: 'completed', refundedAmount: 0 });
    expect(await creditsOf(clinic, held.id)).toEqual([]);
  });

  it('is found all the same once the provider is back', async () => {
    const { id, amount } = await unknownFor15Minutes('happened');
    await providerIsBack();
    await untilRefunds(clinic, id, 1);
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'refunded',
      outcome: 'known',
      refundedAmount: amount,
    });
    expect(await refundOrdersOf(id)).toHaveLength(1);
  });

  it('happened when a person says so, and is credited once, also when the provider shows it later', async () => {
    const { id, amount } = await unknownFor15Minutes('happened');
    const transaction = (await transactionsOf(id)).find(({ kind }) => kind === 'refund');
    const answer = await resolve(clinic, id, {
      action: 'accept',
      paid: true,
      transactionId: transaction?.id,
    });
    expect(answer).toMatchObject({
      status: 200,
      json: { status: 'refunded', review: null, outcome: 'known', refundedAmount: amount },
    });
    await providerIsBack();
    expect(await check(clinic, id)).toMatchObject({ status: 'refunded', review: null });
    expect(await creditsOf(clinic, id)).toHaveLength(1);
    const [one] = await untilRefunds(clinic, id, 1);
    await untilPushed(clinic, one?.documentId ?? '');
    expect(await refundOrdersOf(id)).toHaveLength(1);
  });

  it('is credited once, also where the person named another id than the provider has for it', async () => {
    const { id } = await unknownFor15Minutes('happened');
    await resolve(clinic, id, { action: 'accept', paid: true, transactionId: 'slip 4711' });
    await providerIsBack();
    expect(await check(clinic, id)).toMatchObject({ status: 'refunded', review: null });
    expect(await creditsOf(clinic, id)).toHaveLength(1);
    expect(await listRefunds(clinic, id)).toHaveLength(1);
  });

  it('did not happen when a person says so, and may be given back anew', async () => {
    const { id, amount } = await unknownFor15Minutes('not happened');
    const answer = await resolve(clinic, id, { action: 'dismiss' });
    expect(answer).toMatchObject({
      status: 200,
      json: { review: null, outcome: 'known', refundedAmount: 0 },
    });
    await providerIsBack();
    const [first] = await listRefunds(clinic, id);
    expect(first).toMatchObject({ status: 'failed', documentId: null });
    const { json } = await refund(clinic, id);
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    expect(await givenBack(id)).toBe(amount);
  });

  it('that happened though a person said it did not is credited when the provider shows it, and told', async () => {
    const { id, amount } = await unknownFor15Minutes('happened');
    await resolve(clinic, id, { action: 'dismiss' });
    await providerIsBack();
    await check(clinic, id);
    await untilReview(clinic, id, 'reconciliation');
    const states = await eventually('the end of both', async () => {
      const found = (await listRefunds(clinic, id)).map(({ status }) => status).sort();
      return found.includes('pending') ? null : found;
    });
    expect(states).toEqual(['completed', 'failed']);
    await check(clinic, id);
    expect(await creditsOf(clinic, id)).toMatchObject([{ total: amount }]);
  });

  it('needs the id that the dashboard shows to be accepted', async () => {
    const { id } = await unknownFor15Minutes('not happened');
    const answer = await resolve(clinic, id, { action: 'accept', paid: true });
    expect([answer.status, answer.json.review]).toEqual([422, undefined]);
    expect((await readPayment(clinic, id)).review).toBe('unknown_outcome');
  });
});
