import { describe, expect, it } from '#jest';
import { PAYMENT_METHODS, plainMeans } from '../../../domain/means.ts';
import { DOCUMENT_TYPES } from '../../../domain/tax-document.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import { DEALER_TYPES } from '../../../domain/workspace.ts';
import type { PushOrder } from '../invoice-service.ts';
import { compareWithOrder, toDocumentType, toServiceDocument } from './map.ts';
import { DOCUMENT } from './wire.ts';
import { order, paid, read, sent } from './testing/sample-order.ts';

describe('the type of the document', () => {
  it.each(
    DEALER_TYPES.flatMap((dealerType) =>
      [true, false].map((vatRegistered) => ({ dealerType, vatRegistered })),
    ),
  )('follows the dealer where ours is a confirmation: $dealerType, registered $vatRegistered', (dealer) => {
    const invoices = ['osek_murshe', 'company', 'amuta'].includes(dealer.dealerType) && dealer.vatRegistered;
    expect(toDocumentType({ documentType: 'payment_confirmation', ...dealer })).toBe(invoices ? 320 : 400);
  });

  it('of a credit follows the dealer too: who issues no tax invoice issues no credit invoice', () => {
    const documentType = 'refund_confirmation';
    expect(toDocumentType(order({ documentType }))).toBe(330);
    expect(toDocumentType(order({ documentType, dealerType: 'company' }))).toBe(330);
    expect(toDocumentType(order({ documentType, dealerType: 'osek_patur', vatRegistered: false }))).toBe(400);
    expect(toDocumentType(order({ documentType, dealerType: 'amuta', vatRegistered: false }))).toBe(400);
  });

  it('is named outright by a document of ours that is legal itself', () => {
    const types = DOCUMENT_TYPES.map((documentType) => [
      documentType,
      toDocumentType(order({ documentType })),
    ]);
    expect(Object.fromEntries(types)).toMatchObject({
      receipt: 400,
      tax_invoice: 305,
      tax_invoice_receipt: 320,
      credit_receipt: 400,
      credit_invoice: 330,
    });
  });
});

describe('a credit', () => {
  const credits: PushOrder['credits'] = {
    key: 'pay_example_1',
    id: 'doc_example_1',
    type: 'payment_confirmation',
    displayNumber: '7',
    documentDate: '2026-01-03',
    total: 35_050,
    external: { id: 'gi-1', number: '60001' },
  };
  const credit = (changes: Partial<PushOrder> = {}) =>
    JSON.parse(
      sent({
        key: 'ref_example_1',
        documentType: 'refund_confirmation',
        refundReason: 'החזר כספי',
        credits,
        ...changes,
      }),
    ) as Record<string, unknown>;
  const PATUR = { dealerType: 'osek_patur', vatRegistered: false } as const;

  it('of a dealer with tax invoices is a 330 of positive rows, linked to the original, without payments', () => {
    const body = credit();
    expect(body).toMatchObject({
      type: 330,
      description: 'ref_example_1',
      linkedDocumentIds: ['gi-1'],
      linkType: 'link',
      remarks: 'זיכוי עבור מסמך 60001 מיום 2026-01-03\nסיבת הזיכוי: החזר כספי',
      income: [{ price: 350.5, vatType: 1 }],
    });
    expect(body).not.toHaveProperty('payment');
  });

  it('of a patur is a receipt below zero: it cancels the whole one, and is linked where it takes a part', () => {
    const whole = credit({ ...PATUR, split: splitInclusive(35_050, 0) });
    expect(whole).toMatchObject({
      type: 400,
      linkType: 'cancel',
      income: [{ price: -350.5 }],
      payment: [{ price: -350.5 }],
    });
    const split = splitInclusive(10_000, 0);
    const part = credit({ ...PATUR, split, locale: 'en' });
    expect(part).toMatchObject({
      linkType: 'link',
      payment: [{ price: -100 }],
      remarks: 'Credit for document 60001 of 2026-01-03\nReason for the credit: החזר כספי',
    });
  });

  it('is recognised and read by its size, whatever its sign and status', () => {
    const view = DOCUMENT.parse({
      id: 'd2',
      number: 80_002,
      type: 400,
      status: 3,
      description: 'ref_example_1',
      amount: -350.5,
      vat: 0,
    });
    const mine = order({ key: 'ref_example_1', documentType: 'refund_confirmation', credits, ...PATUR });
    expect(compareWithOrder(view, mine)).toBe('same');
    expect(compareWithOrder(view, order({ key: 'ref_example_1', ...PATUR }))).toBe('another');
    const links = { origin: null, he: null, en: null };
    expect(toServiceDocument(view, links, 'ILS')).toMatchObject({ total: 35_050, vat: 0 });
  });

  it('of a document that the service does not hold is refused with what to do', () => {
    expect(() => credit({ credits: { ...credits, external: null } })).toThrow(
      /7 is not at Green Invoice; push it/,
    );
  });
});

