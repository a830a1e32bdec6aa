import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { draftCredit } from './credit-document.ts';
import type { CreditedDocument } from './credit-document.ts';
import type { CreditItem, LinedDocument } from './credit-lines.ts';
import type { DocumentContent, DocumentLine, DraftDocument } from './document-content.ts';
import { plainMeans } from './means.ts';
import { creditTypeOf } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import { splitExclusive, splitInclusive } from './vat.ts';
import type { VatSplit } from './vat.ts';

const LINE: DocumentLine = {
  description: 'Treatment',
  quantity: 1,
  unitPrice: 10_000,
  total: 10_000,
  vatTreatment: 'standard',
};

const CONTENT: DocumentContent = {
  templateVersion: 1,
  locale: 'he',
  mode: 'test',
  issuer: {
    name: { he: 'מרפאה', en: 'Clinic' },
    taxId: '514217658',
    dealerType: 'company',
    vatRegistered: true,
    address: { street: 'Herzl', houseNumber: '1', city: 'Haifa', zip: '1', country: 'IL' },
  },
  customer: { name: 'Dana', taxId: null, taxIdKind: 'private', address: null, phone: null },
  lines: [LINE],
  pricesIncludeVat: true,
  means: [],
  vatReason: null,
  reference: 'r1',
  paidAt: '2025-01-02T10:00:00.000Z',
  serviceDate: '2025-01-01',
  movedFromDay: null,
};

const original = (change: Partial<CreditedDocument> = {}): CreditedDocument => ({
  type: 'tax_invoice_receipt',
  displayNumber: '7',
  documentDate: '2024-12-31',
  currency: 'ILS',
  split: splitInclusive(10_000, 1700),
  content: CONTENT,
  ...change,
});

const credit = (
  document: CreditedDocument,
  amount: number,
  more: {
    earlier?: readonly LinedDocument[];
    items?: readonly CreditItem[];
    at?: string;
    made?: string;
    closed?: string;
  } = {},
) =>
  draftCredit({
    original: document,
    earlier: more.earlier ?? [],
    amount,
    items: more.items ?? null,
    means: [plainMeans('card', amount)],
    reason: 'cancelled visit',
    refundedAt: new Date(more.at ?? '2025-03-01T10:00:00Z'),
    issuedAt: new Date(more.made ?? more.at ?? '2025-03-01T10:00:00Z'),
    timeZone: 'Asia/Jerusalem',
    booksClosedThrough: more.closed ?? null,
  });

/** A document of these parts. Its VAT is computed once, on the standard-rated sum. */
function documentOf(taxed: number, untaxed: number): CreditedDocument {
  const split = splitInclusive(taxed, 1800);
  const lines = [
    { ...LINE, unitPrice: taxed, total: taxed },
    { ...LINE, unitPrice: untaxed, total: untaxed, vatTreatment: 'exempt' as const },
  ].filter((line) => line.total > 0);
  return original({
    split: { net: split.net + untaxed, vat: split.vat, total: taxed + untaxed, rateBp: 1800 },
    content: { ...CONTENT, lines },
  });
}

it('a credit bears no day that has not come, also where the clock of the vendor is ahead', () => {
  const draft = credit(original(), 1_000, { at: '2025-03-02T10:00:00Z', made: '2025-03-01T10:00:00Z' });
  expect([draft.documentDate, draft.content.movedFromDay]).toEqual(['2025-03-01', null]);
});

it('a credit wears the logo of its original, or none where that knew of none', () => {
  const worn = (content: DocumentContent) => credit(original({ content }), 5_000).content.logoSha256;
  expect(worn({ ...CONTENT, logoSha256: 'abc' })).toBe('abc');
  expect(worn({ ...CONTENT, logoSha256: null })).toBeNull();
  expect(worn(CONTENT)).toBeUndefined();
});

describe('a credit document', () => {
  it.each<[DocumentType, DocumentType]>([
    ['tax_invoice_receipt', 'credit_invoice'],
    ['receipt', 'credit_receipt'],
    ['payment_confirmation', 'refund_confirmation'],
  ])('of a %s is a %s', (type, expected) => {
    expect(credit(original({ type }), 100).type).toBe(expected);
    expect(creditTypeOf(type)).toBe(expected);
  });

  it('carries the rate of the original, whatever the rate is by now', () => {
    expect(credit(original(), 5_850).split).toEqual({ net: 5_000, vat: 850, total: 5_850, rateBp: 1700 });
  });

  it('names the document it credits, and says who it was issued to as it was', () => {
    const { content } = credit(original(), 10_000);
    expect(content.credits).toEqual({
      type: 'tax_invoice_receipt',
      displayNumber: '7',
      documentDate: '2024-12-31',
    });
    expect(content).toMatchObject({
      issuer: CONTENT.issuer,
      customer: CONTENT.customer,
      refundReason: 'cancelled visit',
    });
  });

  it('of all shows the lines of the original, of a part one line of that part', () => {
    expect(credit(original(), 10_000).content.lines).toEqual([LINE]);
    expect(credit(original(), 300).content.lines).toEqual([{ ...LINE, unitPrice: 300, total: 300 }]);
  });

  it('is dated by the day the money went back, in the zone of the workspace, or today where that day may be reported', () => {
    const late = '2025-03-31T21:30:00Z';
    expect(credit(original(), 1, { at: late }).documentDate).toBe('2025-04-01');
    const [at, made] = ['2025-03-02T10:00:00Z', '2025-04-05T10:00:00Z'];
    expect(credit(original(), 1, { at, made }).documentDate).toBe('2025-03-02');
    const closed = credit(original(), 1, { at, made, closed: '2025-03-31' });
    const reported = credit(original(), 1, { at, made: '2025-05-01T10:00:00Z' });
    expect([closed.documentDate, reported.documentDate]).toEqual(['2025-04-05', '2025-05-01']);
    for (const { content } of [closed, reported]) expect(content.movedFromDay).toBe('2025-03-02');
  });

  it('of a whole document without VAT in its prices shows them as they stood, and of a part the sum given back', () => {
    const lines = [{ ...LINE, description: 'Visit', unitPrice: 10_000, total: 10_000 }, LINE];
    const document = original({
      split: splitExclusive(20_000, 1700),
      content: { ...CONTENT, lines, pricesIncludeVat: false },
    });
    expect(credit(document, 23_400).content).toMatchObject({ lines, pricesIncludeVat: false });
    expect(credit(document, 23_399).content).toMatchObject({
      lines: [{ description: 'זיכוי חלקי', total: 23_399 }],
      pricesIncludeVat: true,
    });
  });

  it.each<[DocumentType, number]>([
    ['tax_invoice_receipt', 2_289], // the agora that rounding left over
    ['payment_confirmation', 2_288], // what the service, which knows this part alone, comes to
  ])('of a %s takes %p agorot of VAT in the last of three parts', (type, last) => {
    const document = original({ type, split: splitInclusive(35_000, 1800) });
    const credits = creditsOf(document, [10_000, 10_000, 15_000]);
    expect(credits.map(({ split }) => split.vat)).toEqual([1_525, 1_525, last]);
  });
});

