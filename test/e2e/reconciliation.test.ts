import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { openClinic, openPayment, readPayment, readTimeline, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { PAYER, PROVIDERS } from './support/providers.ts';
import { findingsOf, loseWebhooks, reconcile } from './support/reconciliation.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { payAtVendor } from './support/vendors.ts';

/** Grow gives back parts of a charge only once it was transmitted, which takes 2 s at the simulator. */
const TRANSMITTED_MS = 2_100;

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

async function paid(clinic: Clinic): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer: PAYER });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

const reviewsOpened = async (paymentId: string): Promise<number> =>
  (await books.eventsOf(paymentId)).filter((type) => type === 'payment.review_opened').length;

async function metric(line: string): Promise<number> {
  const urls = [readEnvironment().metricsUrl].flat();
  const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  const found = texts.flatMap((text) => text.split('\n')).find((one) => one.startsWith(`${line} `));
  return Number(found?.slice(line.length + 1) ?? 0);
}

describe.each(PROVIDERS)('the reconciliation of %s', (provider) => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ provider });
  });

  it('finds nothing where all is well', async () => {
    const payment = await paid(clinic);
    await openPayment(clinic, { customer: PAYER });
    await reconcile(books, clinic.id);
    expect(await findingsOf(books, payment.id)).toEqual([]);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
  });

  it('tells of another amount once, and changes nothing', async () => {
    const payment = await paid(clinic);
    await books.query('UPDATE provider_transactions SET amount = amount - 1 WHERE payment_id = $1', [
      payment.id,
    ]);
    const counted = `tashlum_reconciliation_findings_total{provider="${provider}",kind="other_amount"}`;
    const before = await metric(counted);
    await reconcile(books, clinic.id);
    await reconcile(books, clinic.id);
    expect(await findingsOf(books, payment.id)).toEqual(['other_amount']);
    expect(await reviewsOpened(payment.id)).toBe(1);
    expect(await metric(counted)).toBe(before + 1);
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'completed',
      review: 'reconciliation',
      capturedAmount: payment.amount,
    });
    const told = (await readTimeline(clinic, payment.id)).filter(({ kind }) => kind === 'reconciliation');
    expect(told.map(({ summary }) => summary)).toEqual([
      expect.stringContaining(`${provider} shows 350.00 ILS where our books have a charge of 349.99 ILS`),
    ]);
  });

  it('misses money that the provider does not show, once it is older than a vendor may lag', async () => {
    const payment = await paid(clinic);
    const addCharge = (name: string, age: string) =>
      books.query(
        `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind,
           status, amount, currency, paid_at, paid_at_raw, means, raw_code)
         SELECT $2 || id, workspace_id, payment_id, account_id, $2 || provider_transaction_id, kind, status, amount,
           currency, now() - $3::interval, '', means, raw_code
         FROM provider_transactions WHERE payment_id = $1 LIMIT 1`,
        [payment.id, name, age],
      );
    await addCharge('new_', '1 minute');
    await reconcile(books, clinic.id);
    expect(await findingsOf(books, payment.id)).toEqual([]);
    await addCharge('old_', '2 hours');
    await reconcile(books, clinic.id);
    expect(await findingsOf(books, payment.id)).toEqual(['missing_transaction']);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'reconciliation' });
  });

  it('leaves a review that is open as it is, and says in the timeline what else was found', async () => {
    const payment = await paid(clinic);
    await books.query(`UPDATE payments SET review = 'push_failed' WHERE id = $1`, [payment.id]);
    await books.query('UPDATE provider_transactions SET amount = amount + 1 WHERE payment_id = $1', [
      payment.id,
    ]);
    await reconcile(books, clinic.id);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'push_failed' });
    expect(await findingsOf(books, payment.id)).toEqual(['other_amount']);
    expect(await reviewsOpened(payment.id)).toBe(0);
  });

  it('brings in what no webhook told: a payment, and a refund that was made at the provider', async () => {
    const unheard = await openPayment(clinic, { customer: PAYER });
    const payment = await paid(clinic);
    await delay(provider === 'grow' ? TRANSMITTED_MS : 0);
    await loseWebhooks(books, clinic.id);
    await payAtVendor(unheard.id);
    await refundAtVendor(clinic, payment.id, 1_000);
    await reconcile(books, clinic.id);
    expect(await untilStatus(clinic, unheard.id, 'completed')).toMatchObject({ review: null });
    const credited = await untilStatus(clinic, payment.id, 'partially_refunded');
    expect(credited).toMatchObject({ refundedAmount: 1_000, review: 'reconciliation' });
    await reconcile(books, clinic.id);
    expect(await reviewsOpened(payment.id)).toBe(1);
    expect(await findingsOf(books, payment.id)).toEqual([]);
    expect((await readPayment(clinic, payment.id)).refundedAmount).toBe(1_000);
  });
});

it('is due every night in Israel', async () => {
  const rows = await books.query<{ cron: string; timezone: string }>(
    `SELECT cron, timezone FROM pgboss.schedule WHERE name = 'reconcile'`,
  );
  expect(rows).toEqual([{ cron: '10 3 * * *', timezone: 'Asia/Jerusalem' }]);
});
