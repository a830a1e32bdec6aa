import { describe, expect, it } from '#jest';
import { fiscalYearOf } from './calendar.ts';
import { draftDocument } from './document-content.ts';
import type { DraftDocument } from './document-content.ts';
import { plainMeans } from './means.ts';
import type { VatTreatment } from './vat.ts';
import type { TaxProfile, Workspace } from './workspace.ts';

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
const MURSHE: TaxProfile = { validFrom: '2000-01-01', dealerType: 'osek_murshe', vatRegistered: true };
const PATUR: TaxProfile = { validFrom: '2000-01-01', dealerType: 'osek_patur', vatRegistered: false };

interface Wish {
  readonly amount?: number;
  readonly vatIncluded?: boolean;
  readonly vatTreatment?: VatTreatment;
  readonly workspace?: Partial<Workspace>;
  readonly profile?: TaxProfile;
  /** When it was found; at once unless said. */
  readonly found?: string;
}

/** The document of a payment at this instant. */
function paidAt(instant: string, wish: Wish = {}): DraftDocument {
  const { amount = 10_000, vatIncluded = true, vatTreatment = 'standard' } = wish;
  return draftDocument({
    workspace: { ...CLINIC, ...wish.workspace },
    profiles: [wish.profile ?? MURSHE],
    issuer: 'engine',
    payment: {
      reference: 'order-1',
      description: 'Session',
      currency: 'ILS',
      items: null,
      vatIncluded,
      vatTreatment,
      vatReason: vatTreatment === 'standard' ? null : 'a foreign resident',
      serviceDate: null,
      customer: null,
    },
    amount,
    means: [plainMeans('card', amount)],
    paidAt: new Date(instant),
    issuedAt: new Date(wish.found ?? instant),
    payerName: null,
    logoSha256: null,
    rate: null,
  });
}

const LAST_OF_2024 = '2024-12-31T21:59:59.999Z';
const FIRST_OF_2025 = '2024-12-31T22:00:00.000Z';

describe('the vectors', () => {
  it.each([
    [FIRST_OF_2025, 10_000, 8_475, 1_525],
    [FIRST_OF_2025, 11_700, 9_915, 1_785],
    [FIRST_OF_2025, 11_800, 10_000, 1_800],
    [FIRST_OF_2025, 15_000, 12_712, 2_288],
    [FIRST_OF_2025, 9_999, 8_474, 1_525],
    [FIRST_OF_2025, 35_000, 29_661, 5_339],
    [FIRST_OF_2025, 117, 99, 18],
    [FIRST_OF_2025, 118, 100, 18],
    [LAST_OF_2024, 10_000, 8_547, 1_453],
    [LAST_OF_2024, 11_700, 10_000, 1_700],
    [LAST_OF_2024, 9_999, 8_546, 1_453],
  ])('paid at %s, %p stands on the document as %p and %p', (instant, amount, net, vat) => {
    expect(paidAt(instant, { amount }).split).toMatchObject({ net, vat, total: amount });
  });
});