describe('amounts', () => {
  it('are written digit by digit, also where a float could not hold them', () => {
    expect(sent()).toContain('"price":350.50,');
    const huge = { net: 9_007_199_254_740_991, vat: 0, total: 9_007_199_254_740_991, rateBp: 0 };
    expect(sent({ split: huge }).match(/"price":90071992547409\.91,/g)).toHaveLength(2);
  });

  it('with VAT go in one row that includes it; without, in one exempt row', () => {
    const standard = read(sent());
    expect([standard.vatType, standard.income.map((row) => row['vatType'])]).toEqual([0, [1]]);
    const patur = read(
      sent({ dealerType: 'osek_patur', vatRegistered: false, split: splitInclusive(35_050, 0) }),
    );
    expect([patur.vatType, patur.income.map((row) => [row['vatType'], row['price']])]).toEqual([
      1,
      [[2, 350.5]],
    ]);
  });

  it('that cannot be true are refused with a sentence', () => {
    const impossible = { net: 1, vat: 99, total: 100, rateBp: 1800 };
    expect(() => sent({ split: impossible })).toThrow(/would not come to a total of 100 with VAT of 99/);
    expect(() => sent({ means: [plainMeans('cash', 1)] })).toThrow(/add up to 1, but the document to 35050/);
  });
});

describe('means', () => {
  it('each have their type', () => {
    expect(paid({ method: 'withheld' })?.['type']).toBe(0);
    const types = PAYMENT_METHODS.map((method) => paid({ method })?.['type']);
    expect(Object.fromEntries(PAYMENT_METHODS.map((method, index) => [method, types[index]]))).toEqual({
      card: 3,
      bit: 10,
      apple_pay: 3,
      google_pay: 3,
      paypal: 5,
      bank_transfer: 4,
      cash: 1,
      check: 2,
      paybox: 10,
      other: 11,
    });
    expect(paid({ method: 'bit' })).toMatchObject({ appType: 1 });
    expect(paid({ method: 'paybox' })).toMatchObject({ appType: 3 });
    expect(paid({ method: 'cash' })).not.toHaveProperty('cardType');
  });

  it.each([
    ['isracard', 1],
    ['Visa', 2],
    ['MasterCard', 3],
    ['american_express', 4],
    ['amex', 4],
    ['Diners Club', 5],
    ['jcb', 0],
    [null, 0],
  ])('know the brand %s as %s', (brand, cardType) => {
    expect(paid({ brand })).toMatchObject({ cardType });
  });

  it('carry the card, the deal and its instalments', () => {
    expect(
      paid({ brand: 'visa', last4: '4580', dealType: 'instalments', installments: 3, firstAmount: 11_690 }),
    ).toEqual({
      date: '2026-01-05',
      type: 3,
      price: 350.5,
      currency: 'ILS',
      cardType: 2,
      cardNum: '4580',
      dealType: 2,
      numPayments: 3,
      firstPayment: 116.9,
    });
    expect(paid({ dealType: 'credit' })).toMatchObject({ dealType: 3, numPayments: 1 });
    expect(paid({ dealType: 'deferred' })).toMatchObject({ dealType: 4 });
  });
});

describe('recognising our own document', () => {
  const ours = {
    id: 'd1',
    number: 60_001,
    type: 320,
    status: 1,
    description: 'pay_example_1',
    amount: 350.5,
  };
  const likeness = (changes: object) => compareWithOrder(DOCUMENT.parse({ ...ours, ...changes }), order());

  it('takes id, type and amount together', () => {
    expect(likeness({})).toBe('same');
    expect(likeness({ description: 'שם', remarks: 'pay_example_1' })).toBe('same');
    expect(likeness({ amount: 350.49 })).toBe('same_with_other_amount');
    expect(likeness({ amount: 'much' })).toBe('same_with_other_amount');
  });

  it('is not misled by a longer id, another type or a cancellation', () => {
    expect(likeness({ description: 'pay_example_12' })).toBe('another');
    expect(likeness({ type: 330 })).toBe('another');
    expect(likeness({ status: 3 })).toBe('another');
  });

  it('reads amounts exactly, one that was never rounded as it would be printed, and none as null', () => {
    const links = { origin: null, he: 'https://example.com/he', en: null };
    const view = DOCUMENT.parse({ ...ours, vat: 53.47, taxAuthorityConfirmationNumber: 123 });
    expect(toServiceDocument(view, links, 'ILS')).toEqual({
      id: 'd1',
      number: '60001',
      url: 'https://example.com/he',
      allocationNumber: '123',
      total: 35_050,
      vat: 5_347,
    });
    const vatOf = (vat: number | null) => toServiceDocument({ ...view, vat }, links, 'ILS').vat;
    expect([53.466101694915, 53.470000000000006, 0, null, 1e30].map(vatOf)).toEqual([
      5_347,
      5_347,
      0,
      null,
      null,
    ]);
  });
});
