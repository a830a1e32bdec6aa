import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { draftCredit } from './credit-document.ts';
import type { CreditedDocument } from './credit-document.ts';
import type { DocumentContent, DocumentLine } from './document-content.ts';
import { plainMeans } from './means.ts';
import { creditTypeOf } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import { splitInclusive } from './vat.ts';
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
  more: { earlier?: VatSplit[]; at?: string; closed?: string } = {},
) =>
  draftCredit({
    original: document,
    earlier: more.earlier ?? [],
    amount,
    means: [plainMeans('card', amount)],
    reason: 'cancelled visit',
    refundedAt: new Date(more.at ?? '2025-03-01T10:00:00Z'),
    timeZone: 'Asia/Jerusalem',
    booksClosedThrough: more.closed ?? null,
  });

/** A document of these parts, its VAT taken once on the standard-rated sum. */
function documentOf(taxed: number, untaxed: number): CreditedDocument {
  const split = splitInclusive(taxed, 1800);
  const lines: DocumentLine[] = [
    { ...LINE, unitPrice: taxed, total: taxed },
    { ...LINE, unitPrice: untaxed, total: untaxed, vatTreatment: 'exempt' },
  ];
  return original({
    split: { net: split.net + untaxed, vat: split.vat, total: taxed + untaxed, rateBp: 1800 },
    content: { ...CONTENT, lines },
  });
}

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

  it('is dated by the day the money went back, in the zone of the workspace, or the first open day', () => {
    const late = '2025-03-31T21:30:00Z';
    expect(credit(original(), 1, { at: late }).documentDate).toBe('2025-04-01');
    const moved = credit(original(), 1, { at: '2025-03-02T10:00:00Z', closed: '2025-03-31' });
    expect(moved.documentDate).toBe('2025-04-01');
    expect(moved.content.movedFromDay).toBe('2025-03-02');
  });

  it('in any parts comes together to exactly the original, each part adding up', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 100 }), (amounts, untaxedShare) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0);
        const untaxed = Math.floor((total * untaxedShare) / 100);
        const document = documentOf(total - untaxed, untaxed);
        const credits: VatSplit[] = [];
        for (const amount of amounts) credits.push(credit(document, amount, { earlier: credits }).split);
        const sum = (pick: (split: VatSplit) => number) => credits.reduce((all, one) => all + pick(one), 0);
        expect(credits.every(({ net, vat, total: all }) => net + vat === all && net >= 0 && vat >= 0)).toBe(
          true,
        );
        expect(sum(({ vat }) => vat)).toBe(document.split.vat);
        expect(sum(({ net }) => net)).toBe(document.split.net);
      }),
    );
  });
});
