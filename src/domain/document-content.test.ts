import { describe, expect, it } from '#jest';
import { draftCredit } from './credit-document.ts';
import { draftDocument } from './document-content.ts';
import type { DocumentSource } from './document-content.ts';
import { plainMeans } from './means.ts';
import type { TaxProfile, Workspace } from './workspace.ts';

type Payment = DocumentSource['payment'];
interface Change extends Partial<Omit<DocumentSource, 'payment' | 'workspace' | 'paidAt'>> {
  readonly payment?: Partial<Payment>;
  readonly workspace?: Partial<Workspace>;
  readonly paidAt?: string;
}

const MURSHE: TaxProfile = { validFrom: '2015-10-01', dealerType: 'osek_murshe', vatRegistered: true };
const PATUR: TaxProfile = { validFrom: '2015-10-01', dealerType: 'osek_patur', vatRegistered: false };

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

/** A session of 118.00 ₪, paid to a dealer on 5 January 2026. Tests change single fields. */
function source({
  payment,
  workspace,
  paidAt = '2026-01-05T10:00:00Z',
  ...rest
}: Change = {}): DocumentSource {
  const amount = rest.amount ?? 11_800;
  return {
    workspace: { ...CLINIC, ...workspace },
    profiles: [MURSHE],
    issuer: 'engine',
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
      ...payment,
    },
    amount,
    means: [plainMeans('card', amount)],
    paidAt: new Date(paidAt),
    issuedAt: new Date(paidAt),
    payerName: null,
    logoSha256: null,
    rate: null,
    ...rest,
  };
}

describe('the patient on a document', () => {
  const treated = { patient: { name: 'נועה לוי', taxId: '000000018' }, sessionDates: ['2026-01-05'] };

  it('is named only where the payment wants it', () => {
    expect(draftDocument(source({ payment: treated })).content).not.toHaveProperty('treated');
    const { content } = draftDocument(source({ payment: { ...treated, printPatient: true } }));
    expect(content.treated).toEqual(treated);
  });

  it('is not named on a credit', () => {
    const draft = draftDocument(source({ payment: { ...treated, printPatient: true } }));
    const credit = draftCredit({
      original: { ...draft, displayNumber: '1' },
      earlier: [],
      amount: draft.split.total,
      items: null,
      means: draft.content.means,
      reason: 'gave back',
      refundedAt: new Date('2026-01-06T10:00:00Z'),
      issuedAt: new Date('2026-01-06T10:00:00Z'),
      timeZone: CLINIC.timeZone,
      booksClosedThrough: null,
    });
    expect(credit.content).not.toHaveProperty('treated');
    expect(credit.content.customer).toEqual(draft.content.customer);
  });
});

