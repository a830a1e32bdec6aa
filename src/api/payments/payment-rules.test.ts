import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { chargeAmountOf, checkPayment } from './payment-rules.ts';
import type { Surroundings } from './payment-rules.ts';
import { createPaymentBody } from './payment-schema.ts';
import type { CreatePaymentBody } from './payment-schema.ts';

const workspace: Workspace = {
  id: 'ws_1',
  name: 'Clinic',
  legalName: { he: 'מרפאה', en: 'Clinic' },
  taxId: '123456782',
  address: { street: 'a', houseNumber: '1', city: 'b', zip: '1', country: 'IL' },
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  mode: 'test',
  documentIssuer: null,
  receipt: { email: false, print: 'at_issue', onPayPage: false },
  providerDescription: null,
  booksClosedThrough: null,
};
const now = new Date('2026-03-01T12:00:00Z');
const around = (change: Partial<Surroundings> = {}): Surroundings => ({
  workspace,
  profiles: [{ validFrom: '2000-01-01', dealerType: 'osek_murshe', vatRegistered: true }],
  issuer: 'engine',
  providerCurrencies: ['ILS', 'USD'],
  providerName: 'payplus',
  now,
  ...change,
});
const body = (change: object): CreatePaymentBody =>
  createPaymentBody.parse({ amount: 10_000, description: 'visit', reference: 'r', ...change });

/** The pointer of the refusal, or null if there is none. */
function refusalOf(change: object, circumstances: Partial<Surroundings> = {}): string | null {
  try {
    checkPayment(body(change), around(circumstances));
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.fields[0]?.pointer ?? error.code;
  }
}

describe('a payment is accepted', () => {
  const dollars = { workspace: { ...workspace, currency: 'USD' as const } };

  it('in the currency of the workspace, where the provider takes it', () => {
    expect(refusalOf({ currency: 'ILS' })).toBeNull();
    expect(refusalOf({ currency: 'USD' })).toBe('#/currency');
    expect(refusalOf({}, { providerCurrencies: ['EUR'] })).toBe('#/currency');
  });

  it('in another currency than shekels only when no tax document of ours is due', () => {
    expect(refusalOf({}, dollars)).toBe('#/currency');
    expect(refusalOf({ vatTreatment: 'zero_rated', vatReason: 'export' }, dollars)).toBeNull();
    expect(refusalOf({}, { ...dollars, issuer: 'invoice_service' })).toBeNull();
    const patur = [{ validFrom: '2000-01-01', dealerType: 'osek_patur' as const, vatRegistered: false }];
    expect(refusalOf({}, { ...dollars, profiles: patur })).toBeNull();
  });

  it('in another currency only when every item is zero-rated, whatever the payment says', () => {
    const exported = { vatTreatment: 'zero_rated', vatReason: 'export' };
    const itemsOf = (...treatments: (string | undefined)[]) => ({
      items: treatments.map((vatTreatment) => ({
        ...{ description: 'a', quantity: 1, unitPrice: 10_000 / treatments.length },
        ...(vatTreatment === undefined ? {} : { vatTreatment }),
      })),
    });
    expect(refusalOf({ ...exported, ...itemsOf('zero_rated', 'standard') }, dollars)).toBe('#/currency');
    expect(refusalOf({ ...exported, ...itemsOf('zero_rated', 'exempt') }, dollars)).toBe('#/currency');
    expect(refusalOf({ ...exported, ...itemsOf('zero_rated', undefined) }, dollars)).toBeNull();
    expect(refusalOf({ vatReason: 'export', ...itemsOf('zero_rated') }, dollars)).toBeNull();
    expect(refusalOf({ vatReason: 'export', ...itemsOf('zero_rated', undefined) }, dollars)).toBe(
      '#/currency',
    );
  });

  it('in another currency of any dealer who may issue tax invoices, and of nobody else', () => {
    const ofAmuta = (vatRegistered: boolean) => [
      { validFrom: '2000-01-01', dealerType: 'amuta' as const, vatRegistered },
    ];
    expect(refusalOf({}, { ...dollars, profiles: ofAmuta(true) })).toBe('#/currency');
    expect(refusalOf({}, { ...dollars, profiles: ofAmuta(false) })).toBeNull();
  });

  it('when its items come to its amount, whatever their size', () => {
    const item = (quantity: number, unitPrice: number) => ({ description: 'a', quantity, unitPrice });
    expect(refusalOf({ items: [item(2, 2_500), item(1, 5_000)] })).toBeNull();
    expect(refusalOf({ items: [item(1, 9_999)] })).toBe('#/items');
    expect(refusalOf({ items: [item(1_000_000, 999_999_999_999)] })).toBe('#/items');
    const large = Array.from({ length: 100 }, () => item(9_000, 999_999_999_999));
    expect(refusalOf({ items: large })).toBe('#/items');
  });

  it('without VAT only for a reason', () => {
    expect(refusalOf({ vatTreatment: 'exempt' })).toBe('#/vatReason');
    expect(refusalOf({ vatTreatment: 'exempt', vatReason: 'section 31' })).toBeNull();
    const items = [{ description: 'a', quantity: 1, unitPrice: 10_000, vatTreatment: 'zero_rated' }];
    expect(refusalOf({ items })).toBe('#/vatReason');
  });

  it('when it expires in the future and within a year', () => {
    expect(refusalOf({ expiresAt: '2026-03-01T12:00:00Z' })).toBe('#/expiresAt');
    expect(refusalOf({ expiresAt: '2026-03-01T14:00:01+02:00' })).toBeNull();
    expect(refusalOf({ expiresAt: '2027-03-01T12:00:00Z' })).toBeNull();
    expect(refusalOf({ expiresAt: '2027-03-03T12:00:00Z' })).toBe('#/expiresAt');
  });

  it('for a customer whose Israeli number is right', () => {
    expect(refusalOf({ customer: { taxId: '123456782' } })).toBeNull();
    expect(refusalOf({ customer: { taxId: '123456789' } })).toBe('#/customer/taxId');
    expect(refusalOf({ customer: { taxId: 'DE123', address: { country: 'DE' } } })).toBeNull();
    expect(refusalOf({ customer: { taxIdKind: 'company' } })).toBe('#/customer/taxId');
  });
});

