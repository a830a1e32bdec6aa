import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { closeEverything } from './support/breakers.ts';
import {
  check,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { creditsOf, paid, resolve } from './support/paid-payments.ts';
import { listRefunds, refund, stopAsking, untilRefund, untilRefunds } from './support/refunds.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { arm, clearFaults } from '../support/faults.ts';
import { payAtVendor } from './support/vendors.ts';

let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
});
afterEach(async () => {
  await clearFaults(clinic.account);
  await closeEverything();
});
afterAll(async () => {
  await stopAsking(books, clinic);
  await books.close();
});

const sumOf = (amounts: readonly { total: number }[]) => amounts.reduce((sum, { total }) => sum + total, 0);

async function inCash(id: string, amount: number): Promise<void> {
  const { json } = await refund(clinic, id, { amount, method: 'cash' });
  await untilRefund(clinic, id, json.id, { status: 'completed' });
}

describe('more given back than came', () => {
  it('is credited as far as it fits; the rest is recorded without a document until a person has decided', async () => {
    const { id } = await paid(clinic, { amount: 8_000 });
    await inCash(id, 5_000);
    await refundAtVendor(id, 5_000);
    await check(clinic, id);
    await untilRefunds(clinic, id, 2);
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'refunded',
      review: 'reconciliation',
      refundedAmount: 10_000,
      capturedAmount: 8_000,
    });
    const totals = (await creditsOf(clinic, id)).map(({ total }) => total).sort((a, b) => a - b);
    expect(totals).toEqual([3_000, 5_000]);
    await check(clinic, id);
    expect((await readPayment(clinic, id)).review).toBe('reconciliation');
    await resolve(clinic, id, { action: 'accept' });
    expect(await check(clinic, id)).toMatchObject({
      status: 'refunded',
      review: null,
      refundedAmount: 10_000,
    });
    expect(await creditsOf(clinic, id)).toHaveLength(2);
  });

  it('because a dismissed refund happened after all gets no second credit', async () => {
    const { id, amount } = await paid(clinic, { amount: 8_000 });
    await arm(clinic.account, { operation: 'find_payment', fault: 'status_500', times: 1_000 });
    await arm(clinic.account, { operation: 'refund', fault: 'empty' });
    refund(clinic, id).catch(() => undefined);
    await eventually('the unknown outcome', async () =>
      (await readPayment(clinic, id)).outcome === 'unknown' ? true : null,
    );
    await books.query(`UPDATE refunds SET sent_at = sent_at - interval '16 minutes' WHERE payment_id = $1`, [
      id,
    ]);
    await untilReview(clinic, id, 'unknown_outcome');
    await resolve(clinic, id, { action: 'dismiss' });
    await inCash(id, amount);
    await clearFaults(clinic.account);
    await closeEverything();
    await check(clinic, id);
    await untilReview(clinic, id, 'reconciliation');
    await eventually('the end of all refunds', async () =>
      (await listRefunds(clinic, id)).every(({ status }) => status !== 'pending') ? true : null,
    );
    expect(sumOf(await creditsOf(clinic, id))).toBe(amount);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'refunded', refundedAmount: 2 * amount });
  });
});

describe('what our own rules refuse', () => {
  it('is a person’s question at once, not tried again without end, and settled once it fits', async () => {
    const own = await openClinic();
    const { id } = await openPayment(own);
    await books.query(`UPDATE tax_profiles SET valid_from = '2990-01-01' WHERE workspace_id = $1`, [own.id]);
    await payAtVendor(id);
    const held = await untilReview(own, id, 'reconciliation');
    expect(held).toMatchObject({ status: 'pending', documentIds: [], capturedAmount: held.amount });
    await books.query(`UPDATE tax_profiles SET valid_from = '2000-01-01' WHERE workspace_id = $1`, [own.id]);
    await check(own, id);
    expect(await untilStatus(own, id, 'completed')).toMatchObject({ review: 'reconciliation' });
  });
});
