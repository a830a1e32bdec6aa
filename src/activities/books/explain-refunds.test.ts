import fc from 'fast-check';
import { describe, expect, it } from '#jest';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import type { Books } from '../../domain/standing.ts';
import { books } from '../../domain/testing/sample-books.ts';
import { explainRefunds } from './explain-refunds.ts';
import type { ToExplain } from './explain-refunds.ts';
import { leftByTransactions } from './match-refund.ts';
import { chargeRow, refundTransaction, refundRow } from './testing/rows.ts';

const CHARGE = chargeRow();

const toBooks = (original: Books['original']): Books =>
  books({
    status: original === null ? 'pending' : 'completed',
    asked: { amount: CHARGE.amount, currency: 'ILS' },
    charges: [{ id: CHARGE.id, amount: CHARGE.amount, currency: 'ILS' }],
    original,
  });

const DOCUMENTED = toBooks({ chargeId: CHARGE.id, total: CHARGE.amount });

function read(
  transactions: readonly TransactionRow[],
  refunds: readonly RefundRow[],
  known = DOCUMENTED,
): ToExplain {
  return {
    payment: { id: CHARGE.paymentId },
    books: known,
    transactions: [CHARGE, ...transactions],
    refunds,
    chargesUnderId: [CHARGE],
  };
}

describe('a refund transaction', () => {
  it('carries out the refund that it names', () => {
    const transaction = refundTransaction({ refundReference: 'ref_1' });
    expect(explainRefunds(read([transaction], [refundRow()]))).toEqual([
      { kind: 'link', refundId: 'ref_1', transactionId: transaction.id },
    ]);
  });

  it('that nobody ordered is recorded like our own, and a person looks where the money is documented', () => {
    const transaction = refundTransaction();
    const [noticed, question] = explainRefunds(read([transaction], []));
    expect(noticed).toMatchObject({ kind: 'notice', chargeId: CHARGE.id, transaction, isDocumented: true });
    expect(question).toMatchObject({ kind: 'ask' });
    expect(explainRefunds(read([transaction], [], toBooks(null)))).toMatchObject([
      { kind: 'notice', isDocumented: true },
    ]);
  });

  it('of more than the charge has left settles nothing: a person is asked', () => {
    const named = refundTransaction({ amount: CHARGE.amount + 1, refundReference: 'ref_1' });
    expect(explainRefunds(read([named], [refundRow({ amount: CHARGE.amount + 1 })]))).toEqual([
      { kind: 'ask_about', refundId: 'ref_1' },
    ]);
    const foreign = refundTransaction({ amount: CHARGE.amount + 1 });
    expect(explainRefunds(read([foreign], []))).toEqual([{ kind: 'ask', subject: foreign.id }]);
  });

  it('in another currency, or of a charge that is not known, is a question', () => {
    const dollars = refundTransaction({ currency: 'USD' });
    expect(explainRefunds(read([dollars], []))).toEqual([{ kind: 'ask', subject: dollars.id }]);
    const elsewhere = refundTransaction({ refundOf: 'another charge' });
    expect(explainRefunds(read([elsewhere], []))).toEqual([{ kind: 'ask', subject: elsewhere.id }]);
  });
});

const transactions = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: CHARGE.amount + 10 }),
    named: fc.boolean(),
    status: fc.constantFrom('succeeded', 'declined', 'pending'),
  }),
  { maxLength: 6 },
);

describe('whatever a vendor lists', () => {
  it('every succeeded refund is explained once, and never more than the charge goes back', () => {
    fc.assert(
      fc.property(transactions, (told) => {
        const rows = told.map(({ amount, named, status }, index) =>
          refundTransaction({
            id: `txn_${index}`,
            amount,
            status: status,
            refundReference: named ? `ref_${index}` : null,
          }),
        );
        const refunds = told.flatMap(({ amount, named }, index) =>
          named ? [refundRow({ id: `ref_${index}`, amount })] : [],
        );
        const explanations = explainRefunds(read(rows, refunds));
        const succeeded = rows.filter(({ status }) => status === 'succeeded');
        const moved = explanations.flatMap((one) => {
          if (one.kind === 'notice') return [one.transaction.id];
          return one.kind === 'link' || one.kind === 'recognise' ? [one.transactionId] : [];
        });
        expect(new Set(moved).size).toBe(moved.length);
        const questions = explanations.filter(
          (one) => one.kind === 'ask_about' || (one.kind === 'ask' && one.subject.startsWith('txn_')),
        );
        expect(moved.length + questions.length).toBe(succeeded.length);
        const after = [
          ...refunds.map((refund) => {
            const link = explanations.find((one) => one.kind === 'link' && one.refundId === refund.id);
            return link?.kind === 'link' ? { ...refund, transactionId: link.transactionId } : refund;
          }),
          ...explanations.flatMap((one) =>
            one.kind === 'notice' ? [refundRow({ id: one.refundId, transactionId: one.transaction.id })] : [],
          ),
        ];
        expect(leftByTransactions(CHARGE, after, rows)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
