import { describe, expect, it } from '#jest';
import { splitInclusive } from '../../../domain/vat.ts';
import { paid, read, sent } from './testing/sample-order.ts';

describe('what the document says', () => {
  const sold = [
    { description: 'טיפול', quantity: 4, unitPrice: 25_000, total: 100_000, vatTreatment: 'standard' },
    { description: 'ספר', quantity: 1, unitPrice: 200_000, total: 200_000, vatTreatment: 'exempt' },
  ] as const;
  const split = { ...splitInclusive(100_000, 1800), net: 84_746 + 200_000, total: 300_000 };

  it('are the lines with their quantities, prices and VAT', () => {
    const body = read(sent({ lines: sold, split, vatReason: 'ספר פטור' }));
    expect(body).toMatchObject({
      vatType: 2,
      remarks: 'הסיבה לאי-חיוב במע"מ: ספר פטור',
      income: [
        { description: 'טיפול', quantity: 4, price: 250, vatType: 1 },
        { description: 'ספר', quantity: 1, price: 2_000, vatType: 2 },
      ],
    });
  });

  it('are prices before VAT where they come to our sum, else what was paid for each line', () => {
    const line = { description: 'ייעוץ', quantity: 2, unitPrice: 4_300, total: 8_600 };
    const before = { lines: [{ ...line, vatTreatment: 'standard' as const }], pricesIncludeVat: false };
    const exact = read(sent({ ...before, split: splitInclusive(10_148, 1800) }));
    expect(exact.income).toMatchObject([{ quantity: 2, price: 43, vatType: 0 }]);
    const odd = read(sent({ ...before, split: splitInclusive(10_147, 1800) }));
    expect(odd.income).toMatchObject([{ quantity: 1, price: 101.47, vatType: 1 }]);
  });

  it('are what was paid for each line where the rate is not that of the day, which the service would add', () => {
    const line = { description: 'ייעוץ', quantity: 1, unitPrice: 67_677, total: 67_677 };
    const before = { lines: [{ ...line, vatTreatment: 'standard' as const }], pricesIncludeVat: false };
    const old = { ...before, split: splitInclusive(79_182, 1700) };
    expect(read(sent({ ...old, documentDate: '2024-12-31' })).income).toMatchObject([
      { price: 676.77, vatType: 0 },
    ]);
    expect(read(sent({ ...old, documentDate: '2025-01-01' })).income).toMatchObject([
      { price: 791.82, vatType: 1 },
    ]);
  });

  it('are number, bank, branch, account and due date of a cheque', () => {
    const check = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: '2026-01-04' };
    expect(paid({ method: 'check', check })).toEqual({
      ...{ date: '2026-01-04', type: 2, price: 350.5, currency: 'ILS' },
      ...{ bankName: '12', bankBranch: '600', bankAccount: '123456', chequeNum: '5000123' },
    });
  });
});

describe('the customer', () => {
  it('is sent with what was given and no more', () => {
    expect(read(sent()).client).toEqual({ name: 'Test Payer', add: false });
    const customer = {
      name: 'A',
      taxId: '000000018',
      email: 'payer@example.com',
      phone: '0500000000',
      address: 'הרצל 1, חיפה',
    };
    expect(read(sent({ customer })).client).toEqual({
      name: 'A',
      address: 'הרצל 1, חיפה',
      taxId: '000000018',
      emails: ['payer@example.com'],
      add: false,
    });
  });
});
