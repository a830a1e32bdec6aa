import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { openClinic, openPayment, readPayment, readTimeline, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { PAYER, PROVIDERS } from './support/providers.ts';
import { findingsOf, loseWebhooks, reconcile } from './support/reconciliation.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { payAtVendor, withoutLags } from './support/vendors.ts';

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

/** A copy of the payment's charge that the vendor has never heard of. */
const addCharge = (payment: PaymentBody, age: string) =>
  books.query(
    `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind, status,
       amount, currency, paid_at, paid_at_raw, means, raw_code)
     SELECT 'more_' || id, workspace_id, payment_id, account_id, 'more_' || provider_transaction_id, kind, status, amount,
       currency, now() - $2::interval, '', means, raw_code
     FROM provider_transactions WHERE payment_id = $1`,
    [payment.id, age],
  );

const changeAmount = ({ id }: PaymentBody, by: number) =>
  books.query('UPDATE provider_transactions SET amount = amount + $2 WHERE payment_id = $1', [id, by]);

/** The invoice service refused its document, and a person has been asked. */
async function failPush({ id }: PaymentBody): Promise<void> {
  await books.query(
    `INSERT INTO invoice_pushes (document_id, workspace_id, account_id, service, status, last_error)
     SELECT d.id, d.workspace_id, p.account_id, 'green-invoice', 'failed', 'rejected'
     FROM tax_documents d JOIN payments p ON p.id = d.payment_id WHERE p.id = $1`,
    [id],
  );
  await books.query(`UPDATE payments SET review = 'push_failed' WHERE id = $1`, [id]);
}

describe.each(PROVIDERS)('the reconciliation of %s', (provider) => {
  const counted = `tashlum_reconciliation_findings_total{provider="${provider}",kind="other_amount"}`;
  let clinic: Clinic;
  let right: PaymentBody;
  let odd: PaymentBody;
  let held: PaymentBody;
  let lagging: PaymentBody;
  let gone: PaymentBody;
  let countedBefore: number;

  /** Books that differ in everything that can differ, compared twice. */
  beforeAll(async () => {
    clinic = await openClinic({ provider });
    await withoutLags(clinic.account);
    await openPayment(clinic, { customer: PAYER });
    const five = [paid(clinic), paid(clinic), paid(clinic), paid(clinic), paid(clinic)] as const;
    [right, odd, held, lagging, gone] = await Promise.all(five);
    await changeAmount(odd, -1);
    await changeAmount(held, 1);
    await failPush(held);
    await addCharge(lagging, '1 minute');
    await addCharge(gone, '2 hours');
    countedBefore = await metric(counted);
    await reconcile(books, clinic.id);
    await reconcile(books, clinic.id);
  });

  it('finds nothing where all is well', async () => {
    expect(await findingsOf(books, right.id)).toEqual([]);
    expect(await readPayment(clinic, right.id)).toMatchObject({ status: 'completed', review: null });
  });

  it('tells of another amount once, and changes nothing', async () => {
    expect(await findingsOf(books, odd.id)).toEqual(['other_amount']);
    expect(await reviewsOpened(odd.id)).toBe(1);
    expect(await metric(counted)).toBe(countedBefore + 2);
    expect(await readPayment(clinic, odd.id)).toMatchObject({
      status: 'completed',
      review: 'reconciliation',
    });
    const told = (await readTimeline(clinic, odd.id)).filter(({ kind }) => kind === 'reconciliation');
    expect(told.map(({ summary }) => summary)).toEqual([
      expect.stringContaining(`${provider} shows 350.00 ILS where our books have a charge of 349.99 ILS`),
    ]);
  });

  it('leaves a review that is open as it is, and says in the timeline what else was found', async () => {
    expect(await readPayment(clinic, held.id)).toMatchObject({ review: 'push_failed' });
    expect(await findingsOf(books, held.id)).toEqual(['other_amount']);
    expect(await reviewsOpened(held.id)).toBe(0);
    const kinds = (await readTimeline(clinic, held.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'reconciliation')).toHaveLength(1);
  });

  it('misses money that the provider does not show, once it is older than a vendor may lag', async () => {
    expect(await findingsOf(books, lagging.id)).toEqual([]);
    expect(await findingsOf(books, gone.id)).toEqual(['missing_transaction']);
    // By our books it was paid twice, which is more urgent.
    expect(await readPayment(clinic, gone.id)).toMatchObject({ review: 'duplicate_payment' });
  });

  it('brings in what no webhook told: a payment, and a refund that was made at the provider', async () => {
    const unheard = await openPayment(clinic, { customer: PAYER });
    await loseWebhooks(books, clinic.id);
    await payAtVendor(unheard.id);
    await refundAtVendor(right.id, 1_000);
    await reconcile(books, clinic.id);
    expect(await untilStatus(clinic, unheard.id, 'completed')).toMatchObject({ review: null });
    const credited = await untilStatus(clinic, right.id, 'partially_refunded');
    expect(credited).toMatchObject({ refundedAmount: 1_000, review: 'reconciliation' });
    await reconcile(books, clinic.id);
    expect(await reviewsOpened(right.id)).toBe(1);
    expect(await findingsOf(books, right.id)).toEqual([]);
    expect((await readPayment(clinic, right.id)).refundedAmount).toBe(1_000);
  });
});

it('is due every night in Israel', async () => {
  const rows = await books.query<{ cron: string; timezone: string }>(
    `SELECT cron, timezone FROM pgboss.schedule WHERE name = 'reconcile'`,
  );
  expect(rows).toEqual([{ cron: '10 3 * * *', timezone: 'Asia/Jerusalem' }]);
});
