import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { closeEverything } from './support/breakers.ts';
import { check, eventually, openClinic, readPayment, untilReview } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { creditsOf, paid, resolve } from './support/paid-payments.ts';
import { listRefunds, refund, stopAsking, untilRefund } from './support/refunds.ts';
import { refundOrdersOf } from './support/vendor-refunds.ts';
import { arm, clearFaults } from '../support/faults.ts';

let books: Books;
let clinic: Clinic;
let silent: Clinic;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  silent = await openClinic({ provider: 'grow' });
});
afterEach(() => providerIsBack());
afterAll(async () => {
  await stopAsking(books, clinic, silent);
  await books.close();
});

async function providerIsBack(): Promise<void> {
  for (const at of [clinic, silent]) await clearFaults(accountOf(at));
  await closeEverything();
}

const untilUnknown = (at: Clinic, id: string) =>
  eventually('the unknown outcome', async () =>
    (await readPayment(at, id)).outcome === 'unknown' ? true : null,
  );

/** Grow is asked about a page by the page's code alone. */
const accountOf = ({ account, credentials }: Clinic) => ({
  ...account,
  account: credentials['pageCode'] ?? account.account,
});

/** The provider cannot be asked, and the answer to the next refund is lost. */
async function losesAnswers(at: Clinic, fault: 'empty' | 'html', times = 1): Promise<void> {
  await arm(accountOf(at), { operation: 'find_payment', fault: 'status_500', times: 1_000 });
  await arm(accountOf(at), { operation: 'refund', fault, times });
}

const isLong = (paymentId: string) =>
  books.query(`UPDATE refunds SET sent_at = sent_at - interval '16 minutes' WHERE payment_id = $1`, [
    paymentId,
  ]);

/** A second refund of the payment that was sent a quarter of an hour ago, and nobody knows what became of it. */
async function alsoUnknown(paymentId: string, amount: number): Promise<string> {
  const [row] = await books.query<{ id: string }>(
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented,
       status, outcome, reason, sent_at, started_at, next_check_at, person_asked_at)
     SELECT 'ref_' || left(md5(id), 26), workspace_id, payment_id, charge_id, $2, currency, method, origin, true, 'pending',
       'unknown', reason, sent_at, now(), now() + interval '1 hour', now()
     FROM refunds WHERE payment_id = $1 RETURNING id`,
    [paymentId, amount],
  );
  if (row === undefined) throw new Error('there was no refund to copy');
  return row.id;
}

/** A person is asked about so many of the payment's refunds. */
const untilAskedAbout = (paymentId: string, count: number) =>
  eventually(`questions about ${count} refunds of ${paymentId}`, async () => {
    const asked = await books.query(
      'SELECT 1 FROM refunds WHERE payment_id = $1 AND person_asked_at IS NOT NULL',
      [paymentId],
    );
    return asked.length === count ? true : null;
  });

describe('of two refunds of a payment', () => {
  it('ordered at once only one leaves; the other waits until it is known what became of the first', async () => {
    const { id } = await paid(clinic);
    await losesAnswers(clinic, 'html', 2);
    void Promise.allSettled([refund(clinic, id, { amount: 20_000 }), refund(clinic, id, { amount: 5_000 })]);
    await untilUnknown(clinic, id);
    const answer = await refund(clinic, id, { amount: 1_000 });
    expect([answer.status, answer.json.code]).toEqual([409, 'outcome_unknown']);
    await isLong(id);
    await untilReview(clinic, id, 'unknown_outcome');
    expect(await refundOrdersOf(id)).toHaveLength(1);
    const unknown = (await listRefunds(clinic, id)).filter(({ outcome }) => outcome === 'unknown');
    expect(unknown).toHaveLength(1);
  });

  it('that are both unknown, the one that a person names is carried out and the other stays unknown', async () => {
    const { id } = await paid(clinic);
    await losesAnswers(clinic, 'html');
    refund(clinic, id, { amount: 20_000 }).catch(() => undefined);
    await untilUnknown(clinic, id);
    const second = await alsoUnknown(id, 5_000);
    await isLong(id);
    await untilAskedAbout(id, 2);
    await untilReview(clinic, id, 'unknown_outcome');
    const word = { action: 'accept', paid: true, transactionId: 'slip-50' };
    const unnamed = await resolve(clinic, id, word);
    expect([unnamed.status, unnamed.json.errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['#/refundId'],
    ]);
    const other = await resolve(clinic, id, { ...word, refundId: 'ref_of_another_payment' });
    expect(other.status).toBe(422);

    const answer = await resolve(clinic, id, { ...word, refundId: second });
    expect(answer.json).toMatchObject({
      refundedAmount: 5_000,
      outcome: 'unknown',
      review: 'unknown_outcome',
    });
    expect((await creditsOf(clinic, id)).map(({ total }) => total)).toEqual([5_000]);
    const statuses = (await listRefunds(clinic, id)).map(({ amount, status }) => [amount, status]);
    expect(statuses).toEqual(
      expect.arrayContaining([
        [20_000, 'pending'],
        [5_000, 'completed'],
      ]),
    );
  });

  it('the one that a person dismisses ends, and the other stays unknown', async () => {
    const { id } = await paid(clinic);
    await losesAnswers(clinic, 'html');
    refund(clinic, id, { amount: 20_000 }).catch(() => undefined);
    await untilUnknown(clinic, id);
    const second = await alsoUnknown(id, 5_000);
    await isLong(id);
    await untilAskedAbout(id, 2);
    await untilReview(clinic, id, 'unknown_outcome');
    const answer = await resolve(clinic, id, { action: 'dismiss', refundId: second });
    expect(answer.json).toMatchObject({ refundedAmount: 0, outcome: 'unknown', review: 'unknown_outcome' });
    await untilRefund(clinic, id, second, { status: 'failed' });
    expect((await refund(clinic, id)).status).toBe(409);
  });
});

describe('a refund that was settled on a person’s word at a vendor that echoes nothing', () => {
  it('is the vendor’s own transaction when that shows up later, though the person mistyped its id', async () => {
    const { id, amount } = await paid(silent);
    await losesAnswers(silent, 'empty');
    refund(silent, id).catch(() => undefined);
    await untilUnknown(silent, id);
    await isLong(id);
    await untilReview(silent, id, 'unknown_outcome');
    await resolve(silent, id, { action: 'accept', paid: true, transactionId: 'slip 4711' });
    await providerIsBack();
    const seen = await check(silent, id);
    expect(seen).toMatchObject({ status: 'refunded', review: null, refundedAmount: amount });
    expect(await listRefunds(silent, id)).toHaveLength(1);
    expect(await creditsOf(silent, id)).toHaveLength(1);
  });
});
