import { describe, expect, it } from '#jest';
import { standingOf } from './standing.ts';
import type { Books } from './standing.ts';
import { CHARGE, books, dispute, paid, refund } from './testing/sample-books.ts';

const unknown = { outcome: 'unknown', isAnswered: false } as const;

describe('a payment by its books', () => {
  it.each<[string, Books, object]>([
    ['is as it was while nothing moved', books(), { status: 'pending', review: null, settles: null }],
    [
      'of the sum that was asked is settled',
      books({ charges: [CHARGE] }),
      { settles: 'txn_1', review: null },
    ],
    [
      'of another sum is held',
      books({ charges: [{ ...CHARGE, amount: 7_999 }] }),
      { settles: null, review: 'amount_mismatch', captured: 7_999 },
    ],
    [
      'of another currency is held',
      books({ charges: [{ ...CHARGE, currency: 'USD' }] }),
      { settles: null, review: 'amount_mismatch' },
    ],
    [
      'of which the right sum came beside a wrong one is held, whichever came first',
      books({ charges: [CHARGE, { ...CHARGE, id: 'txn_0', amount: 1 }] }),
      { settles: null, review: 'amount_mismatch' },
    ],
    [
      'of which the wrong sum went back is settled by the right one',
      books({
        charges: [{ ...CHARGE, id: 'txn_0', amount: 1 }, CHARGE],
        refunds: [refund({ chargeId: 'txn_0', amount: 1, isDocumented: false, status: 'completed' })],
      }),
      { settles: 'txn_1', review: null },
    ],
    [
      'that was paid twice is held for the second charge',
      paid({ charges: [CHARGE, { ...CHARGE, id: 'txn_2' }] }),
      { review: 'duplicate_payment', captured: 16_000 },
    ],
    [
      'whose second charge went back whole is held no more',
      paid({
        charges: [CHARGE, { ...CHARGE, id: 'txn_2' }],
        refunds: [refund({ chargeId: 'txn_2', amount: 8_000, isDocumented: false, status: 'completed' })],
      }),
      { review: null, status: 'completed', refunded: 8_000 },
    ],
    ['is refunded by what was credited', paid({ credited: 8_000 }), { status: 'refunded' }],
    ['is partially refunded by a part', paid({ credited: 1 }), { status: 'partially_refunded' }],
    [
      'with an unknown refund has an unknown outcome',
      paid({ refunds: [refund({ ...unknown, nextCheckAt: new Date(5) })] }),
      { outcome: 'unknown', nextCheckAt: new Date(5), refund: { left: 5_000, refusal: 'outcome_unknown' } },
    ],
    [
      'whose refund was sent and not answered takes no other',
      paid({ refunds: [refund({ isAnswered: false })] }),
      { outcome: 'known', refund: { left: 5_000, refusal: 'in_flight' } },
    ],
    [
      'whose refund the vendor has taken on may take another',
      paid({ refunds: [refund()] }),
      { refund: { left: 5_000, refusal: null } },
    ],
    [
      'of which a sum went back without a credit document has only the rest to give back',
      paid({
        credited: 1_000,
        refunds: [
          refund({ status: 'completed', amount: 1_000 }),
          refund({ id: 'ref_2', status: 'completed', amount: 2_000 }),
        ],
      }),
      { refunded: 3_000, refund: { left: 5_000, refusal: null } },
    ],
    [
      'that is disputed is suspended',
      paid({ disputes: [dispute()] }),
      { status: 'disputed', review: 'provider_dispute', refund: { left: 8_000, refusal: 'disputed' } },
    ],
    [
      'whose dispute was lost waits for a person',
      paid({ disputes: [dispute({ status: 'lost' })] }),
      { status: 'disputed', review: 'provider_dispute' },
    ],
    [
      'whose dispute a person has let be is what it was',
      paid({ credited: 1, disputes: [dispute({ status: 'lost', resolution: 'dismiss' })] }),
      { status: 'partially_refunded', review: null },
    ],
    [
      'that the bank only inquires about may be given back',
      paid({ disputes: [dispute({ status: 'inquiry' })] }),
      { status: 'completed', review: null, refund: { left: 8_000, refusal: null } },
    ],
    [
      'whose second charge is disputed is not suspended itself',
      paid({ charges: [CHARGE, { ...CHARGE, id: 'txn_2' }], disputes: [dispute({ chargeId: 'txn_2' })] }),
      { status: 'completed' },
    ],
    [
      'whose document waits for its allocation number may give back what did not go back already',
      paid({ refunds: [refund({ status: 'completed' })], creditWaits: 3_000 }),
      { status: 'partially_refunded', refunded: 3_000, review: null, refund: { left: 5_000, refusal: null } },
    ],
    [
      'whose document was cancelled is refunded',
      paid({ refunds: [refund({ status: 'completed', amount: 8_000 })], credited: 8_000 }),
      { status: 'refunded', refund: { left: 0, refusal: null } },
    ],
    ['with a document that no service took is held', paid({ failedPushes: 1 }), { review: 'push_failed' }],
  ])('%s', (_what, given, expected) => {
    expect(standingOf(given)).toMatchObject(expected);
  });

  it('names the refunds that the review is about', () => {
    const overdue = refund({ ...unknown, isOverdue: true });
    expect(standingOf(paid({ refunds: [overdue] }))).toMatchObject({
      review: 'unknown_outcome',
      reviewRefundIds: ['ref_1'],
    });
    const reversed = { reason: 'refund_reversed', subject: 'ref_2' } as const;
    expect(standingOf(paid({ questions: [reversed] }))).toMatchObject({
      review: 'refund_reversed',
      reviewRefundIds: ['ref_2'],
    });
  });
});
