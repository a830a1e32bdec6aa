import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { pricedLines, splitOf } from '../../domain/document-lines.ts';
import { priceOf } from '../../domain/quantity.ts';
import { shekelSums } from '../../domain/shekel-sums.ts';
import { splitExclusive, VAT_TREATMENTS } from '../../domain/vat.ts';
import { documentDiscountOf, lineSums } from './line-sums.ts';

type Row = Parameters<typeof lineSums>[0];

const items = fc.array(
  fc.record({
    description: fc.constant('item'),
    quantity: fc.integer({ min: 1, max: 90_000 }).map((parts) => parts / 10_000),
    unitPrice: fc.integer({ min: 0, max: 500_000 }),
    vatTreatment: fc.constantFrom(...VAT_TREATMENTS),
    off: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A document of what was sold, each line and all of them less so many percent. */
function rowOf(
  sold: typeof items extends fc.Arbitrary<infer T> ? T : never,
  percent: number,
  pricesIncludeVat: boolean,
  type: 'tax_invoice_receipt' | 'credit_receipt',
  rate: number | null = null,
): Row {
  const priced = sold.map(({ off, ...item }) => ({
    ...item,
    discount: Math.floor((Number(priceOf(item.quantity, item.unitPrice)) * off) / 100),
  }));
  const sumOf = (lines: readonly { readonly total: number }[]): number =>
    lines.reduce((sum, { total }) => sum + total, 0);
  const whole = sumOf(pricedLines(priced, { vatTreatment: 'standard' }));
  const discount = Math.floor((whole * percent) / 100);
  const lines = pricedLines(priced, { discount, vatTreatment: 'standard' });
  const taxed = sumOf(lines.filter(({ vatTreatment }) => vatTreatment === 'standard'));
  const total = sumOf(lines) + (pricesIncludeVat ? 0 : splitExclusive(taxed, 1800).vat);
  const split = splitOf(total, lines, 1800);
  const content = { lines, pricesIncludeVat, means: [] };
  const document = { currency: 'USD', split, content } as const;
  const sums = rate === null ? null : shekelSums(document, { rate, day: '2026-01-01' });
  const { net } = sums ?? split;
  const shown = { ...content, lines: sums?.lines ?? lines };
  return { type, net, rateBp: split.rateBp, content: shown } as unknown as Row;
}

describe('the lines of the uniform structure', () => {
  it('are quantity × price less a discount, and less that of the document they are its net, in shekels too', () => {
    fc.assert(
      fc.property(
        ...([items, fc.integer({ min: 0, max: 99 }), fc.boolean()] as const),
        fc.constantFrom('tax_invoice_receipt' as const, 'credit_receipt' as const),
        fc.option(fc.integer({ min: 500_000, max: 10_000_000 })),
        (sold, percent, isInclusive, type, rate) => {
          const row = rowOf(sold, percent, isInclusive, type, rate);
          const sums = lineSums(row);
          for (const [at, { price, discount, sum }] of sums.entries()) {
            const { quantity } = row.content.lines[at] ?? { quantity: 0 };
            expect(Number(priceOf(quantity, price)) + discount).toBe(sum);
            expect(discount).toBeLessThanOrEqual(0);
          }
          const all = sums.reduce((total, { sum }) => total + sum, 0);
          const sign = type === 'credit_receipt' ? -1 : 1;
          expect(all - documentDiscountOf(row)).toBe(sign * row.net + 0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('say price and discount as they were, without VAT', () => {
    const sold = [
      {
        description: 'item' as const,
        quantity: 1.5,
        unitPrice: 11_800,
        vatTreatment: 'standard' as const,
        off: 20,
      },
    ];
    const row = rowOf(sold, 50, true, 'tax_invoice_receipt');
    expect(lineSums(row)).toEqual([{ price: 10_000, discount: -3_000, sum: 12_000 }]);
    expect(documentDiscountOf(row)).toBe(6_000);
  });
});
