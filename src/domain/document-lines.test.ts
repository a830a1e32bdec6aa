import { describe, expect, it } from '#jest';
import { linesOf, splitOf } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import type { VatSplit } from './vat.ts';

type Payment = Parameters<typeof linesOf>[0];
type Item = NonNullable<Payment['items']>[number];

const item = (unitPrice: number, more: Partial<Item> = {}): Item => ({
  description: 'item',
  quantity: 1,
  unitPrice,
  ...more,
});

/** Lines and split of a payment for which `amount` was paid, at 18 % unless stated. */
function priced(
  amount: number,
  change: Partial<Payment>,
  rateBp = 1800,
): { lines: DocumentLine[]; split: VatSplit } {
  const payment = {
    description: 'Session',
    items: null,
    vatIncluded: true,
    vatTreatment: 'standard',
    ...change,
  } as const;
  const lines = linesOf(payment, amount, rateBp);
  return { lines, split: splitOf(amount, lines, rateBp) };
}

describe('the lines of a document', () => {
  it.each([[null], [[]]])('are the description and the sum, where the app listed nothing (%p)', (items) => {
    expect(priced(11_800, { items }).lines).toEqual([
      { description: 'Session', quantity: 1, unitPrice: 11_800, total: 11_800, vatTreatment: 'standard' },
    ]);
  });

  it("are the app's items, each with its own treatment or the payment's", () => {
    const items = [item(5_900, { quantity: 2 }), item(1_000, { vatTreatment: 'exempt' })];
    const { lines, split } = priced(12_800, { items });
    expect(lines).toEqual([
      { description: 'item', quantity: 2, unitPrice: 5_900, total: 11_800, vatTreatment: 'standard' },
      { description: 'item', quantity: 1, unitPrice: 1_000, total: 1_000, vatTreatment: 'exempt' },
    ]);
    expect(split).toEqual({ net: 11_000, vat: 1_800, total: 12_800, rateBp: 1800 });
  });

  it('are taxed once on their sum, so that rounding happens once', () => {
    const items = [item(10), item(10), item(10)]; // each alone: 8 + 2; together: 25 + 5
    expect(priced(30, { items }).split).toMatchObject({ net: 25, vat: 5 });
  });

  it.each(['zero_rated', 'exempt'] as const)('that are %s bear no VAT', (vatTreatment) => {
    expect(priced(11_800, { vatTreatment }).split).toEqual({ net: 11_800, vat: 0, total: 11_800, rateBp: 0 });
  });

  it('bear no VAT where the dealer has no rate', () => {
    expect(priced(11_800, {}, 0).split).toEqual({ net: 11_800, vat: 0, total: 11_800, rateBp: 0 });
  });
});

describe('prices before VAT', () => {
  it('are what the line of an unlisted payment shows, not the sum with VAT', () => {
    expect(priced(11_800, { vatIncluded: false }).lines).toMatchObject([
      { unitPrice: 10_000, total: 10_000 },
    ]);
  });

  it('are those of the items, and the split gives them back', () => {
    const { lines, split } = priced(11_800, { vatIncluded: false, items: [item(4_000), item(6_000)] });
    expect(lines.map((line) => line.total)).toEqual([4_000, 6_000]);
    expect(split).toEqual({ net: 10_000, vat: 1_800, total: 11_800, rateBp: 1800 });
  });

  it('have VAT put on the standard-rated items only', () => {
    const items = [item(10_000), item(5_000, { vatTreatment: 'zero_rated' })];
    const { lines, split } = priced(16_800, { vatIncluded: false, items });
    expect(lines).toHaveLength(2);
    expect(split).toEqual({ net: 15_000, vat: 1_800, total: 16_800, rateBp: 1800 });
  });

  it('are the whole sum where nothing is standard-rated', () => {
    const { lines } = priced(11_800, { vatIncluded: false, vatTreatment: 'exempt' });
    expect(lines).toMatchObject([{ total: 11_800, vatTreatment: 'exempt' }]);
  });
});

describe('where another sum came than the items say', () => {
  it.each([8_000, 14_999, 15_001])(
    '(%p for 15000) there is one line about it, and no negative VAT',
    (amount) => {
      const items = [item(10_000, { vatTreatment: 'exempt' }), item(5_000)];
      const { lines, split } = priced(amount, { items });
      expect(lines).toMatchObject([
        { description: 'Session', quantity: 1, total: amount, vatTreatment: 'standard' },
      ]);
      expect(split).toMatchObject({ net: Math.round(amount / 1.18), total: amount });
    },
  );

  it('the treatment that all the items share is kept', () => {
    const items = [item(10_000, { vatTreatment: 'zero_rated' }), item(5_000, { vatTreatment: 'zero_rated' })];
    const { lines, split } = priced(8_000, { items });
    expect(lines).toMatchObject([{ total: 8_000, vatTreatment: 'zero_rated' }]);
    expect(split).toMatchObject({ net: 8_000, vat: 0 });
  });
});

describe('discounts', () => {
  it('of a line are taken off its price, which may be of a part of a unit', () => {
    const items = [item(10_000, { quantity: 1.5, discount: 1_000 }), item(333, { quantity: 0.3333 })];
    const { lines, split } = priced(14_111, { items });
    expect(lines.map(({ total }) => total)).toEqual([14_000, 111]);
    expect(split.total).toBe(14_111);
  });

  it('of the document are shared by the lines to the agora, whatever their VAT', () => {
    const items = [item(10_000), item(5_000, { vatTreatment: 'exempt' }), item(1)];
    const { lines, split } = priced(13_501, { items, discount: 1_500 });
    expect(lines.map(({ documentDiscount = 0, total }) => [documentDiscount, total])).toEqual([
      [999, 9_001],
      [500, 4_500],
      [1, 0],
    ]);
    expect(split).toMatchObject({ net: 4_500 + Math.round(9_001 / 1.18), total: 13_501 });
  });

  it('before VAT lower the VAT', () => {
    const items = [item(10_000, { discount: 1_000 })];
    const { split } = priced(9_440, { vatIncluded: false, items, discount: 1_000 });
    expect(split).toEqual({ net: 8_000, vat: 1_440, total: 9_440, rateBp: 1800 });
  });
});
