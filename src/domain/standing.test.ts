import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { REVIEW_REASONS } from './payment.ts';
import { DISPUTE_STATUSES, isInFlight, standingOf } from './standing.ts';
import type { BookedDispute, BookedRefund, Books } from './standing.ts';

const ASKED = { amount: 8_000, currency: 'ILS' };
const CHARGE = { id: 'txn_1', ...ASKED };

const books = (change: Partial<Books> = {}): Books => ({
  status: 'pending',
  asked: ASKED,
  charges: [],
  original: null,
  credited: 0,
  refunds: [],
  disputes: [],
  questions: [],
  failedPushes: 0,
  underWay: [],
  ...change,
});

const paid = (change: Partial<Books> = {}): Books =>
  books({
    status: 'completed',
    charges: [CHARGE],
    original: { chargeId: CHARGE.id, total: CHARGE.amount },
    ...change,
  });

const refund = (change: Partial<BookedRefund> = {}): BookedRefund => ({
  id: 'ref_1',
  chargeId: CHARGE.id,
  amount: 3_000,
  status: 'pending',
  isDocumented: true,
  origin: 'api',
  outcome: 'known',
  nextCheckAt: null,
  isSent: true,
  isAnswered: true,
  isOverdue: false,
  ...change,
});

const dispute = (change: Partial<BookedDispute> = {}): BookedDispute => ({
  chargeId: CHARGE.id,
  status: 'open',
  resolution: null,
  ...change,
});

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

const amounts = fc.integer({ min: 1, max: 20_000 });
const someCharge = fc.record({
  id: fc.constantFrom('txn_1', 'txn_2', 'txn_3'),
  amount: fc.oneof(fc.constant(8_000), amounts),
  currency: fc.constantFrom('ILS', 'USD'),
});
const someRefund: fc.Arbitrary<BookedRefund> = fc.record({
  id: fc.uuid(),
  chargeId: fc.constantFrom('txn_1', 'txn_2', 'txn_3'),
  amount: amounts,
  status: fc.constantFrom('pending', 'completed', 'failed'),
  isDocumented: fc.boolean(),
  origin: fc.constantFrom('api', 'provider', 'review', 'dispute'),
  outcome: fc.constantFrom('known', 'unknown'),
  nextCheckAt: fc.option(fc.date({ noInvalidDate: true })),
  isSent: fc.boolean(),
  isAnswered: fc.boolean(),
  isOverdue: fc.boolean(),
});
const someBooks: fc.Arbitrary<Books> = fc
  .record({
    isPaid: fc.boolean(),
    charges: fc.uniqueArray(someCharge, { maxLength: 3, selector: ({ id }) => id }),
    credited: fc.integer({ min: 0, max: 8_000 }),
    refunds: fc.array(someRefund, { maxLength: 4 }),
    disputes: fc.array(
      fc.record({
        chargeId: fc.constantFrom('txn_1', 'txn_2', null),
        status: fc.constantFrom(...DISPUTE_STATUSES),
        resolution: fc.constantFrom('refund' as const, 'dismiss' as const, null),
      }),
      { maxLength: 3 },
    ),
    questions: fc.array(
      fc.record({ reason: fc.constantFrom(...REVIEW_REASONS), subject: fc.string({ maxLength: 3 }) }),
      { maxLength: 3 },
    ),
    failedPushes: fc.integer({ min: 0, max: 2 }),
    underWay: fc.array(fc.record({ nextCheckAt: fc.constant(null) }), { maxLength: 1 }),
  })
  .map(({ isPaid, ...rest }) => (isPaid ? paid(rest) : books({ ...rest, credited: 0 })));

const holds = (rule: (given: Books) => void): void =>
  fc.assert(fc.property(someBooks, rule), { numRuns: 500 });

describe('whatever the books hold', () => {
  it('the standing does not depend on the order of news', () => {
    const shuffled = someBooks.chain((given) =>
      fc.record({
        given: fc.constant(given),
        other: fc.record({
          refunds: fc.shuffledSubarray([...given.refunds], { minLength: given.refunds.length }),
          disputes: fc.shuffledSubarray([...given.disputes], { minLength: given.disputes.length }),
          questions: fc.shuffledSubarray([...given.questions], { minLength: given.questions.length }),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, other }) => {
        const { reviewRefundIds: here, ...standing } = standingOf(given);
        const { reviewRefundIds: there, ...after } = standingOf({ ...given, ...other });
        expect(after).toEqual(standing);
        expect([...there].sort()).toEqual([...here].sort());
      }),
    );
  });

  it('judging twice changes nothing', () => {
    holds((given) => {
      const once = standingOf(given);
      expect(standingOf({ ...given, status: once.status })).toEqual(once);
    });
  });

  it('no more is left to give back than the document says and earlier credits left', () => {
    holds((given) => {
      const { left } = standingOf(given).refund;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual((given.original?.total ?? 0) - given.credited);
    });
  });

  it('no more is left to give back than was paid and not given back, with or without a credit', () => {
    holds((given) => {
      const documented = given.charges.find(({ id }) => id === given.original?.chargeId);
      const back = given.refunds.filter(
        ({ chargeId, status }) => chargeId === documented?.id && status !== 'failed',
      );
      const kept = (documented?.amount ?? 0) - back.reduce((sum, { amount }) => sum + amount, 0);
      expect(standingOf(given).refund.left).toBeLessThanOrEqual(Math.max(0, kept));
    });
  });

  it('nothing may be given back while anything is in flight or its outcome is unknown', () => {
    holds((given) => {
      const { outcome, refund: may } = standingOf(given);
      if (outcome === 'unknown' || given.refunds.some(isInFlight)) expect(may.refusal).not.toBeNull();
    });
  });

  it('only the sum that was asked is settled, and only once', () => {
    holds((given) => {
      const { settles } = standingOf(given);
      if (settles === null) return;
      expect(given.original).toBeNull();
      expect(given.charges.find(({ id }) => id === settles)).toMatchObject(ASKED);
    });
  });

  it('a question that a person has not answered keeps a review open', () => {
    holds((given) => {
      if (given.questions.length > 0) expect(standingOf(given).review).not.toBeNull();
    });
  });

  it('without a document the status is no business of the books', () => {
    holds((given) => {
      if (given.original === null) expect(standingOf(given).status).toBe(given.status);
    });
  });
});

it('what went back of a charge in another currency is no part of what went back of the payment', () => {
  const dollars = { id: 'txn_usd', amount: 8_000, currency: 'USD' };
  const given = refund({
    id: 'ref_usd',
    chargeId: dollars.id,
    amount: 8_000,
    status: 'completed',
    isDocumented: false,
  });
  const standing = standingOf(
    paid({ charges: [CHARGE, dollars], refunds: [given, refund({ status: 'completed' })] }),
  );
  expect(standing).toMatchObject({ captured: 8_000, refunded: 3_000 });
});