describe('the date of a document', () => {
  it('is the day of payment in the zone of the workspace, whenever it was found', () => {
    const paidAt = '2024-12-31T21:59:30Z'; // 31 Dec 23:59:30 in Jerusalem, found on 2 January: nothing here knows of that
    const draft = draftDocument(source({ paidAt }));
    expect(draft.documentDate).toBe('2024-12-31');
    expect(draft.split.rateBp).toBe(1700);
    expect(draft.content).toMatchObject({ paidAt: '2024-12-31T21:59:30.000Z', movedFromDay: null });
  });

  it('is no day that has not come, also where the clock of the vendor is ahead, and the rate is that of today', () => {
    const draft = draftDocument(
      source({ paidAt: '2024-12-31T22:00:30Z', issuedAt: new Date('2024-12-31T21:59:30Z') }),
    );
    expect(draft).toMatchObject({ documentDate: '2024-12-31', split: { rateBp: 1700 } });
    expect(draft.content.movedFromDay).toBeNull();
  });

  it.each([
    ['2024-12-31T21:59:59.999Z', '2024-12-31', { net: 8_547, vat: 1_453, total: 10_000, rateBp: 1700 }],
    ['2024-12-31T22:00:00.000Z', '2025-01-01', { net: 8_475, vat: 1_525, total: 10_000, rateBp: 1800 }],
  ])('decides the rate: paid at %s it is of %s', (paidAt, documentDate, split) => {
    expect(draftDocument(source({ paidAt, amount: 10_000 }))).toMatchObject({ documentDate, split });
  });

  it.each([
    ['2026-11-01', '2026-12-02', null, '2026-11-01'],
    ['2026-10-31', '2026-12-02', null, '2026-12-02'],
    ['2026-12-01', '2026-12-02', '2026-12-01', '2026-12-02'],
    ['2025-12-31', '2026-01-31', null, '2025-12-31'],
    ['2025-11-30', '2026-01-01', null, '2026-01-01'],
    ['2019-05-05', '2026-12-02', null, '2026-12-02'],
  ])('paid on %s, made on %s, books closed through %p: %s', (paid, made, booksClosedThrough, day) => {
    const [paidAt, issuedAt] = [`${paid}T10:00:00Z`, new Date(`${made}T08:00:00Z`)];
    const draft = draftDocument(source({ paidAt, issuedAt, workspace: { booksClosedThrough } }));
    expect(draft.documentDate).toBe(day);
    expect(draft.content.movedFromDay).toBe(day === paid ? null : paid);
  });

  it('leaves rate and dealer to the day of payment', () => {
    const issuedAt = new Date('2026-12-02T08:00:00Z');
    const profiles = [PATUR, { ...MURSHE, validFrom: '2024-01-01' }];
    const of = (paidAt: string) => {
      const { type, split } = draftDocument(source({ paidAt, issuedAt, profiles }));
      return [type, split.rateBp];
    };
    expect(of('2023-12-31T10:00:00Z')).toEqual(['receipt', 0]);
    expect(of('2024-12-31T10:00:00Z')).toEqual(['tax_invoice_receipt', 1700]);
  });

  it('is always the present one on the invoice of a customer who deducts its VAT', () => {
    const [paidAt, issuedAt] = ['2026-12-01T10:00:00Z', new Date('2026-12-02T08:00:00Z')];
    const of = (taxIdKind: 'private' | 'company', more: Change = {}) =>
      draftDocument(source({ paidAt, issuedAt, payment: { customer: { taxIdKind } }, ...more })).documentDate;
    expect([of('private'), of('company')]).toEqual(['2026-12-01', '2026-12-02']);
    expect(of('company', { issuer: 'invoice_service' })).toBe('2026-12-02');
    expect(of('company', { profiles: [PATUR] })).toBe('2026-12-01');
  });

  it('chooses the tax profile: from patur to murshe in mid-year', () => {
    const profiles = [PATUR, { ...MURSHE, validFrom: '2025-07-01' }];
    const before = draftDocument(source({ profiles, paidAt: '2025-06-30T20:59:59Z' }));
    expect(before).toMatchObject({ type: 'receipt', split: { net: 11_800, vat: 0, rateBp: 0 } });
    expect(before.content.issuer).toMatchObject({ dealerType: 'osek_patur', vatRegistered: false });
    const after = draftDocument(source({ profiles, paidAt: '2025-06-30T21:00:00Z' }));
    expect(after).toMatchObject({
      type: 'tax_invoice_receipt',
      split: { net: 10_000, vat: 1_800, rateBp: 1800 },
    });
    expect(after.content.issuer).toMatchObject({ dealerType: 'osek_murshe', vatRegistered: true });
  });

  it('before the first profile, or before the table of rates, is refused', () => {
    expect(() => draftDocument(source({ profiles: [] }))).toThrow(RangeError);
    const old = { ...MURSHE, validFrom: '2000-01-01' };
    expect(() => draftDocument(source({ profiles: [old], paidAt: '2015-09-30T10:00:00Z' }))).toThrow(
      'no VAT rate',
    );
  });
});

it('prices before VAT stay so on paper, beside what the payer paid', () => {
  const { content, split } = draftDocument(source({ payment: { vatIncluded: false, vatReason: 'none' } }));
  expect(content).toMatchObject({ pricesIncludeVat: false, lines: [{ total: 10_000 }], vatReason: 'none' });
  expect(split).toEqual({ net: 10_000, vat: 1_800, total: 11_800, rateBp: 1800 });
});

