import { describe, expect, it } from '#jest';
import { plainMeans } from './means.ts';
import { warningsOf } from './payment-warnings.ts';
import { shekelSums } from './shekel-sums.ts';

/** 2,000.00 dollars in cash for an invoice of a customer whose number nobody knows; `rate` in millionths. */
const inDollars = (rate: number | null, dealerType: 'company' | 'foreign' = 'company') => {
  const total = 200_000;
  const split = { net: total, vat: 0, total };
  const means = [plainMeans('cash', total)];
  const converted = {
    currency: 'USD',
    split,
    content: { lines: [], means, pricesIncludeVat: true },
  } as const;
  const ils = rate === null ? {} : { ils: shekelSums(converted, { rate, day: '2026-01-01' }) };
  return warningsOf({
    type: 'tax_invoice_receipt',
    currency: 'USD',
    total,
    content: {
      issuer: {
        name: { he: 'א', en: 'A' },
        taxId: '514217658',
        dealerType,
        vatRegistered: dealerType === 'company',
        address: { street: 'Herzl', houseNumber: '1', city: 'Haifa', zip: '1', country: 'IL' },
      },
      customer: { name: 'Jo', taxId: null, taxIdKind: 'private', address: null, phone: null },
      means,
      ...ils,
    },
  });
};

describe('the warnings about a document in another currency', () => {
  it('look at its shekels: the limits of the law are in shekels', () => {
    expect(inDollars(3_700_000)).toEqual(['customer_unidentified', 'cash_limit']);
    expect(inDollars(2_500_000)).toEqual(['customer_unidentified']);
    expect(inDollars(2_499_000)).toEqual([]);
  });

  it('say that no rate is known, and nothing that would need one', () => {
    expect(inDollars(null)).toEqual(['exchange_rate_missing']);
  });

  it('are none for a foreign dealer, whose books are not in shekels', () => {
    expect(inDollars(null, 'foreign')).toEqual([]);
  });
});
