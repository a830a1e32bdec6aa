import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { draftCredit, lacksLines } from './credit-document.ts';
import type { CreditedDocument } from './credit-document.ts';
import { faultOfItems, leftByLine, paidByLine, restOf } from './credit-lines.ts';
import type { CreditItem, LinedDocument } from './credit-lines.ts';
import { splitOf } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import { VAT_TREATMENTS } from './vat.ts';
import type { VatTreatment } from './vat.ts';

type Sold = readonly (readonly [total: number, vatTreatment: VatTreatment, quantity?: number])[];

/** A tax invoice of these lines, prices with VAT. */
function invoiceOf(
  sold: Sold,
  dealer: object = { dealerType: 'company', vatRegistered: true },
): CreditedDocument {
  const lines = sold.map(([total, vatTreatment, quantity = 1], place) => ({
    ...{ description: `line ${place + 1}`, quantity, unitPrice: total / quantity, total, vatTreatment },
  }));
  const all = lines.reduce((sum, { total }) => sum + total, 0);
  const content = { locale: 'he', issuer: dealer, lines, pricesIncludeVat: true } as unknown;
  return {
    type: 'tax_invoice_receipt',
    displayNumber: '7',
    documentDate: '2026-01-05',
    currency: 'ILS',
    split: splitOf(all, lines, 1800),
    content: content as CreditedDocument['content'],
  };
}

const credit = (
  original: CreditedDocument,
  amount: number,
  items: readonly CreditItem[] | null,
  earlier: readonly LinedDocument[] = [],
) =>
  draftCredit({
    ...{ original, earlier, amount, items, means: [], reason: 'cancelled' },
    ...{ refundedAt: new Date('2026-02-01T10:00:00Z'), timeZone: 'Asia/Jerusalem', booksClosedThrough: null },
    issuedAt: new Date('2026-02-01T10:00:00Z'),
  });

const said = (lines: readonly DocumentLine[]) =>
  lines.map(({ description, quantity, unitPrice, total, vatTreatment }) =>
    [description, quantity, unitPrice, total, vatTreatment].join(' '),
  );

const MIXED = invoiceOf([
  [11_800, 'standard', 2],
  [8_200, 'exempt'],
  [5_000, 'zero_rated'],
]);

describe('credits of a dealer without VAT', () => {
  const patur = {
    dealerType: 'osek_patur',
    vatRegistered: false,
  } as unknown as CreditedDocument['content']['issuer'];
  const RECEIPT: CreditedDocument = {
    ...invoiceOf(
      [
        [10_000, 'standard'],
        [90_000, 'exempt'],
      ],
      patur,
    ),
    type: 'receipt',
    split: { net: 100_000, vat: 0, total: 100_000, rateBp: 0 },
  };

  it('never come to more than the receipt, with named lines after a bare sum', () => {
    const bare = credit(RECEIPT, 50_000, null);
    expect(leftByLine(RECEIPT, [bare])).toEqual([10_000, 40_000]);
    const rest = credit(RECEIPT, 50_000, [{ line: 2, amount: 50_000 }], [bare]);
    expect(said(rest.content.lines)).toEqual([
      'line 1 1 10000 10000 standard',
      'line 2 1 40000 40000 exempt',
    ]);
  });

  it('keep the lines that were named where they take all that is left', () => {
    const visit = credit(RECEIPT, 10_000, [{ line: 1, amount: 10_000 }]);
    const rest = credit(RECEIPT, 90_000, [{ line: 2, quantity: 1, amount: 90_000 }], [visit]);
    expect(said(rest.content.lines)).toEqual(['line 2 1 90000 90000 exempt']);
  });
});

