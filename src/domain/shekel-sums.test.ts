import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { plainMeans } from './means.ts';
import { sumMinor } from './money.ts';
import {
  creditShekelSums,
  inShekels,
  needsShekels,
  shekelSums,
  toAgorot,
  toRateNumber,
} from './shekel-sums.ts';
import type { ConvertedCredit, ShekelSums } from './shekel-sums.ts';

const line = (total: number) => ({
  ...{ description: 'work', quantity: 1, unitPrice: total, total },
  vatTreatment: 'standard' as const,
});

/** A document in dollars of these lines, with VAT inside. */
const documentOf = (totals: readonly number[], vat: number) => {
  const total = sumMinor(totals);
  return {
    currency: 'USD' as const,
    split: { net: total - vat, vat, total, rateBp: 1800 },
    content: { lines: totals.map(line), means: [plainMeans('card', total)], pricesIncludeVat: true },
  };
};

const RATE = fc.integer({ min: 1, max: 1_000_000_000 });
const TOTALS = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 8 });

describe('a document in shekels', () => {
  it.each([
    [100_00, 3_715_200, 371_52],
    [1, 3_500_000, 4],
    [1, 3_499_999, 3],
    [123_456, 1, 0],
  ])('%s cents at %s millionths are %s agorot, halves up', (cents, rate, agorot) => {
    expect(toAgorot(cents, 'USD', rate)).toBe(agorot);
  });

  it('writes a rate as people do', () => {
    expect([3_715_200, 4_000_000, 1].map(toRateNumber)).toEqual(['3.7152', '4', '0.000001']);
  });

  it('is needed by Israeli dealers, of other currencies', () => {
    expect(needsShekels('USD', { dealerType: 'company' })).toBe(true);
    expect(needsShekels('ILS', { dealerType: 'company' })).toBe(false);
    expect(needsShekels('USD', { dealerType: 'foreign' })).toBe(false);
  });

  it('adds up at every rate: net and VAT, lines, means', () => {
    fc.assert(
      fc.property(TOTALS, fc.double({ min: 0, max: 1, noNaN: true }), RATE, (totals, part, rate) => {
        const vat = Math.floor(sumMinor(totals) * part * 0.2);
        const ils = shekelSums(documentOf(totals, vat), { rate, day: '2026-01-01' });
        expect(ils.net + ils.vat).toBe(ils.total);
        expect(ils.total).toBe(toAgorot(sumMinor(totals), 'USD', rate));
        expect(ils.net).toBeGreaterThanOrEqual(0);
        expect(sumMinor(ils.lines.map(({ total }) => total))).toBe(ils.total);
        expect(sumMinor(ils.means.map(({ amount }) => amount))).toBe(ils.total);
      }),
    );
  });

  it('is credited exactly, whatever the parts and their VAT, also where a credit was reversed meanwhile', () => {
    const part = fc.record({
      total: fc.integer({ min: 1, max: 5_000 }),
      vat: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        RATE,
        fc.boolean(),
        (drawn, rate, isReversed) => {
          const parts = drawn.map(({ total, vat }) => documentOf([total], Math.floor(total * vat)));
          const whole = documentOf(
            parts.map(({ split }) => split.total),
            sumMinor(parts.map(({ split }) => split.vat)),
          );
          const original = shekelSums(whole, { rate, day: '2026-01-01' });
          const first = parts.slice(0, 1).map((credit) => convert(credit, original, []));
          // The first one counted for the second, and was reversed then; it is credited again at the end.
          const kept = parts.slice(1).reduce<ConvertedCredit[]>((earlier, credit, at) => {
            const before = isReversed && at > 0 ? earlier : [...first, ...earlier];
            return [...earlier, convert(credit, original, before)];
          }, []);
          const [again] = parts.slice(0, 1).map((credit) => convert(credit, original, kept));
          const all = isReversed && again !== undefined ? [...kept, again] : [...first, ...kept];
          for (const own of ['net', 'vat', 'total'] as const)
            expect(sumMinor(all.map(({ ils }) => ils[own]))).toBe(original[own]);
          for (const { ils } of all) {
            expect(Math.min(ils.net, ils.vat, ils.total)).toBeGreaterThanOrEqual(0);
            expect(ils.net + ils.vat).toBe(ils.total);
            expect([ils.rate, ils.rateDay]).toEqual([rate, '2026-01-01']);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read from the document, from its shekels, or is not known', () => {
    const { currency, split, content } = documentOf([100], 0);
    const ils = shekelSums({ currency, split, content }, { rate: 3_700_000, day: '2026-01-01' });
    expect(inShekels({ currency: 'ILS', split, content: {} })).toBe(split);
    expect(inShekels({ currency, split, content: { ils } })).toBe(ils);
    expect(inShekels({ currency, split, content: {} })).toBeNull();
  });
});

function convert(
  credit: ReturnType<typeof documentOf>,
  original: ShekelSums,
  earlier: readonly ConvertedCredit[],
): ConvertedCredit {
  return { split: credit.split, ils: creditShekelSums(credit, original, earlier) };
}
