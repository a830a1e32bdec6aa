import fc from 'fast-check';
import { describe, expect, it } from '#jest';
import { draftCredit } from './credit-document.ts';
import { draftDueInvoice, draftDueReceipt } from './due-invoice.ts';
import type { DocumentSource } from './document-content.ts';
import { plainMeans } from './means.ts';
import type { TaxProfile } from './workspace.ts';

const MURSHE: TaxProfile = { validFrom: '2015-10-01', dealerType: 'osek_murshe', vatRegistered: true };
const RECEIPT = { type: 'receipt', number: 5, documentDate: '2024-12-15' } as const;

/** Cheques of 118.00 that were given on 15 December 2024; the invoice is made on 15 January 2025. */
function source(
  change: Partial<Omit<DocumentSource, 'payment'>> & { payment?: object } = {},
): DocumentSource {
  const amount = change.amount ?? 11_800;
  return {
    workspace: {
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
    },
    profiles: [MURSHE],
    issuer: 'engine',
    means: [plainMeans('check', amount)],
    paidAt: new Date('2024-12-15T10:00:00Z'),
    issuedAt: new Date('2025-01-15T06:00:00Z'),
    payerName: null,
    logoSha256: null,
    rate: null,
    ...change,
    amount,
    payment: {
      reference: 'order-1',
      description: 'Session',
      currency: 'ILS',
      items: null,
      vatIncluded: true,
      vatTreatment: 'standard',
      vatReason: null,
      serviceDate: null,
      customer: null,
      ...change.payment,
    },
  };
}

const invoiceOf = (change: Parameters<typeof source>[0] = {}, dueOn = '2025-01-15') => {
  const draft = draftDueInvoice(source(change), { dueOn, receipt: RECEIPT });
  if (draft === null) throw new Error('no invoice');
  return draft;
};

describe('the receipt of post-dated cheques', () => {
  const issuedAt = new Date('2024-12-15T11:00:00Z');

  it('says all that came in one line, bears no VAT, and names the day of the invoice', () => {
    const items = [{ description: 'a', quantity: 1, unitPrice: 10_000 }];
    const receipt = draftDueReceipt(
      source({ issuedAt, payment: { items, vatIncluded: false } }),
      '2025-01-15',
    );
    expect(receipt).toMatchObject({
      type: 'receipt',
      documentDate: '2024-12-15',
      split: { net: 11_800, vat: 0, total: 11_800, rateBp: 0 },
      content: { invoiceDueOn: '2025-01-15', pricesIncludeVat: true, lines: [{ total: 11_800 }] },
    });
    expect(receipt.content.lines).toHaveLength(1);
  });

  it('bears no day that has not come, also where a clock is ahead', () => {
    const paidAt = new Date('2024-12-16T10:00:00Z');
    const { documentDate, content } = draftDueReceipt(source({ issuedAt, paidAt }), '2025-01-15');
    expect([documentDate, content.movedFromDay]).toEqual(['2024-12-15', null]);
  });

  it('has credits that are of money too, so that no report takes them for a sale', () => {
    const { currency, documentDate, type, split, content } = draftDueReceipt(
      source({ issuedAt }),
      '2025-01-15',
    );
    const credit = draftCredit({
      original: { type, displayNumber: '5', documentDate, currency, split, content },
      ...{ earlier: [], amount: 11_800, items: null, means: [], reason: 'bounced' },
      ...{ refundedAt: issuedAt, issuedAt, timeZone: 'Asia/Jerusalem', booksClosedThrough: null },
    });
    expect(credit).toMatchObject({ type: 'credit_receipt', content: { invoiceDueOn: '2025-01-15' } });
  });
});

describe('the papers of post-dated cheques in another currency', () => {
  const rate = { rate: 3_600_000, day: '2025-01-14' };

  it('have their sums in shekels at the rate that each is given', () => {
    const payment = { currency: 'USD' };
    const receipt = draftDueReceipt(source({ rate, payment }), '2025-01-15');
    expect(receipt.content.ils).toMatchObject({ total: 42_480, vat: 0, rateDay: '2025-01-14' });
    expect(invoiceOf({ rate, payment }).content.ils).toMatchObject({ total: 42_480, vat: 6_480 });
    expect(invoiceOf({ rate: null, payment }).content.ils).toBeUndefined();
  });

  it('ask for an allocation number above the threshold in shekels, and where no rate is known', () => {
    const payment = { currency: 'USD', customer: { taxId: '123456782', taxIdKind: 'company' } };
    const statusOf = (amount: number, known: typeof rate | null) =>
      invoiceOf({ rate: known, payment, amount }).status;
    expect(statusOf(700_000, rate)).toBe('allocation_required');
    expect(statusOf(650_000, rate)).toBe('issued');
    expect(statusOf(100, null)).toBe('allocation_required');
  });
});

describe('the tax invoice of post-dated cheques', () => {
  it('has the rate of the due date, not that of the day on which they were given', () => {
    expect(invoiceOf()).toMatchObject({
      type: 'tax_invoice',
      status: 'issued',
      documentDate: '2025-01-15',
      split: { net: 10_000, vat: 1_800, total: 11_800, rateBp: 1_800 },
      content: { movedFromDay: null, invoices: { type: 'receipt', displayNumber: '5' } },
    });
    expect(invoiceOf({}, '2024-12-31').split.rateBp).toBe(1_700);
  });

  it('bears the day on which it is made, and names the due date where that is another', () => {
    const issuedAt = new Date('2025-01-17T06:00:00Z');
    const late = invoiceOf({ issuedAt });
    expect([late.documentDate, late.content.movedFromDay]).toEqual(['2025-01-17', '2025-01-15']);
  });

  it('keeps the sum of the cheques where prices before VAT met another rate', () => {
    const items = [{ description: 'a', quantity: 1, unitPrice: 10_000 }];
    const { split, content } = invoiceOf({ amount: 11_700, payment: { items, vatIncluded: false } });
    expect(split).toEqual({ net: 9_915, vat: 1_785, total: 11_700, rateBp: 1_800 });
    expect(content.lines.map(({ total }) => total)).toEqual([9_915]);
  });

  it('is none where the dealer of the due date may issue none', () => {
    const patur: TaxProfile = { validFrom: '2025-01-01', dealerType: 'osek_patur', vatRegistered: false };
    const profiles = [MURSHE, patur];
    expect(draftDueInvoice(source({ profiles }), { dueOn: '2025-01-15', receipt: RECEIPT })).toBeNull();
    expect(draftDueInvoice(source({ profiles }), { dueOn: '2024-12-31', receipt: RECEIPT })).not.toBeNull();
  });

  it('waits for its allocation number where its own day asks for one', () => {
    const customer = { name: 'Acme', taxId: '123456782', taxIdKind: 'company' };
    const of = (issuedAt: string) =>
      invoiceOf({ amount: 700_000, issuedAt: new Date(issuedAt), payment: { customer } }).status;
    expect([of('2025-01-15T06:00:00Z'), of('2026-06-15T06:00:00Z')]).toEqual([
      'issued',
      'allocation_required',
    ]);
  });

  it('comes to what is left, to the agora', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (amount) => {
        const { split, content } = invoiceOf({ amount });
        expect([split.net + split.vat, split.total]).toEqual([amount, amount]);
        expect(content.lines.reduce((sum, { total }) => sum + total, 0)).toBe(amount);
      }),
    );
  });
});
