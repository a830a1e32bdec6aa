import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, eventually, openClinic, openPayment, untilReview, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { PAYER } from './support/providers.ts';
import { callsAbout, payAtVendor } from './support/vendors.ts';
import { arm } from '../support/faults.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'grow' });
});
afterAll(() => books.close());

const acknowledgements = async (paymentId: string) =>
  (await callsAbout(paymentId)).filter(({ operation }) => operation === 'acknowledge');

/** Waits until the payment has `count` charges and all are acknowledged. Returns their rows. */
const untilAcknowledged = (paymentId: string, count: number) =>
  eventually(`${count} acknowledged charges of ${paymentId}`, async () => {
    const rows = await books.query<{ at: Date | null; due: Date | null }>(
      `SELECT acknowledged_at AS at, acknowledge_at AS due FROM provider_transactions
       WHERE payment_id = $1 AND kind = 'charge' AND status = 'succeeded'`,
      [paymentId],
    );
    return rows.length === count && rows.every(({ at, due }) => at !== null && due === null) ? rows : null;
  });

async function paid(how: object = {}): Promise<string> {
  const { id } = await openPayment(clinic, { customer: PAYER });
  await payAtVendor(id, how);
  return id;
}

describe('Grow is told that a charge was taken note of', () => {
  it('once, and not again by webhooks that repeat nor by being asked about', async () => {
    const id = await paid({ webhook: 'duplicate', copies: 5 });
    await untilStatus(clinic, id, 'completed');
    await untilAcknowledged(id, 1);
    await check(clinic, id);
    // A later charge is acknowledged, so the sweeper has been round since.
    await untilAcknowledged(await paid(), 1);
    expect(await acknowledgements(id)).toMatchObject([{ status: 200 }]);
  });

  it('also where no webhook came', async () => {
    const id = await paid({ webhook: 'never' });
    await check(clinic, id);
    await untilAcknowledged(id, 1);
    expect(await acknowledgements(id)).toHaveLength(1);
  });

  it('also where the sum is not what was asked: the money was taken', async () => {
    const id = await paid({ webhook: 'wrong_amount' });
    await untilReview(clinic, id, 'amount_mismatch');
    await untilAcknowledged(id, 1);
    expect(await acknowledgements(id)).toHaveLength(1);
  });

  it('for each of two charges on one page', async () => {
    const id = await paid();
    await untilStatus(clinic, id, 'completed');
    await payAtVendor(id);
    await untilReview(clinic, id, 'duplicate_payment');
    await untilAcknowledged(id, 2);
    const bodies = (await acknowledgements(id)).map(({ body }) => body as { transactionId: string });
    expect(new Set(bodies.map(({ transactionId }) => transactionId)).size).toBe(2);
    expect(bodies).toHaveLength(2);
  });

  it.each(['status_500', 'timeout_after_effect', 'html', 'error_in_200'])(
    'again after %s, and the payment does not wait for it',
    async (fault) => {
      await arm(clinic.account, { operation: 'acknowledge', fault });
      const id = await paid();
      await untilStatus(clinic, id, 'completed');
      await untilAcknowledged(id, 1);
      expect(await acknowledgements(id)).toHaveLength(2);
    },
  );
});
