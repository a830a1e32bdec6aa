import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { dayInZone } from './calendar.ts';
import { draftDocument } from './document-content.ts';
import type { DocumentSource } from './document-content.ts';
import { pricedLines } from './document-lines.ts';
import { plainMeans } from './means.ts';
import { priceOf } from './quantity.ts';
import { VAT_TREATMENTS, israeliVatRateBp, splitExclusive } from './vat.ts';
import { DEALER_TYPES } from './workspace.ts';
import type { Workspace } from './workspace.ts';

const CLINIC: Workspace = {
  id: 'ws_1',
  name: 'clinic',
  legalName: { he: 'קליניקה', en: 'Clinic' },
  taxId: '777777715',
  address: { street: 'Herzl', houseNumber: '1', city: 'Haifa', zip: '3100001', country: 'IL' },
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  mode: 'live',
  documentIssuer: null,
  receipt: { email: false, print: 'at_issue', onPayPage: false },
  providerDescription: null,
  booksClosedThrough: null,
};

const treatments = fc.constantFrom(...VAT_TREATMENTS);
const items = fc.array(
  fc
    .record(
      {
        description: fc.constant('item'),
        quantity: fc.oneof(
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 90_000 }).map((parts) => parts / 10_000),
        ),
        unitPrice: fc.integer({ min: 0, max: 500_000 }),
        /** In percent of the line. */
        off: fc.integer({ min: 0, max: 100 }),
        vatTreatment: treatments,
      },
      { requiredKeys: ['description', 'quantity', 'unitPrice'] },
    )
    .map(({ off = 0, ...item }) => {
      const discount = Math.floor((Number(priceOf(item.quantity, item.unitPrice)) * off) / 100);
      return { ...item, ...(discount === 0 ? {} : { discount }) };
    }),
  { minLength: 1, maxLength: 6 },
);
const wishes = fc.record({
  dealerType: fc.constantFrom(...DEALER_TYPES),
  vatRegistered: fc.boolean(),
  issuer: fc.constantFrom('engine' as const, 'invoice_service' as const),
  items: fc.option(items),
  /** Of all items, in percent. */
  off: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 99 })),
  asked: fc.integer({ min: 1, max: 10_000_000 }),
  vatIncluded: fc.boolean(),
  vatTreatment: treatments,
  taxIdKind: fc.constantFrom('private' as const, 'dealer' as const, 'company' as const),
  seconds: fc.integer({ min: Date.parse('2015-10-02') / 1000, max: Date.parse('2040-01-01') / 1000 }),
  /** What was really paid, if it differs from the request (amount_mismatch, accepted). */
  otherAmount: fc.option(fc.integer({ min: 1, max: 10_000_000 }), { freq: 3 }),
});
type Wish = typeof wishes extends fc.Arbitrary<infer T> ? T : never;

const isTaxable = (wish: Wish): boolean =>
  wish.vatRegistered && ['osek_murshe', 'company', 'amuta'].includes(wish.dealerType);
const dayOf = (wish: Wish): string => dayInZone(new Date(wish.seconds * 1000), CLINIC.timeZone);

/** The discount of the whole document. */
const discountOf = (wish: Wish): number =>
  Math.floor(((wish.items ?? []).reduce((sum, item) => sum + ownTotal(item), 0) * wish.off) / 100);
const ownTotal = (item: { quantity: number; unitPrice: number; discount?: number }): number =>
  Number(priceOf(item.quantity, item.unitPrice)) - (item.discount ?? 0);

/** What the payer was asked for: the prices less discounts, plus VAT on the standard-rated ones if they are before VAT. */
function askedAmount(wish: Wish): number {
  const { vatTreatment } = wish;
  const list =
    wish.items === null
      ? [{ total: wish.asked, vatTreatment }]
      : pricedLines(wish.items, { discount: discountOf(wish), vatTreatment });
  const sum = (of: typeof list): number => of.reduce((total, one) => total + one.total, 0);
  const taxed = list.filter((one) => one.vatTreatment === 'standard');
  const addedVat =
    wish.vatIncluded || !isTaxable(wish) ? 0 : splitExclusive(sum(taxed), israeliVatRateBp(dayOf(wish))).vat;
  return sum(list) + addedVat;
}