describe('the midnight at which the rate changed', () => {
  it.each([
    [LAST_OF_2024, 'Asia/Jerusalem', '2024-12-31', 1700],
    [FIRST_OF_2025, 'Asia/Jerusalem', '2025-01-01', 1800],
    [FIRST_OF_2025, 'UTC', '2024-12-31', 1700],
    ['2025-01-01T04:59:59.999Z', 'America/New_York', '2024-12-31', 1700],
    ['2025-01-01T05:00:00.000Z', 'America/New_York', '2025-01-01', 1800],
    ['2024-12-31T09:59:59.999Z', 'Pacific/Kiritimati', '2024-12-31', 1700],
    ['2024-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2025-01-01', 1800],
  ])('is that of the workspace: %s in %s is %s, at %p', (instant, timeZone, documentDate, rateBp) => {
    const draft = paidAt(instant, { workspace: { timeZone } });
    expect(draft).toMatchObject({ documentDate, split: { rateBp } });
    expect(fiscalYearOf(draft.documentDate)).toBe(Number(documentDate.slice(0, 4)));
  });

  it.each([
    [LAST_OF_2024, 11_700, 1_700, 1700],
    [FIRST_OF_2025, 11_800, 1_800, 1800],
  ])('counts for prices before VAT too: %s', (instant, amount, vat, rateBp) => {
    const { split, content } = paidAt(instant, { amount, vatIncluded: false });
    expect(split).toEqual({ net: 10_000, vat, total: amount, rateBp });
    expect(content.lines).toMatchObject([{ total: 10_000 }]);
  });

  it.each([LAST_OF_2024, FIRST_OF_2025])('leaves alone what bears no VAT: %s', (instant) => {
    const none = { net: 10_000, vat: 0, total: 10_000, rateBp: 0 };
    for (const vatTreatment of ['zero_rated', 'exempt'] as const) {
      const { split, content } = paidAt(instant, { vatTreatment });
      expect({ split, reason: content.vatReason }).toEqual({ split: none, reason: 'a foreign resident' });
    }
    expect(paidAt(instant, { profile: PATUR }).split).toEqual(none);
  });

  it('changes nothing about the rate of a sum whose VAT rounds to nothing', () => {
    expect(paidAt(LAST_OF_2024, { amount: 1 }).split).toEqual({ net: 1, vat: 0, total: 1, rateBp: 1700 });
    expect(paidAt(FIRST_OF_2025, { amount: 1 }).split.rateBp).toBe(1800);
  });
});

describe('the nights in which Israel moves its clocks', () => {
  // 27 March 2026 has 23 hours, 25 October 2026 has 25: the hour from 01:00 comes twice.
  it.each([
    ['2026-03-26T21:59:59.999Z', '2026-03-26'],
    ['2026-03-26T22:00:00.000Z', '2026-03-27'],
    ['2026-03-27T20:59:59.999Z', '2026-03-27'],
    ['2026-03-27T21:00:00.000Z', '2026-03-28'],
    ['2026-10-24T20:59:59.999Z', '2026-10-24'],
    ['2026-10-24T21:00:00.000Z', '2026-10-25'],
    ['2026-10-24T22:30:00.000Z', '2026-10-25'],
    ['2026-10-24T23:30:00.000Z', '2026-10-25'],
    ['2026-10-25T21:59:59.999Z', '2026-10-25'],
    ['2026-10-25T22:00:00.000Z', '2026-10-26'],
  ])('end the day at its own midnight: %s is a document of %s', (instant, documentDate) => {
    expect(paidAt(instant)).toMatchObject({ documentDate, split: { rateBp: 1800 } });
  });

  it.each([
    ['2026-03-26T21:59:59.999Z', '2026-03-27'],
    ['2026-03-26T22:00:00.000Z', '2026-03-27'],
    ['2026-03-27T20:59:59.999Z', '2026-03-27'],
  ])('close the books at that midnight too: %s goes to %s', (instant, documentDate) => {
    const workspace = { booksClosedThrough: '2026-03-26' };
    expect(paidAt(instant, { workspace }).documentDate).toBe(documentDate);
  });
});

describe('31 December 23:59:30, found on 2 January', () => {
  const instant = '2024-12-31T21:59:30Z';

  it('is a document of the old year at the old rate', () => {
    const draft = paidAt(instant, { found: '2025-01-02T08:00:00Z' });
    expect(draft).toMatchObject({ documentDate: '2024-12-31', split: { rateBp: 1700 } });
    expect(draft.content.movedFromDay).toBeNull();
  });

  it('is one of the new year where the old one is closed, still at the rate of the day of payment', () => {
    const workspace = { booksClosedThrough: '2024-12-31' };
    const draft = paidAt(instant, { workspace, found: '2025-01-02T08:00:00Z' });
    expect(draft).toMatchObject({
      documentDate: '2025-01-02',
      split: { net: 8_547, vat: 1_453, total: 10_000, rateBp: 1700 },
      content: { movedFromDay: '2024-12-31', paidAt: '2024-12-31T21:59:30.000Z' },
    });
    expect(fiscalYearOf(draft.documentDate)).toBe(2025);
  });
});
