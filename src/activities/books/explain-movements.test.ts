import fc from 'fast-check';
import { describe, expect, it } from '#jest';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import type { Books } from '../../domain/standing.ts';
import { explainMovements } from './explain-movements.ts';
import type { ToExplain } from './explain-movements.ts';
import { leftByMovements } from './match-refund.ts';
import { chargeRow, refundMovement, refundRow } from './testing/rows.ts';

const CHARGE = chargeRow();

function toBooks(original: Books['original']): Books {
  return {
    status: original === null ? 'pending' : 'completed',
    asked: { amount: CHARGE.amount, currency: 'ILS' },
    charges: [{ id: CHARGE.id, amount: CHARGE.amount, currency: 'ILS' }],
    original,
    credited: 0,
    refunds: [],
    disputes: [],
    questions: [],
    failedPushes: 0,
    underWay: [],
  };
}

const DOCUMENTED = toBooks({ chargeId: CHARGE.id, total: CHARGE.amount });

function read(
  movements: readonly TransactionRow[],
  refunds: readonly RefundRow[],
  books = DOCUMENTED,
): ToExplain {
  return {
    payment: { id: CHARGE.paymentId },
    books,
    transactions: [CHARGE, ...movements],
    refunds,
    chargesUnderId: [CHARGE],
  };
}

describe('a refund transaction', () => {
  it('carries out the refund that it names', () => {
    const movement = refundMovement({ refundReference: 'ref_1' });
    expect(explainMovements(read([movement], [refundRow()]))).toEqual([
      { kind: 'link', refundId: 'ref_1', movementId: movement.id },
    ]);
  });

  it('that nobody ordered is recorded like our own, and a person looks where the money is documented', () => {
    const movement = refundMovement();
    const [noticed, question] = explainMovements(read([movement], []));
    expect(noticed).toMatchObject({ kind: 'notice', chargeId: CHARGE.id, movement, isDocumented: true });
    expect(question).toMatchObject({ kind: 'ask' });
    expect(explainMovements(read([movement], [], toBooks(null)))).toMatchObject([
      { kind: 'notice', isDocumented: true },
    ]);
  });

  it('of more than the charge has left settles nothing: a person is asked', () => {
    const named = refundMovement({ amount: CHARGE.amount + 1, refundReference: 'ref_1' });
    expect(explainMovements(read([named], [refundRow({ amount: CHARGE.amount + 1 })]))).toEqual([
      { kind: 'ask_about', refundId: 'ref_1' },
    ]);
    const foreign = refundMovement({ amount: CHARGE.amount + 1 });
    expect(explainMovements(read([foreign], []))).toEqual([{ kind: 'ask', subject: foreign.id }]);
  });

  it('in another currency, or of a charge that is not known, is a question', () => {
    const dollars = refundMovement({ currency: 'USD' });
    expect(explainMovements(read([dollars], []))).toEqual([{ kind: 'ask', subject: dollars.id }]);
    const elsewhere = refundMovement({ refundOf: 'another charge' });
    expect(explainMovements(read([elsewhere], []))).toEqual([{ kind: 'ask', subject: elsewhere.id }]);
  });
});

const movements = fc.array(
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
      fc.property(movements, (told) => {
        const rows = told.map(({ amount, named, status }, index) =>
          refundMovement({
            id: `txn_${index}`,
            amount,
            status: status,
            refundReference: named ? `ref_${index}` : null,
          }),
        );
        const refunds = told.flatMap(({ amount, named }, index) =>
          named ? [refundRow({ id: `ref_${index}`, amount })] : [],
        );
        const explanations = explainMovements(read(rows, refunds));
        const succeeded = rows.filter(({ status }) => status === 'succeeded');
        const moved = explanations.flatMap((one) => {
          if (one.kind === 'notice') return [one.movement.id];
          return one.kind === 'link' || one.kind === 'recognise' ? [one.movementId] : [];
        });
        expect(new Set(moved).size).toBe(moved.length);
        const questions = explanations.filter(
          (one) => one.kind === 'ask_about' || (one.kind === 'ask' && one.subject.startsWith('txn_')),
        );
        expect(moved.length + questions.length).toBe(succeeded.length);
        const after = [
          ...refunds.map((refund) => {
            const link = explanations.find((one) => one.kind === 'link' && one.refundId === refund.id);
            return link?.kind === 'link' ? { ...refund, transactionId: link.movementId } : refund;
          }),
          ...explanations.flatMap((one) =>
            one.kind === 'notice' ? [refundRow({ id: one.refundId, transactionId: one.movement.id })] : [],
          ),
        ];
        expect(leftByMovements(CHARGE, after, rows)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
