import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import {
  DOCUMENT_TYPES,
  SERIES_PREFIX,
  creditTypeOf,
  displayNumber,
  fileNameOf,
  mayIssueTaxInvoice,
  needsAllocationNumber,
  paymentDocumentType,
  saleDocumentType,
  profileOn,
} from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import { DEALER_TYPES } from './workspace.ts';
import type { DealerType, TaxProfile } from './workspace.ts';

/**
 * Uniform-structure types of our series; two series of one type must print differently.
 * Source: docs/reference/uniform-structure.md, "Document types".
 */
const EXPORTED = {
  receipt: 400,
  credit_receipt: 400,
  tax_invoice_receipt: 320,
  credit_invoice: 330,
} as const;

const DEALERS = [
  ['osek_murshe', true, 'tax_invoice_receipt'],
  ['osek_murshe', false, 'receipt'],
  ['company', true, 'tax_invoice_receipt'],
  ['company', false, 'receipt'],
  ['amuta', true, 'tax_invoice_receipt'],
  ['amuta', false, 'receipt'],
  ['osek_patur', false, 'receipt'],
  ['osek_patur', true, 'receipt'],
  ['foreign', false, 'receipt'],
  ['foreign', true, 'receipt'],
] as const;

/**
 * The types of ours that the law lets each dealer issue, if registered for VAT.
 * Source: docs/reference/israel-tax.md, "Who issues what".
 */
const LAWFUL: Readonly<Record<DealerType, readonly DocumentType[]>> = {
  osek_murshe: ['receipt', 'tax_invoice_receipt'],
  company: ['receipt', 'tax_invoice_receipt'],
  amuta: ['receipt', 'tax_invoice_receipt'],
  osek_patur: ['receipt'],
  foreign: ['receipt'],
};

describe('the document of a payment', () => {
  it.each(DEALERS)(
    'of %s (registered: %p), issued by the engine, is a %s',
    (dealerType, vatRegistered, type) => {
      expect(paymentDocumentType('engine', { dealerType, vatRegistered })).toBe(type);
      expect(mayIssueTaxInvoice({ dealerType, vatRegistered })).toBe(type === 'tax_invoice_receipt');
    },
  );

  it.each(DEALERS)(
    'of %s (registered: %p) is a mere confirmation where the service issues',
    (dealerType, vatRegistered, _legal) => {
      expect(paymentDocumentType('invoice_service', { dealerType, vatRegistered })).toBe(
        'payment_confirmation',
      );
    },
  );

  const everybody = DEALER_TYPES.flatMap((dealerType) =>
    [true, false].flatMap((vatRegistered) =>
      (['engine', 'invoice_service'] as const).map((issuer) => ({ dealerType, vatRegistered, issuer })),
    ),
  );

  it.each(everybody)(
    'of $dealerType (registered: $vatRegistered, by $issuer) is none that he may not issue',
    (of) => {
      const type = paymentDocumentType(of.issuer, of);
      const isLawful = of.vatRegistered && LAWFUL[of.dealerType].includes('tax_invoice_receipt');
      const legal = isLawful ? ['tax_invoice_receipt', 'credit_invoice'] : ['receipt', 'credit_receipt'];
      const confirmations = ['payment_confirmation', 'refund_confirmation'];
      expect([type, creditTypeOf(type)]).toEqual(of.issuer === 'engine' ? legal : confirmations);
    },
  );

  it.each([
    ['tax_invoice_receipt', 'credit_invoice'],
    ['receipt', 'credit_receipt'],
    ['payment_confirmation', 'refund_confirmation'],
  ] as const)('%s is credited by a %s', (original, credit) => {
    expect(creditTypeOf(original)).toBe(credit);
  });
});

