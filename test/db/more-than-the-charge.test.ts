import { afterAll, beforeAll, expect, it } from '#jest';
import { asyncLocalStorage } from '@temporalio/activity';
import { createSendRefund } from '../../src/activities/refunds/send-refund.ts';
import { findRefund, insertRefund, markRefundStarted, takeSending } from '../../src/db/refunds.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { readPayment } from '../e2e/support/clinic.ts';
import { untilRefunds } from '../e2e/support/refunds.ts';
import { disputeOf, transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

// No vendor gives back more than was charged. What looks like it is one refund under two names, and a person decides.

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

interface Paid {
  readonly paymentId: string;
  readonly chargeId: string;
  readonly amount: number;
}

async function pay(): Promise<Paid> {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  return { paymentId: payment.id, chargeId, amount: payment.amount };
}

/** The vendor shows a refund of the charge. */
const tellRefund = ({ paymentId, chargeId }: Paid, name: string, amount: number, refundReference?: string) =>
  word.tell(paymentId, {
    transactions: [
      transaction(paymentId, {
        transactionId: `${name}-of-${paymentId}`,
        kind: 'refund',
        amount,
        refundOf: chargeId,
        refundReference: refundReference ?? null,
      }),
    ],
  });

/** An order that no workflow carries out: the test does. */
async function order({ paymentId, chargeId }: Paid, amount: number, isSent: boolean): Promise<string> {
  const id = newId('refund');
  const [charge] = await books.query<{ id: string }>(
    'SELECT id FROM provider_transactions WHERE payment_id = $1 AND provider_transaction_id = $2',
    [paymentId, chargeId],
  );
  await inWorkspace(word.pool, word.clinic.id, async (tx) => {
    await insertRefund(tx, {
      id,
      workspaceId: word.clinic.id,
      paymentId,
      chargeId: charge?.id ?? '',
      transactionId: null,
      amount,
      currency: 'ILS',
      method: 'original',
      origin: 'api',
      isDocumented: true,
      reason: 'visit cancelled',
      paidOn: null,
    });
    await markRefundStarted(tx, id);
    if (isSent) await takeSending(tx, id);
  });
  return id;
}

const read = (id: string) => inWorkspace(word.pool, word.clinic.id, (tx) => findRefund(tx, id));

/** The activity, at a vendor that answers so. */
function send(refundId: string, refund: () => Promise<object>) {
  const adapters = { ...word.context.adapters, payment: () => ({ refund }) };
  const activity = createSendRefund({ ...word.context, adapters } as never);
  const info = { attempt: 1, scheduledTimestampMs: Date.now() };
  return asyncLocalStorage.run({ info } as never, () => activity({ workspaceId: word.clinic.id, refundId }));
}

it('a second whole refund of a charge is not booked, and a person is asked', async () => {
  const paid = await pay();
  await tellRefund(paid, 'record', paid.amount);
  await untilRefunds(word.clinic, paid.paymentId, 1);
  await tellRefund(paid, 'void', paid.amount);
  expect(await readPayment(word.clinic, paid.paymentId)).toMatchObject({
    status: 'refunded',
    review: 'reconciliation',
    refundedAmount: paid.amount,
  });
  const refunds = 'SELECT count(*)::int AS count FROM refunds WHERE payment_id = $1';
  expect(await books.query(refunds, [paid.paymentId])).toEqual([{ count: 1 }]);
});

it('an order is not settled by a transaction of more than what is left, and a person is asked about the order', async () => {
  const paid = await pay();
  await tellRefund(paid, 'record', paid.amount);
  const refundId = await order(paid, paid.amount, true);
  await tellRefund(paid, 'void', paid.amount, refundId);
  expect(await read(refundId)).toMatchObject({ status: 'pending', transactionId: null });
  expect(await readPayment(word.clinic, paid.paymentId)).toMatchObject({ review: 'unknown_outcome' });
});

it('an order of more than what is left is not sent', async () => {
  const paid = await pay();
  const refundId = await order(paid, 20_000, false);
  await tellRefund(paid, 'record', paid.amount - 10_000);
  let calls = 0;
  const give = () => Promise.resolve({ transactionId: `sent-${String((calls += 1))}` });
  expect(await send(refundId, give)).toEqual({ state: 'failed', reason: 'nothing_left' });
  expect(calls).toBe(0);
});

it.each(['open', 'lost'] as const)(
  'an order of money that is with the payer’s bank (%s dispute) is not sent',
  async (status) => {
    const paid = await pay();
    const refundId = await order(paid, 20_000, false);
    await word.tell(paid.paymentId, { disputes: [disputeOf(paid.chargeId, status)] });
    let calls = 0;
    const give = () => Promise.resolve({ transactionId: `sent-${String((calls += 1))}` });
    expect(await send(refundId, give)).toEqual({ state: 'failed', reason: 'nothing_left' });
    expect(calls).toBe(0);
  },
);

it('an answer to an order of more than what was left meanwhile settles nothing, and a person is asked', async () => {
  const paid = await pay();
  const refundId = await order(paid, 20_000, false);
  const give = async () => {
    await tellRefund(paid, 'record', paid.amount - 10_000);
    return { transactionId: `answer-of-${paid.paymentId}`, status: 'succeeded', rawCode: '4' };
  };
  expect(await send(refundId, give)).toEqual({ state: 'look_up' });
  expect(await read(refundId)).toMatchObject({ status: 'pending', transactionId: null });
  expect(await readPayment(word.clinic, paid.paymentId)).toMatchObject({ review: 'unknown_outcome' });
});