describe('an allocation number', () => {
  // Totals at 17 or 18 % whose net is the threshold, and one whose net is an agora more.
  it.each([
    ['2024-12-31', 2_925_000, 2_925_001],
    ['2025-01-01', 2_360_000, 2_360_001],
    ['2025-12-31', 2_360_000, 2_360_001],
    ['2026-01-01', 1_180_000, 1_180_001],
    ['2026-05-31', 1_180_000, 1_180_001],
    ['2026-06-01', 590_000, 590_001],
  ])('on %s is waited for above %p agorot, not at it', (day, at, above) => {
    const draft = (amount: number, taxIdKind?: 'private' | 'dealer' | 'company') =>
      draftDocument(
        source({ paidAt: `${day}T10:00:00Z`, amount, payment: { customer: taxIdKind ? { taxIdKind } : {} } }),
      );
    for (const kind of ['dealer', 'company'] as const) {
      expect(draft(at, kind).status).toBe('issued');
      expect(draft(above, kind).status).toBe('allocation_required');
    }
    expect([draft(above, 'private').status, draft(above).status]).toEqual(['issued', 'issued']);
  });

  it.each([
    ['a receipt', { profiles: [PATUR] }],
    ['a confirmation', { issuer: 'invoice_service' }],
    ['a zero-rated invoice', { payment: { vatTreatment: 'zero_rated', customer: { taxIdKind: 'company' } } }],
  ] as const)('is not waited for on %s', (_what, change) => {
    const payment = { customer: { taxIdKind: 'company' as const } };
    expect(draftDocument(source({ payment, amount: 9_000_000, ...change })).status).toBe('issued');
    expect(draftDocument(source({ payment, amount: 9_000_000 })).status).toBe('allocation_required');
  });
});

describe('what a document freezes', () => {
  it('is the issuer, the mode, the logo and the means as they are on the day', () => {
    const { content } = draftDocument(source({ workspace: { mode: 'test' }, logoSha256: 'abc' }));
    expect(content).toMatchObject({
      templateVersion: 1,
      mode: 'test',
      logoSha256: 'abc',
      issuer: { name: CLINIC.legalName, taxId: '777777715', address: CLINIC.address },
      means: [plainMeans('card', 11_800)],
      reference: 'order-1',
    });
  });

  it.each([
    ['the app', { name: 'Dana' }, 'Read Back', 'Dana'],
    ['the vendor', {}, 'Read Back', 'Read Back'],
    ['the vendor, where the app’s cannot be seen', { name: '\u200b' }, 'Read Back', 'Read Back'],
    ['nobody, in Hebrew', null, null, 'לקוח מזדמן'],
    ['nobody, where the vendor’s cannot be seen', {}, '\u3164 ', 'לקוח מזדמן'],
    ['nobody, in English', { locale: 'en' as const }, null, 'Occasional customer'],
  ])('is the name given by %s', (_who, customer, payerName, name) => {
    expect(draftDocument(source({ payment: { customer }, payerName })).content.customer.name).toBe(name);
  });

  it('is the id of the customer as it was stored, with its zeros in front', () => {
    const { content } = draftDocument(source({ payment: { customer: { taxId: '034512343' } } }));
    expect(content.customer.taxId).toBe('034512343');
  });

  it("is the customer's language before the workspace's", () => {
    expect(draftDocument(source()).content.locale).toBe('he');
    expect(draftDocument(source({ payment: { customer: { locale: 'en' } } })).content.locale).toBe('en');
  });

  it.each([
    [undefined, null],
    [{}, null],
    [{ street: '', city: '' }, null],
    [{ city: 'Haifa' }, 'Haifa'],
    [
      { street: 'Herzl', houseNumber: '5', city: 'Haifa', zip: '31000', country: 'IL' },
      'Herzl 5, 31000 Haifa, ישראל',
    ],
    [{ street: '\u200b', city: 'Haifa', country: 'US' }, 'Haifa, ארצות הברית'],
  ])('is the address %p as one line: %p', (address, line) => {
    const customer = address === undefined ? {} : { address };
    expect(draftDocument(source({ payment: { customer } })).content.customer.address).toBe(line);
  });
});