describe('a partial credit of a document with mixed VAT', () => {
  it('credits the lines it names: exempt stays exempt, zero-rated stays zero-rated', () => {
    const exempt = credit(MIXED, 3_000, [{ line: 2, amount: 3_000 }]);
    expect(said(exempt.content.lines)).toEqual(['line 2 1 3000 3000 exempt']);
    expect(exempt.split).toEqual({ net: 3_000, vat: 0, total: 3_000, rateBp: 0 });
    const both = credit(MIXED, 6_900, [
      { line: 1, quantity: 1, amount: 5_900 },
      { line: 3, amount: 1_000 },
    ]);
    expect(said(both.content.lines)).toEqual([
      'line 1 1 5900 5900 standard',
      'line 3 1 1000 1000 zero_rated',
    ]);
    expect(both.split).toEqual({ net: 6_000, vat: 900, total: 6_900, rateBp: 1800 });
  });

  it('is not made of a bare sum, but of all that is left', () => {
    expect(lacksLines({ original: MIXED, earlier: [], amount: 5_000, items: null })).toBe(true);
    expect(() => credit(MIXED, 5_000, null)).toThrow(RangeError);
    const first = credit(MIXED, 5_900, [{ line: 1, quantity: 1, amount: 5_900 }]);
    expect(lacksLines({ original: MIXED, earlier: [first], amount: 19_100, items: null })).toBe(false);
    const rest = credit(MIXED, 19_100, null, [first]);
    expect(said(rest.content.lines)).toEqual([
      'line 1 1 5900 5900 standard',
      'line 2 1 8200 8200 exempt',
      'line 3 1 5000 5000 zero_rated',
    ]);
    expect(rest.split.vat).toBe(900);
  });

  it('is asked for its lines again when others have taken them meanwhile', () => {
    const items = [{ line: 2, amount: 8_200 }];
    const first = credit(MIXED, 100, [{ line: 2, amount: 100 }]);
    expect(lacksLines({ original: MIXED, earlier: [first], amount: 8_200, items })).toBe(true);
    expect(() => credit(MIXED, 8_200, items, [first])).toThrow(/what is left of line 2/);
  });

  it('needs no lines where they make no difference: one treatment, or a dealer without VAT', () => {
    const plain = invoiceOf([
      [100, 'standard'],
      [200, 'standard'],
    ]);
    const patur = invoiceOf([[100, 'standard'], [200, 'exempt']], { dealerType: 'osek_patur', vatRegistered: false }); // prettier-ignore
    for (const original of [plain, patur])
      expect(lacksLines({ original, earlier: [], amount: 5, items: null })).toBe(false);
    expect(said(credit(plain, 50, null).content.lines)).toEqual(['זיכוי חלקי 1 50 50 standard']);
    expect(said(credit(plain, 50, [{ line: 2, amount: 50 }]).content.lines)).toEqual([
      'line 2 1 50 50 standard',
    ]);
  });
});

describe('what is wrong with the lines of a credit', () => {
  it.each<[string, readonly CreditItem[], string, RegExp]>([
    ['a line that is not there', [{ line: 4, amount: 1 }], '#/items/0/line', /1 to 3/],
    [
      'a line twice',
      [
        { line: 1, amount: 1 },
        { line: 1, amount: 1 },
      ],
      '#/items/1/line',
      /once/,
    ],
    ['more than the line', [{ line: 2, amount: 8_201 }], '#/items/0/amount', /8200 at most/],
    ['more units than the line', [{ line: 1, quantity: 3, amount: 9 }], '#/items/0/quantity', /2 at most/],
    ['units without a price', [{ line: 1, quantity: 2, amount: 9 }], '#/items/0/quantity', /whole/],
    ['another sum', [{ line: 1, amount: 9 }], '#/items', /add up to 10/],
  ])('%s', (_what, items, pointer, detail) => {
    const fault = faultOfItems(MIXED, leftByLine(MIXED, []), items, 10);
    expect(fault?.pointer).toBe(pointer);
    expect(fault?.detail).toMatch(detail);
  });
});

it('VAT on top of the prices is part of what was paid for each line', () => {
  const document = invoiceOf([[100, 'standard'], [100, 'exempt'], [105, 'standard']]); // prettier-ignore
  const split = { net: 305, vat: 37, total: 342, rateBp: 1800 };
  const paid = paidByLine({ split, content: { ...document.content, pricesIncludeVat: false } });
  expect(paid.reduce((sum, amount) => sum + amount, 0)).toBe(342);
  expect(paid).toEqual([118, 100, 124]);
});

