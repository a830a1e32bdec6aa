import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, openPayment, readPayment, readTimeline } from '../e2e/support/clinic.ts';
import { disputeOf, transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

/** Reviews that opened and closed, each with the place of its refund in `refundIds`. */
async function reviewsTold(paymentId: string, refundIds: readonly string[]): Promise<string[]> {
  const rows = await books.query<{ type: string; review: string; refundId: string | null }>(
    `SELECT type, facts ->> 'review' AS review, facts ->> 'refundId' AS "refundId" FROM events
     WHERE payment_id = $1 AND type LIKE 'payment.review%' ORDER BY sequence`,
    [paymentId],
  );
  return rows.map(({ type, review, refundId }) => {
    const which = refundId === null ? '' : ` ${refundIds.indexOf(refundId) + 1}`;
    return `${type.replace('payment.review_', '')} ${review}${which}`;
  });
}

/** A payment of which two parts went back at the vendor: our refunds of them. */
async function twiceRefunded() {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  const back = [1, 2].map((n) =>
    transaction(payment.id, {
      transactionId: `back-${n}-${payment.id}`,
      kind: 'refund',
      amount: 1_000 * n,
      refundOf: chargeId,
    }),
  );
  await word.tell(payment.id, { transactions: back });
  const rows = await books.query<{ id: string }>(
    'SELECT id FROM refunds WHERE payment_id = $1 ORDER BY amount',
    [payment.id],
  );
  const takeBack = (...which: readonly number[]) =>
    word.tell(payment.id, {
      transactions: back
        .filter((_, n) => which.includes(n + 1))
        .map((one) => ({ ...one, status: 'declined' })),
    });
  return { id: payment.id, refundIds: rows.map(({ id }) => id), takeBack };
}

const linesOf = async (id: string, kind: string) =>
  (await readTimeline(word.clinic, id)).filter((line) => line.kind === kind);

const resolve = (id: string, body: object) =>
  call('POST', `/v1/payments/${id}/resolve`, {
    key: word.clinic.key,
    body: { reason: 'as the dashboard says', ...body },
  });

/** The refunds that nobody has an answer for are put to a person. */
const askAbout = (...ids: readonly string[]) =>
  books.query(
    `UPDATE refunds SET person_asked_at = now(), status = 'pending', outcome = 'unknown', sent_at = now(), started_at = 'infinity'
     WHERE id = ANY($1)`,
    [ids],
  );

describe('a review about one of several refunds', () => {
  it('is told for each of them, when its turn comes', async () => {
    const { id, refundIds, takeBack } = await twiceRefunded();
    await takeBack(1);
    await takeBack(1, 2);
    await takeBack(1, 2);
    expect((await reviewsTold(id, refundIds)).filter((line) => line.includes('reversed'))).toEqual([
      'opened refund_reversed 1',
      'opened refund_reversed 2',
    ]);
    const opened = await linesOf(id, 'review_opened');
    expect(opened.filter(({ summary }) => summary.includes('came back'))).toHaveLength(2);
  });

  it('that are several at once are told one by one, and those that are left again after a decision', async () => {
    const { id, refundIds, takeBack } = await twiceRefunded();
    await takeBack(1, 2);
    const told = async () => (await reviewsTold(id, refundIds)).filter((line) => line.includes('reversed'));
    const both = await told();
    expect([...both].sort()).toEqual(['opened refund_reversed 1', 'opened refund_reversed 2']);
    await resolve(id, { action: 'dismiss', refundId: refundIds[0] });
    expect(await told()).toEqual([...both, 'closed refund_reversed 1', 'opened refund_reversed 2']);
  });

  it('closes for the one that is known meanwhile, and stays for the other', async () => {
    const { payment } = await paidCharge(word.clinic, books);
    const { id } = payment;
    const [one, other] = await insertRefunds(id);
    await askAbout(one);
    await word.tell(id, {});
    await askAbout(other);
    await word.tell(id, {});
    await books.query(`UPDATE refunds SET status = 'failed', outcome = 'known' WHERE id = $1`, [one]);
    await word.tell(id, {});
    expect(await reviewsTold(id, [one, other])).toEqual([
      'opened unknown_outcome 1',
      'opened unknown_outcome 2',
      'closed unknown_outcome 1',
    ]);
  });
});

async function insertRefunds(paymentId: string): Promise<[string, string]> {
  const ids: [string, string] = [`ref_1${paymentId.slice(5)}`, `ref_2${paymentId.slice(5)}`];
  for (const id of ids)
    await books.query(
      `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented, reason, status, started_at)
       SELECT $2, workspace_id, payment_id, id, 1000, currency, 'original', 'api', true, 'test', 'pending', 'infinity'
       FROM provider_transactions WHERE payment_id = $1 AND kind = 'charge'`,
      [paymentId, id],
    );
  return ids;
}

describe('a decision', () => {
  it('that writes a lost dispute off says where the payment goes', async () => {
    const { payment, chargeId } = await paidCharge(word.clinic, books);
    await word.tell(payment.id, { disputes: [disputeOf(chargeId, 'lost')] });
    await resolve(payment.id, { action: 'dismiss' });
    expect(await readPayment(word.clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await linesOf(payment.id, 'dispute_written_off')).toEqual([
      expect.objectContaining({ from: 'disputed', to: 'completed' }),
    ]);
  });

  it('that takes a credit back says where the payment goes', async () => {
    const { payment, chargeId } = await paidCharge(word.clinic, books);
    await word.tell(payment.id, { disputes: [disputeOf(chargeId, 'lost')] });
    await resolve(payment.id, { action: 'refund' });
    await word.tell(payment.id, { disputes: [disputeOf(chargeId, 'won')] });
    await resolve(payment.id, { action: 'accept' });
    expect(await readPayment(word.clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
    expect(await linesOf(payment.id, 'refund_taken_back')).toEqual([
      expect.objectContaining({ from: 'refunded', to: 'completed' }),
    ]);
  });

  it('that leaves a wrong sum held is on the timeline, and the review stays', async () => {
    const { id } = await openPayment(word.clinic);
    await word.tell(id, { transactions: [transaction(id, { amount: 34_000 })] });
    await resolve(id, { action: 'dismiss' });
    expect(await readPayment(word.clinic, id)).toMatchObject({ review: 'amount_mismatch' });
    const [line, ...more] = await linesOf(id, 'review_left_open');
    expect(more).toEqual([]);
    expect(line?.summary).toContain('stays held');
    expect(await reviewsTold(id, [])).toEqual(['opened amount_mismatch']);
  });
});