/** Credits of these parts, one after the other. */
function creditsOf(document: CreditedDocument, amounts: readonly number[]): DraftDocument[] {
  const drafts: DraftDocument[] = [];
  for (const amount of amounts) drafts.push(credit(document, amount, { earlier: drafts }));
  return drafts;
}

const total = (splits: readonly VatSplit[], pick: (split: VatSplit) => number): number =>
  splits.reduce((sum, split) => sum + pick(split), 0);

describe('credits in any parts', () => {
  const sums = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000 }));
  const parts = fc.array(sums, { minLength: 1, maxLength: 12 });
  const always = (
    types: readonly DocumentType[],
    check: (
      document: CreditedDocument,
      splits: readonly VatSplit[],
      drafts: readonly DraftDocument[],
    ) => void,
  ): void =>
    fc.assert(
      fc.property(parts, fc.boolean(), fc.constantFrom(...types), (amounts, isTaxed, type) => {
        const all = amounts.reduce((sum, amount) => sum + amount, 0);
        const document = { ...(isTaxed ? documentOf(all, 0) : documentOf(0, all)), type };
        const drafts = creditsOf(document, amounts);
        check(
          document,
          drafts.map(({ split }) => split),
          drafts,
        );
      }),
      { numRuns: 400 },
    );

  it('add up, each of them, to what went back, of parts that are not negative', () => {
    always(['tax_invoice_receipt', 'payment_confirmation'], (_document, _splits, drafts) => {
      for (const { split, content } of drafts) {
        expect(split.net + split.vat).toBe(split.total);
        expect(Math.min(split.net, split.vat)).toBeGreaterThanOrEqual(0);
        const lines = content.lines.reduce((sum, line) => sum + line.total, 0);
        expect(lines).toBe(split.total);
      }
    });
  });

  it('come together to exactly the original where they are legal documents', () => {
    always(['tax_invoice_receipt'], ({ split }, splits) => {
      expect(total(splits, ({ vat }) => vat)).toBe(split.vat);
      expect(total(splits, ({ net }) => net)).toBe(split.net);
    });
  });

  it('do not drift: after each of them VAT is that of all of them together, give or take an agora', () => {
    always(['tax_invoice_receipt'], (document, splits) => {
      for (let count = 1; count <= splits.length; count += 1) {
        const some = splits.slice(0, count);
        const vat = total(some, (split) => split.vat);
        // What the law would see in one credit of all of them.
        const whole = credit(
          { ...document, type: 'payment_confirmation' },
          total(some, (split) => split.total),
        );
        expect(Math.abs(vat - whole.split.vat)).toBeLessThanOrEqual(1);
        expect(vat).toBeLessThanOrEqual(document.split.vat);
      }
    });
  });

  it('carry each the VAT of its own sum, give or take two agorot', () => {
    always(['tax_invoice_receipt'], (document, splits) => {
      for (const split of splits) {
        const own = credit({ ...document, type: 'payment_confirmation' }, split.total).split;
        expect(Math.abs(split.vat - own.vat)).toBeLessThanOrEqual(2);
      }
    });
  });

  it('of an agora each are of net, but for those that the VAT of the original is made of', () => {
    const splitsOf = (sum: number) =>
      creditsOf(documentOf(sum, 0), Array<number>(sum).fill(1)).map(({ split }) => [split.net, split.vat]);
    expect(splitsOf(4)).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(splitsOf(59).filter(([, vat]) => vat === 1)).toHaveLength(9);
  });

  it('carry each the VAT of its own sum where a service makes the legal one', () => {
    always(['payment_confirmation'], (_document, splits, drafts) => {
      splits.forEach(({ vat }, place) => {
        const taxed = drafts[place]?.content.lines.filter((line) => line.vatTreatment === 'standard') ?? [];
        const sum = taxed.reduce((all, line) => all + line.total, 0);
        expect(vat).toBe(splitInclusive(sum, 1800).vat);
      });
    });
  });
});