it('a part of a unit is credited at its price, of what was paid after discounts', () => {
  const lines = [
    ...[
      { description: 'hours', quantity: 2.5, unitPrice: 10_000, discount: 5_000, documentDiscount: 2_000 },
    ].map((line) => ({ ...line, total: 18_000, vatTreatment: 'standard' as const })),
  ];
  const sale = invoiceOf([[18_000, 'standard']]);
  const original = { ...sale, content: { ...sale.content, lines } };
  expect(leftByLine(original, [])).toEqual([18_000]);
  const part = credit(original, 5_400, [{ line: 1, quantity: 0.75, amount: 5_400 }]);
  expect(said(part.content.lines)).toEqual(['hours 0.75 7200 5400 standard']);
  const rest = credit(original, 12_600, [{ line: 1, quantity: 1.75, amount: 12_600 }], [part]);
  expect(part.split.vat + rest.split.vat).toBe(original.split.vat);
  const odd = faultOfItems(original, [18_000], [{ line: 1, quantity: 0.7, amount: 5_001 }], 5_001);
  expect(odd?.pointer).toBe('#/items/0/quantity');
});

it('a credit that names no lines takes from the last ones', () => {
  const document = invoiceOf([[100, 'standard'], [200, 'standard']]); // prettier-ignore
  expect(leftByLine(document, [credit(document, 250, null)])).toEqual([50, 0]);
});

describe('credits of any lines, in any order', () => {
  const sums = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1_000_000 }));
  const sold = fc.array(fc.tuple(sums, fc.constantFrom(...VAT_TREATMENTS)), { minLength: 1, maxLength: 6 });
  const wishes = fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }), {
    maxLength: 8,
  });

  it('never exceed the original by line, nor its net and VAT, and together make exactly it', () => {
    fc.assert(
      fc.property(sold, wishes, (lines, percents) => {
        const original = invoiceOf(lines);
        const credits: ReturnType<typeof draftCredit>[] = [];
        for (const percent of percents) {
          const items = restOf(
            leftByLine(original, credits).map((left, place) =>
              Math.ceil((left * (percent[place] ?? 0)) / 100),
            ),
          );
          const amount = items.reduce((sum, item) => sum + item.amount, 0);
          if (amount > 0) credits.push(credit(original, amount, items, credits));
          holdsWithin(original, credits);
        }
        const rest = leftByLine(original, credits).reduce((sum, left) => sum + left, 0);
        if (rest > 0) credits.push(credit(original, rest, null, credits));
        holdsWithin(original, credits);
        expect(total(credits, ({ split }) => split.vat)).toBe(original.split.vat);
        expect(total(credits, ({ split }) => split.net)).toBe(original.split.net);
      }),
      { numRuns: 300 },
    );
  });
});

const total = <T>(of: readonly T[], pick: (one: T) => number): number =>
  of.reduce((sum, one) => sum + pick(one), 0);

function holdsWithin(original: CreditedDocument, credits: readonly ReturnType<typeof draftCredit>[]): void {
  const lines = credits.flatMap(({ content }) => content.lines);
  for (const [place, line] of original.content.lines.entries()) {
    const own = lines.filter(({ creditsLine }) => creditsLine === place + 1);
    expect(own.every(({ vatTreatment }) => vatTreatment === line.vatTreatment)).toBe(true);
    expect(total(own, (one) => one.total)).toBeLessThanOrEqual(line.total);
  }
  const untaxed = (some: readonly DocumentLine[]) =>
    total(
      some.filter(({ vatTreatment }) => vatTreatment !== 'standard'),
      (line) => line.total,
    );
  const vat = total(credits, ({ split }) => split.vat);
  const taxedNet = total(credits, ({ split, content }) => split.net - untaxed(content.lines));
  expect(vat).toBeLessThanOrEqual(original.split.vat);
  expect(taxedNet).toBeLessThanOrEqual(original.split.net - untaxed(original.content.lines));
  for (const { split, content } of credits) {
    expect(Math.min(split.vat, split.net - untaxed(content.lines))).toBeGreaterThanOrEqual(0);
    expect(total(content.lines, (line) => line.total)).toBe(split.total);
  }
}
