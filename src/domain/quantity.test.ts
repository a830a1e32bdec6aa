import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { isExactPrice, isQuantity, partsOf, priceOf, unitPriceOf, unitPriceUp } from './quantity.ts';

const quantities = fc.integer({ min: 1, max: 10_000_000_000 }).map((parts) => parts / 10_000);
const prices = fc.integer({ min: 0, max: 999_999_999_999 });

describe('a quantity', () => {
  it.each([1, 0.0001, 1.5, 0.3333, 999_999.9999, 1_000_000])('of %p has four decimals at most', (value) => {
    expect(isQuantity(value)).toBe(true);
  });

  it.each([0.00001, 1.23456, 1 / 3, 0.1 + 0.2])('of %p has more', (value) => {
    expect(isQuantity(value)).toBe(false);
  });

  it('is exact in ten-thousandths, however it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (parts) => {
        const text = `${Math.floor(parts / 10_000)}.${String(parts % 10_000).padStart(4, '0')}`;
        expect(partsOf(JSON.parse(text) as number)).toBe(parts);
      }),
    );
  });
});

describe('quantity × price', () => {
  it.each([
    [1.5, 10_000, 15_000n],
    [0.3333, 10_000, 3_333n],
    [0.5, 1, 1n],
    [0.4999, 1, 0n],
    [0.5, -1, -1n],
    [1_000_000, 999_999_999_999, 999_999_999_999_000_000n],
  ])('%p × %p is %p, rounded half up', (quantity, price, total) => {
    expect(priceOf(quantity, price)).toBe(total);
  });

  it('is never off by more than half a minor unit, and exact where it says so', () => {
    fc.assert(
      fc.property(quantities, prices, (quantity, price) => {
        const total = priceOf(quantity, price);
        const off = total * 10_000n - BigInt(partsOf(quantity)) * BigInt(price);
        expect(off > -5_000n && off <= 5_000n).toBe(true);
        if (total <= BigInt(Number.MAX_SAFE_INTEGER))
          expect(isExactPrice(quantity, price, Number(total))).toBe(off === 0n);
      }),
    );
  });
});

describe('the price of a unit', () => {
  it('is known where it is whole', () => {
    expect(unitPriceOf(5_000, 0.5)).toBe(10_000);
    expect(unitPriceOf(9, 2)).toBeNull();
  });

  it('rounded up is the smallest that comes to the amount or more, also below zero', () => {
    expect([unitPriceUp(10, 3), unitPriceUp(-10, 3), unitPriceUp(9, 3), unitPriceUp(0, 3)]).toEqual([
      4, -3, 3, 0,
    ]);
    expect(unitPriceUp(12_712, 1.5)).toBe(8_475);
  });
});
