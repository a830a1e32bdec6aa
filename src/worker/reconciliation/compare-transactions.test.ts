import { describe, expect, it } from '#jest';
import type { BookedTransaction, ListedTransaction } from '../../db/reconciliation.ts';
import { compareTransactions, differs, hasNews } from './compare-transactions.ts';

const NOW = new Date('2026-03-10T03:10:00Z');
const charge: ListedTransaction = {
  transactionId: 'ch_1',
  kind: 'charge',
  status: 'succeeded',
  amount: 35_000,
  currency: 'ILS',
};
const refund: ListedTransaction = { ...charge, transactionId: 're_1', kind: 'refund', amount: 1_000 };
const booked = (
  transaction: ListedTransaction,
  change: Partial<BookedTransaction> = {},
): BookedTransaction => ({
  ...transaction,
  paymentId: 'pay_1',
  paidAt: new Date('2026-03-09T12:00:00Z'),
  ...change,
});
const comparison = (told: readonly ListedTransaction[], rows: readonly BookedTransaction[]) => ({
  paymentId: 'pay_1',
  provider: 'payplus',
  told,
  booked: rows,
});
const kindsOf = (
  told: readonly ListedTransaction[],
  rows: readonly BookedTransaction[],
  misses: 'all' | 'charges' | 'none' = 'all',
) =>
  compareTransactions(comparison(told, rows), misses, NOW).map(({ kind, subject }) => `${kind}: ${subject}`);

describe('transactions at a vendor and in our books', () => {
  it('that agree differ in nothing and are no news', () => {
    const rows = [booked(charge), booked(refund)];
    expect(kindsOf([charge, refund], rows)).toEqual([]);
    expect(hasNews(comparison([charge, refund], rows))).toBe(false);
  });

  it('that our books lack are news while they moved money, and a difference where asking did not help', () => {
    expect(hasNews(comparison([charge], []))).toBe(true);
    expect(kindsOf([charge], [])).toEqual(['unknown_transaction: ch_1']);
    const declined: ListedTransaction = { ...charge, status: 'declined' };
    expect(hasNews(comparison([declined], []))).toBe(false);
    expect(kindsOf([declined], [])).toEqual([]);
  });

  it('differ in amount and currency, and another lie is another difference', () => {
    expect(kindsOf([{ ...charge, amount: 34_999 }], [booked(charge)])).toEqual([
      'other_amount: ch_1 34999 ILS',
    ]);
    expect(kindsOf([{ ...charge, currency: 'USD' }], [booked(charge)])).toEqual([
      'other_amount: ch_1 35000 USD',
    ]);
  });

  it('differ where one says that money moved and the other does not', () => {
    expect(kindsOf([{ ...charge, status: 'declined' }], [booked(charge)])).toEqual([
      'other_status: ch_1 declined',
    ]);
    expect(kindsOf([charge], [booked(charge, { status: 'declined' })])).toEqual([
      'other_status: ch_1 succeeded',
    ]);
  });

  it.each([
    ['charge', 'pending', 'succeeded', true],
    ['charge', 'pending', 'declined', true],
    ['charge', 'declined', 'succeeded', true],
    ['charge', 'declined', 'pending', false],
    ['charge', 'succeeded', 'pending', false],
    ['charge', 'succeeded', 'declined', false],
    ['refund', 'pending', 'succeeded', true],
    ['refund', 'pending', 'declined', true],
    ['refund', 'declined', 'succeeded', true],
    ['refund', 'declined', 'pending', false],
    ['refund', 'succeeded', 'pending', false],
    ['refund', 'succeeded', 'declined', true],
  ] as const)(
    'a %s that was %s and is %s is news where the books can take it: %s',
    (kind, was, is, isNews) => {
      const told: ListedTransaction = { ...charge, kind, status: is };
      const row = booked({ ...told, status: was });
      expect(hasNews(comparison([told], [row]))).toBe(isNews);
      // A list gives a reason to ask wherever asking changes the books.
      if (isNews) expect(differs(told, row)).toBe(true);
    },
  );

  it('a refund that failed after all is news, and the payment’s own check opens its review', () => {
    const failed: ListedTransaction = { ...refund, status: 'declined' };
    expect(hasNews(comparison([failed], [booked(refund)]))).toBe(true);
    expect(kindsOf([failed], [booked(refund)])).toEqual([]);
  });

  it('are missed after an hour, and only as far as the vendor shows such', () => {
    const rows = [booked(charge), booked(refund)];
    expect(kindsOf([], rows)).toEqual(['missing_transaction: ch_1', 'missing_transaction: re_1']);
    expect(kindsOf([], rows, 'charges')).toEqual(['missing_transaction: ch_1']);
    expect(kindsOf([], rows, 'none')).toEqual([]);
    expect(kindsOf([], [booked(charge, { paidAt: new Date('2026-03-10T02:10:00Z') })])).toEqual([]);
    expect(kindsOf([], [booked(charge, { status: 'declined' })])).toEqual([]);
  });

  it('that became another payment’s are compared as that one’s, and missed there', () => {
    const moved = booked(charge, { paymentId: 'pay_2' });
    expect(kindsOf([], [moved])).toEqual([]);
    const [difference] = compareTransactions(comparison([{ ...charge, amount: 1 }], [moved]), 'all', NOW);
    expect(difference).toMatchObject({ paymentId: 'pay_2', kind: 'other_amount' });
  });
});