describe('a printed number', () => {
  it.each([
    ['receipt', 7, '7'],
    ['tax_invoice_receipt', 1, '1'],
    ['credit_receipt', 7, 'CR7'],
    ['credit_invoice', 12, '12'],
    ['refund_confirmation', 3, 'RC3'],
  ] as const)('of a %s %p is %s', (type, number, text) => {
    expect(displayNumber(type, number)).toBe(text);
  });

  it('never collides within one type of the uniform structure', () => {
    const keys = Object.entries(EXPORTED).map(
      ([type, code]) => `${code}/${SERIES_PREFIX[type as keyof typeof EXPORTED]}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([...DOCUMENT_TYPES])('of a %s has a prefix of at most five letters', (type) => {
    expect(SERIES_PREFIX[type]).toMatch(/^[A-Z]{0,5}$/);
  });
});

describe('the tax profile of a day', () => {
  const patur: TaxProfile = { validFrom: '2024-01-01', dealerType: 'osek_patur', vatRegistered: false };
  const murshe: TaxProfile = { validFrom: '2025-07-01', dealerType: 'osek_murshe', vatRegistered: true };

  it.each([
    ['2024-01-01', patur],
    ['2025-06-30', patur],
    ['2025-07-01', murshe],
    ['2030-01-01', murshe],
  ])('on %s is the latest that had begun, in whatever order they are given', (day, profile) => {
    expect(profileOn([patur, murshe], day)).toBe(profile);
    expect(profileOn([murshe, patur], day)).toBe(profile);
  });

  it.each(['2023-12-31', '1999-01-01'])('is refused on %s, before the first', (day) => {
    expect(() => profileOn([patur, murshe], day)).toThrow(RangeError);
    expect(() => profileOn([], day)).toThrow(`no tax profile on ${day}`);
  });

  it('leaves the list as it was', () => {
    const list = [patur, murshe];
    profileOn(list, '2026-01-01');
    expect(list).toEqual([patur, murshe]);
  });
});

describe('an allocation number', () => {
  const held = (
    day: string,
    net: number,
    change: Partial<Parameters<typeof needsAllocationNumber>[0]> = {},
  ): boolean =>
    needsAllocationNumber({
      type: 'tax_invoice_receipt',
      day,
      split: { vat: 1 },
      shekels: { net },
      customerIsRegistered: true,
      ...change,
    });

  it.each([
    ['2024-05-05', 2_500_000],
    ['2024-12-31', 2_500_000],
    ['2025-01-01', 2_000_000],
    ['2025-12-31', 2_000_000],
    ['2026-01-01', 1_000_000],
    ['2026-05-31', 1_000_000],
    ['2026-06-01', 500_000],
    ['2027-01-01', 500_000],
  ])('on %s is needed above %p agorot before VAT, not at it', (day, threshold) => {
    expect(held(day, threshold)).toBe(false);
    expect(held(day, threshold + 1)).toBe(true);
  });

  it('was not needed for any sum before 5 May 2024', () => {
    expect(held('2024-05-04', Number.MAX_SAFE_INTEGER - 1)).toBe(false);
  });

  it('is needed by invoices alone, by no private customer, and without VAT not', () => {
    const net = 9_000_000;
    expect(held('2026-06-01', net)).toBe(true);
    expect(held('2026-06-01', net, { customerIsRegistered: false })).toBe(false);
    expect(held('2026-06-01', net, { split: { vat: 0 } })).toBe(false);
    for (const type of DOCUMENT_TYPES) {
      const isInvoice = type === 'tax_invoice_receipt' || type === 'tax_invoice';
      expect(held('2026-06-01', net, { type })).toBe(isInvoice);
    }
  });

  it('is waited for where no exchange rate is known, because nobody knows whether it is needed', () => {
    expect(held('2026-06-01', 0, { shekels: null })).toBe(true);
    expect(held('2026-06-01', 0, { shekels: null, customerIsRegistered: false })).toBe(false);
    expect(held('2024-05-04', 0, { shekels: null })).toBe(false);
  });

  it('once needed for a sum, is needed for every larger one and on every later day', () => {
    const days = fc
      .integer({ min: 0, max: 1_500 })
      .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
    const nets = fc.integer({ min: 0, max: 3_000_000 });
    fc.assert(
      fc.property(days, days, nets, nets, (dayA, dayB, netA, netB) => {
        const [early = '', late = ''] = [dayA, dayB].sort();
        const [small, large] = [Math.min(netA, netB), Math.max(netA, netB)];
        if (held(early, small)) expect([held(late, small), held(early, large)]).toEqual([true, true]);
      }),
    );
  });
});

describe('the name of a printed file', () => {
  it.each([
    ['tax_invoice_receipt', 'issued', 'original', 'tax-invoice-receipt-7-original.pdf'],
    ['receipt', 'issued', 'copy', 'receipt-7-copy.pdf'],
    ['tax_invoice_receipt', 'allocation_required', 'awaiting', 'tax-invoice-receipt-7-awaiting.pdf'],
    ['tax_invoice_receipt', 'cancelled', 'copy', 'tax-invoice-receipt-7-cancelled.pdf'],
    ['payment_confirmation', 'issued', 'pushed', 'payment-confirmation-7.pdf'],
  ] as const)('of a %s that is %s, as %s, says so', (type, status, variant, expected) => {
    expect(fileNameOf({ type, number: 7, status }, variant)).toBe(expected);
  });
});

describe('a sale that is exempt altogether', () => {
  const company = { dealerType: 'company', vatRegistered: true } as const;
  const of = (...treatments: ('standard' | 'zero_rated' | 'exempt')[]) =>
    treatments.map((vatTreatment) => ({ vatTreatment }));

  it('is no tax invoice, unless the accountant says otherwise; zero-rated and mixed sales are', () => {
    expect(saleDocumentType('engine', company, of('exempt', 'exempt'))).toBe('receipt');
    expect(saleDocumentType('engine', company, of('exempt'), 'tax_invoice')).toBe('tax_invoice_receipt');
    expect(saleDocumentType('engine', company, of('zero_rated'))).toBe('tax_invoice_receipt');
    expect(saleDocumentType('engine', company, of('exempt', 'zero_rated'))).toBe('tax_invoice_receipt');
    expect(saleDocumentType('engine', company, of('standard'))).toBe('tax_invoice_receipt');
  });

  it('changes nothing for a dealer without VAT, or where the invoice service makes the legal document', () => {
    const patur = { dealerType: 'osek_patur', vatRegistered: false } as const;
    expect(saleDocumentType('engine', patur, of('exempt'))).toBe('receipt');
    expect(saleDocumentType('invoice_service', company, of('exempt'))).toBe('payment_confirmation');
  });
});