function toSource(wish: Wish): DocumentSource {
  const amount = wish.otherAmount ?? askedAmount(wish);
  return {
    workspace: CLINIC,
    profiles: [{ validFrom: '2000-01-01', dealerType: wish.dealerType, vatRegistered: wish.vatRegistered }],
    issuer: wish.issuer,
    payment: {
      reference: 'order-1',
      description: 'Session',
      currency: 'ILS',
      items: wish.items,
      discount: discountOf(wish),
      vatIncluded: wish.vatIncluded,
      vatTreatment: wish.vatTreatment,
      vatReason: null,
      serviceDate: null,
      customer: { taxIdKind: wish.taxIdKind },
    },
    amount,
    means: [plainMeans('card', amount)],
    paidAt: new Date(wish.seconds * 1000),
    issuedAt: new Date(wish.seconds * 1000),
    payerName: null,
    logoSha256: null,
    rate: null,
  };
}

const always = (check: (wish: Wish, source: DocumentSource) => void): void =>
  fc.assert(
    fc.property(wishes, (wish) => check(wish, toSource(wish))),
    { numRuns: 500 },
  );

describe('every document, whatever was sold by whom, and whatever came', () => {
  it('adds up to what came, of parts that are not negative', () => {
    always((_wish, source) => {
      const { net, vat, total } = draftDocument(source).split;
      expect(net + vat).toBe(total);
      expect(total).toBe(source.amount);
      expect(Math.min(net, vat)).toBeGreaterThanOrEqual(0);
    });
  });

  it('has lines that add up to its total, or to its net where prices are before VAT', () => {
    always((_wish, source) => {
      const { split, content } = draftDocument(source);
      const sum = content.lines.reduce((total, line) => total + line.total, 0);
      expect(sum).toBe(content.pricesIncludeVat ? split.total : split.net);
      for (const { quantity, unitPrice, discount = 0, documentDiscount = 0, total } of content.lines) {
        expect(Number(priceOf(quantity, unitPrice)) - discount - documentDiscount).toBe(total);
        expect(Math.min(discount, documentDiscount, total)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it("lists the app's items exactly where what came is what was asked", () => {
    always((wish, source) => {
      const { lines } = draftDocument(source).content;
      if (wish.items === null) expect(lines).toHaveLength(1);
      else if (source.amount === askedAmount(wish)) {
        expect(lines.map((line) => [line.quantity, line.unitPrice, line.discount])).toEqual(
          wish.items.map((item) => [item.quantity, item.unitPrice, item.discount]),
        );
        const shared = lines.reduce((sum, line) => sum + (line.documentDiscount ?? 0), 0);
        expect(shared).toBe(discountOf(wish));
      } else expect(lines.map((line) => line.description)).toEqual(['Session']);
    });
  });

  it('bears VAT only of a registered dealer who may charge it, only on standard lines, at the rate of its day', () => {
    always((wish, source) => {
      const { split, content } = draftDocument(source);
      const hasStandard = content.lines.some((line) => line.vatTreatment === 'standard' && line.total > 0);
      if (!isTaxable(wish) || !hasStandard) expect(split).toMatchObject({ vat: 0, rateBp: 0 });
      else expect(split.rateBp).toBe(israeliVatRateBp(dayOf(wish)));
    });
  });

  it('is of the type that dealer and issuer call for', () => {
    always((wish, source) => {
      const draft = draftDocument(source);
      const isExempt = draft.content.lines.every(({ vatTreatment }) => vatTreatment === 'exempt');
      const legal = isTaxable(wish) && !isExempt ? 'tax_invoice_receipt' : 'receipt';
      expect(draft.type).toBe(wish.issuer === 'engine' ? legal : 'payment_confirmation');
    });
  });

  it('is held only as a tax invoice with VAT to a registered customer', () => {
    always((wish, source) => {
      const draft = draftDocument(source);
      if (draft.status === 'issued') return;
      expect(draft.status).toBe('allocation_required');
      expect(draft.type).toBe('tax_invoice_receipt');
      expect(wish.taxIdKind).not.toBe('private');
      expect(draft.split.vat).toBeGreaterThan(0);
      expect(draft.split.net).toBeGreaterThan(500_000);
    });
  });

  it('is the same when drawn up again, and leaves its source as it was', () => {
    always((_wish, source) => {
      const before = structuredClone(source);
      const first = draftDocument(source);
      expect(draftDocument(source)).toEqual(first);
      expect(source).toEqual(before);
    });
  });
});
