import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { listTransactions } from '../../src/db/reconciliation.ts';
import type { BookedTransaction } from '../../src/db/reconciliation.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import type { ProviderTransaction } from '../../src/providers/payments/payment-provider.ts';
import { hasNews } from '../../src/worker/reconciliation/compare-transactions.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

const STATUSES = ['pending', 'declined', 'succeeded'] as const;
const CASES = (['charge', 'refund'] as const).flatMap((kind) =>
  STATUSES.flatMap((was) => STATUSES.map((is) => [kind, was, is] as const)),
);

async function bookedOf(paymentId: string, transactionId: string): Promise<BookedTransaction> {
  const [payment] = await books.query<{ accountId: string }>(
    'SELECT account_id AS "accountId" FROM payments WHERE id = $1',
    [paymentId],
  );
  const accountId = payment?.accountId ?? '';
  const rows = await inWorkspace(word.pool, word.clinic.id, (tx) =>
    listTransactions(tx, accountId, { transactionIds: [transactionId], paymentId: null }),
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${transactionId} is not in the books`);
  return row;
}

const questionsOf = async (paymentId: string): Promise<number> =>
  (await books.query('SELECT 1 FROM review_questions WHERE payment_id = $1', [paymentId])).length;

describe('what the comparison calls news', () => {
  it.each(CASES)('a %s that was %s and is %s: exactly what the books take', async (kind, was, is) => {
    const { payment, chargeId } = await paidCharge(word.clinic, books);
    const refundOf = kind === 'refund' ? chargeId : null;
    const say = (status: ProviderTransaction['status']): ProviderTransaction =>
      transaction(payment.id, { transactionId: `more-${payment.id}`, kind, status, amount: 1_000, refundOf });
    await word.tell(payment.id, { transactions: [say(was)] });
    const before = await bookedOf(payment.id, say(is).transactionId);
    const asked = await questionsOf(payment.id);
    const told = say(is);

    await word.tell(payment.id, { transactions: [told] });
    const after = await bookedOf(payment.id, told.transactionId);
    const isTaken = after.status !== before.status || (await questionsOf(payment.id)) > asked;
    const comparison = { paymentId: payment.id, provider: 'payplus', told: [told], booked: [before] };
    expect(hasNews(comparison)).toBe(isTaken);
  });
});
