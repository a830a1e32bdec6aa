import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { sumMinor } from './money.ts';
import { REVIEW_REASONS } from './payment.ts';
import { DISPUTE_STATUSES, isInFlight, standingOf } from './standing.ts';
import type { BookedRefund, Books } from './standing.ts';
import { ASKED, CHARGE, books, paid, refund } from './testing/sample-books.ts';

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
    creditWaits: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8_000 })),
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
  .map(({ isPaid, ...rest }) => (isPaid ? paid(rest) : books({ ...rest, credited: 0, creditWaits: 0 })));

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

  it('no more is left to give back than the document says, and than was paid and not given back', () => {
    holds((given) => {
      const { left } = standingOf(given).refund;
      const kept = given.charges
        .filter(({ id }) => id === given.original?.chargeId)
        .map(({ amount }) => amount);
      const back = given.refunds.filter(
        ({ chargeId, status }) => chargeId === CHARGE.id && status !== 'failed',
      );
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(
        Math.max(0, (given.original?.total ?? 0) - given.credited - given.creditWaits),
      );
      expect(left).toBeLessThanOrEqual(
        Math.max(0, sumMinor([...kept, ...back.map(({ amount }) => -amount)])),
      );
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
