import { describe, expect, it } from '#jest';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { sortTransactions } from './match-refund.ts';
import { BEFORE, chargeRow, refundTransaction as transaction, refundRow as refund } from './testing/rows.ts';

const CHARGE = chargeRow();

function sorted(transactions: TransactionRow[], refunds: RefundRow[]) {
  const { ties, foreign } = sortTransactions(transactions, refunds, [CHARGE]);
  return {
    ties: ties.map((tie) => [tie.refund.id, tie.transaction.id]),
    foreign: foreign.map(({ id }) => id),
  };
}

const TIED = { ties: [['ref_1', 'txn_refund']], foreign: [] };
const FOREIGN = { ties: [], foreign: ['txn_refund'] };

describe('a transaction back at the vendor', () => {
  it.each([
    ['that echoes our id is our refund, whatever its sum', { refundReference: 'ref_1', amount: 7 }, {}, TIED],
    ['with the id that our answer told is our refund', {}, { providerRefundId: 're_1' }, TIED],
    ['of our sum, first heard of after our order left, is our refund', {}, {}, TIED],
    ['of our sum that was known before our order left is not', { createdAt: BEFORE }, {}, FOREIGN],
    ['of our sum is not ours while our order has not left', {}, { sentAt: null }, FOREIGN],
    ['of our sum on another charge is not ours', { refundOf: 'ch_2' }, {}, FOREIGN],
    ['of our sum that echoes another id is not ours', { refundReference: 'ref_9' }, {}, FOREIGN],
    ['of our sum is not ours where our answer told another id', {}, { providerRefundId: 're_9' }, FOREIGN],
    ['of another sum is not ours', { amount: 999 }, {}, FOREIGN],
    ['is foreign where our refund has failed', {}, { status: 'failed' as const }, FOREIGN],
  ])('%s', (_what, told, ours, expected) => {
    expect(sorted([transaction(told)], [refund(ours)])).toEqual(expected);
  });

  it('that is tied already is no news', () => {
    const ended = refund({ status: 'completed', transactionId: 'txn_refund' });
    expect(sorted([transaction()], [ended])).toEqual({ ties: [], foreign: [] });
    const recognised = refund({ status: 'completed', transactionId: 'txn_word', recognisedId: 'txn_refund' });
    expect(sorted([transaction()], [recognised])).toEqual({ ties: [], foreign: [] });
  });

  describe('of a refund that was settled on a person’s word', () => {
    const word = transaction({ id: 'txn_word', accountId: null, providerTransactionId: 'ref_1' });
    const onWord = (change: Partial<RefundRow> = {}) =>
      refund({ status: 'completed', transactionId: 'txn_word', providerRefundId: 'slip 4711', ...change });

    it.each([
      [
        'is recognised by the id that the person gave',
        { refundReference: null },
        { providerRefundId: 're_1' },
      ],
      ['is recognised by our id', { refundReference: 'ref_1', amount: 7 }, {}],
      ['is recognised by its sum where the vendor echoes nothing and the person mistyped', {}, {}],
    ])('%s', (_what, told, ours) => {
      expect(sorted([word, transaction(told)], [onWord(ours)])).toEqual(TIED);
    });

    it.each([
      ['of another sum is not it', { amount: 999 }, {}],
      ['that was known before the order left is not it', { createdAt: BEFORE }, {}],
      ['is not it where the vendor has shown it already', {}, { recognisedId: 'txn_earlier' }],
    ])('%s', (_what, told, ours) => {
      expect(sorted([word, transaction(told)], [onWord(ours)])).toEqual(FOREIGN);
    });

    it('is one transaction: the second of the same sum was made by somebody', () => {
      const second = transaction({ id: 'txn_second', providerTransactionId: 're_2' });
      expect(sorted([word, transaction(), second], [onWord()])).toEqual({
        ties: [['ref_1', 'txn_refund']],
        foreign: ['txn_second'],
      });
    });
  });

  it('by name comes before one of the same sum, in whichever order they are told', () => {
    const foreign = transaction({ id: 'txn_foreign', providerTransactionId: 're_0' });
    const own = transaction({ refundReference: 'ref_1' });
    for (const transactions of [
      [foreign, own],
      [own, foreign],
    ]) {
      expect(sorted(transactions, [refund()])).toEqual({
        ties: [['ref_1', 'txn_refund']],
        foreign: ['txn_foreign'],
      });
    }
  });

  it('counts once: of two refunds of one sum only one has it', () => {
    const { ties, foreign } = sorted([transaction()], [refund(), refund({ id: 'ref_2' })]);
    expect([ties.length, foreign.length]).toEqual([1, 0]);
  });
});
