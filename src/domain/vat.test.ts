import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { dayInZone } from './calendar.ts';
import { MoneyFormatError } from './money.ts';
import { israeliVatRateBp, splitExclusive, splitInclusive } from './vat.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const rates = fc.integer({ min: 0, max: 10_000 });
const totals = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }),
  fc.maxSafeNat(),
  fc.integer({ min: MAX - 1_000, max: MAX }),
);

describe('the Israeli rate of a day', () => {
  it.each([
    ['2015-10-01', 1700],
    ['2024-12-31', 1700],
    ['2025-01-01', 1800],
    ['2026-06-01', 1800],
  ])('on %s is %p basis points', (day, rate) => {
    expect(israeliVatRateBp(day)).toBe(rate);
  });

  it.each([
    ['2024-12-31T21:59:59.999Z', 1700],
    ['2024-12-31T22:00:00.000Z', 1800],
  ])('changes at midnight in Jerusalem, not in London: %s pays %p', (instant, rate) => {
    expect(israeliVatRateBp(dayInZone(new Date(instant), 'Asia/Jerusalem'))).toBe(rate);
  });

  it('is refused before the table begins, not guessed', () => {
    expect(() => israeliVatRateBp('2015-09-30')).toThrow(RangeError);
  });
});

describe('VAT taken out of a total', () => {
  it.each([
    [1800, 10_000, 8_475, 1_525],
    [1800, 11_700, 9_915, 1_785],
    [1800, 11_800, 10_000, 1_800],
    [1800, 15_000, 12_712, 2_288],
    [1800, 9_999, 8_474, 1_525],
    [1800, 35_000, 29_661, 5_339],
    [1800, 117, 99, 18],
    [1800, 118, 100, 18],
    [1700, 10_000, 8_547, 1_453],
    [1700, 11_700, 10_000, 1_700],
    [1700, 9_999, 8_546, 1_453],
    [1800, 0, 0, 0],
    [1800, 1, 1, 0],
    [0, 12_345, 12_345, 0],
  ])('at %p of %p leaves %p and %p', (rateBp, total, net, vat) => {
    expect(splitInclusive(total, rateBp)).toEqual({ net, vat, total, rateBp });
  });

  it('rounds the exact half up', () => {
    // 3 / 2 = 1.5: only a rate of 100 % gives a quotient of exactly a half.
    expect(splitInclusive(3, 10_000)).toMatchObject({ net: 2, vat: 1 });
  });

  it('adds up, stays within the total and is the nearest whole net, for every rate and amount', () => {
    fc.assert(
      fc.property(totals, rates, (total, rateBp) => {
        const split = splitInclusive(total, rateBp);
        expect(BigInt(split.net) + BigInt(split.vat)).toBe(BigInt(total));
        expect([split.total, split.rateBp]).toEqual([total, rateBp]);
        expect(split.net).toBeGreaterThanOrEqual(0);
        expect(split.vat).toBeGreaterThanOrEqual(0);
        const divisor = 10_000n + BigInt(rateBp);
        const error = BigInt(split.net) * divisor - BigInt(total) * 10_000n;
        expect(-divisor < 2n * error && 2n * error <= divisor).toBe(true);
      }),
    );
  });

  it('never falls when the total rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX - 1 }), rates, (total, rateBp) => {
        const [less, more] = [splitInclusive(total, rateBp), splitInclusive(total + 1, rateBp)];
        expect(more.net).toBeGreaterThanOrEqual(less.net);
        expect(more.vat).toBeGreaterThanOrEqual(less.vat);
      }),
    );
  });

  it.each([0.5, Number.NaN])('%p is no total', (total) => {
    expect(() => splitInclusive(total, 1800)).toThrow(RangeError);
  });
});

describe('VAT put on a net amount', () => {
  it.each([
    [1800, 10_000, 1_800],
    [1800, 9_999, 1_800],
    [1700, 10_000, 1_700],
    [1800, 25, 5],
    [1800, 2, 0],
    [1800, 3, 1],
    [0, 777, 0],
  ])('at %p of %p is %p', (rateBp, net, vat) => {
    expect(splitExclusive(net, rateBp)).toEqual({ net, vat, total: net + vat, rateBp });
  });

  it('adds up exactly and is the nearest whole VAT, or the total is refused as too large', () => {
    fc.assert(
      fc.property(totals, rates, (net, rateBp) => {
        const exactVat = (BigInt(net) * BigInt(rateBp) * 2n + 10_000n) / 20_000n;
        if (BigInt(net) + exactVat > BigInt(MAX)) {
          expect(() => splitExclusive(net, rateBp)).toThrow(MoneyFormatError);
          return;
        }
        const split = splitExclusive(net, rateBp);
        expect(BigInt(split.vat)).toBe(exactVat);
        expect(BigInt(split.total)).toBe(BigInt(split.net) + BigInt(split.vat));
      }),
    );
  });

  it('comes out again of the total as the same net and VAT', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Math.floor(MAX / 2) }), rates, (net, rateBp) => {
        const added = splitExclusive(net, rateBp);
        expect(splitInclusive(added.total, rateBp)).toEqual(added);
      }),
    );
  });
});
