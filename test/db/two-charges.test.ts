import { afterAll, beforeAll, expect, it } from '#jest';
import { loadPayment } from '../../src/activities/books/load-payment.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, eventually, readPayment } from '../e2e/support/clinic.ts';
import { untilRefunds } from '../e2e/support/refunds.ts';
import { transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

interface Sums {
  readonly net: number;
  readonly vat: number;
  readonly total: number;
}

/** The document of the payment and its credits. */
async function documentsOf(paymentId: string): Promise<{ original: Sums | undefined; credits: Sums[] }> {
  const rows = await books.query<Sums & { isCredit: boolean }>(
    `SELECT net::int, vat::int, total::int, refund_id IS NOT NULL AS "isCredit" FROM tax_documents WHERE payment_id = $1 ORDER BY number`,
    [paymentId],
  );
  const sums = (isCredit: boolean) =>
    rows.filter((row) => row.isCredit === isCredit).map(({ net, vat, total }) => ({ net, vat, total }));
  return { original: sums(false)[0], credits: sums(true) };
}

/** The merchant gives a charge back whole in the dashboard of the vendor. */
const giveBack = (paymentId: string, chargeId: string, amount: number) =>
  word.tell(paymentId, {
    transactions: [
      transaction(paymentId, {
        transactionId: `back-of-${chargeId}`,
        kind: 'refund',
        amount,
        refundOf: chargeId,
      }),
    ],
  });

// The second credit was one of net 0 and VAT 350.00: the document had no net left to credit.
it.each([
  ['before', [1, 0]],
  ['after', [0, 1]],
])(
  'of two charges, one documented, the other goes back without a credit, %s the documented one',
  async (_when, order) => {
    const { payment, chargeId } = await paidCharge(word.clinic, books);
    const secondId = `second-of-${payment.id}`;
    const { amount } = payment;
    await word.tell(payment.id, {
      transactions: [transaction(payment.id, { transactionId: secondId, amount })],
    });
    expect(await readPayment(word.clinic, payment.id)).toMatchObject({ review: 'duplicate_payment' });
    const charges = [chargeId, secondId];
    let isCredited = false;
    for (const [done, at] of order.entries()) {
      await giveBack(payment.id, charges[at] ?? '', amount);
      await untilRefunds(word.clinic, payment.id, done + 1);
      isCredited ||= at === 0;
      const { original, credits } = await documentsOf(payment.id);
      expect(credits).toEqual(isCredited ? [original] : []);
    }
    const { original } = await documentsOf(payment.id);
    expect(original?.total).toBe(amount);
    expect(Math.min(original?.net ?? 0, original?.vat ?? 0)).toBeGreaterThan(0);
    expect(await readPayment(word.clinic, payment.id)).toMatchObject({
      status: 'refunded',
      capturedAmount: 2 * amount,
      refundedAmount: 2 * amount,
    });
  },
);

it('the vendor is asked by every transaction under its id, also of a charge that became a payment of its own', async () => {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  const { id, amount } = payment;
  const secondId = `second-of-${id}`;
  await word.tell(id, { transactions: [transaction(id, { transactionId: secondId, amount })] });
  await call('POST', `/v1/payments/${id}/resolve`, {
    key: word.clinic.key,
    body: { action: 'accept', reason: 'two visits' },
  });
  const otherId = await eventually('the second payment', async () => {
    const rows = await books.query<{ id: string }>('SELECT id FROM payments WHERE taken_from = $1', [id]);
    return rows[0]?.id ?? null;
  });
  for (const paymentId of [id, otherId]) {
    const { transactions } = await loadPayment(word.pool, { workspaceId: word.clinic.id, paymentId });
    expect(transactions.map(({ providerTransactionId }) => providerTransactionId).toSorted()).toEqual(
      [chargeId, secondId].toSorted(),
    );
  }
});