describe('the payer is asked for', () => {
  it('the amount where VAT is inside, and VAT on top where it is not', () => {
    expect(chargeAmountOf(body({}), around())).toBe(10_000);
    expect(chargeAmountOf(body({ vatIncluded: false }), around())).toBe(11_800);
  });

  it('VAT at the rate of the day', () => {
    const before = around({ now: new Date('2024-12-31T21:59:00Z') });
    expect(chargeAmountOf(body({ vatIncluded: false }), before)).toBe(11_700);
    const after = around({ now: new Date('2024-12-31T22:01:00Z') });
    expect(chargeAmountOf(body({ vatIncluded: false }), after)).toBe(11_800);
  });

  it('no VAT by a dealer who is not registered, or on what bears none', () => {
    const patur = [{ validFrom: '2000-01-01', dealerType: 'osek_patur' as const, vatRegistered: false }];
    expect(chargeAmountOf(body({ vatIncluded: false }), around({ profiles: patur }))).toBe(10_000);
    expect(chargeAmountOf(body({ vatIncluded: false, vatTreatment: 'exempt' }), around())).toBe(10_000);
  });

  it('VAT once, on the sum of the lines that bear it', () => {
    const items = [
      { description: 'a', quantity: 3, unitPrice: 33 },
      { description: 'b', quantity: 1, unitPrice: 9_901, vatTreatment: 'exempt' },
    ];
    expect(chargeAmountOf(body({ items, vatIncluded: false }), around())).toBe(10_000 + 18);
  });
});

describe('the parties of a tax invoice', () => {
  const at = (street: string, city: string): Partial<Surroundings> => ({
    workspace: { ...workspace, address: { ...workspace.address, street, city } },
  });

  it('need street and town of the business, before anybody pays', () => {
    expect(refusalOf({}, at('', 'Haifa'))).toBe('issuer_incomplete');
    expect(refusalOf({}, at('Herzl', ' '))).toBe('issuer_incomplete');
    expect(refusalOf({}, at('Herzl', 'Haifa'))).toBeNull();
  });

  it('need no address where the engine issues no tax invoice', () => {
    const patur = [{ validFrom: '2000-01-01', dealerType: 'osek_patur', vatRegistered: false } as const];
    expect(refusalOf({}, { ...at('', ''), profiles: patur })).toBeNull();
    expect(refusalOf({}, { ...at('', ''), issuer: 'invoice_service' })).toBeNull();
  });

  it('need the name of a customer who deducts the VAT', () => {
    const taxId = '123456782';
    expect(refusalOf({ customer: { taxId, taxIdKind: 'dealer' } })).toBe('#/customer/name');
    expect(refusalOf({ customer: { taxId, taxIdKind: 'company', name: 'Acme' } })).toBeNull();
    expect(refusalOf({ customer: { taxId } })).toBeNull();
  });
});
