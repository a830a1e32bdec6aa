import { describe, expect, it } from '#jest';
import { PAYMENT_METHODS, plainMeans } from '../../../domain/means.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { PushOrder } from '../invoice-service.ts';
import {
  hasTotalOf,
  isOfOrder,
  toDocumentBody,
  toDocumentType,
  toListBody,
  toServiceDocument,
} from './map.ts';
import { DETAILS, LISTED } from './wire.ts';
import { oneLine } from '../testing/one-line.ts';

const order = (changes: Partial<PushOrder> = {}): PushOrder => {
  const split = changes.split ?? splitInclusive(35_050, 1800);
  return {
    key: 'pay_example_1',
    id: 'doc_example_1',
    number: 7,
    displayNumber: '7',
    fiscalYear: 2026,
    documentType: 'payment_confirmation',
    documentDate: '2026-01-05',
    locale: 'he',
    currency: 'ILS',
    dealerType: 'osek_murshe',
    vatRegistered: true,
    split,
    ...oneLine(split),
    description: 'תשלום',
    vatTreatment: 'standard',
    customer: { name: 'Test Payer', taxId: null, email: null, phone: null, address: null },
    means: [plainMeans('card', split.total)],
    searchFrom: '2026-01-01',
    credits: null,
    ...changes,
  };
};
const PATUR = { dealerType: 'osek_patur', vatRegistered: false } as const;
const CREDITS = {
  key: 'pay_example_1',
  id: 'doc_example_1',
  type: 'payment_confirmation',
  displayNumber: '7',
  documentDate: '2026-01-03',
  total: 35_050,
  external: { id: '4711', number: '10001' },
} as const;

/** The request on the wire. */
const sent = (changes: Partial<PushOrder> = {}, isDraft = false) =>
  JSON.stringify(toDocumentBody(order(changes), { isDraft }));
const read = (changes: Partial<PushOrder> = {}, isDraft = false) =>
  JSON.parse(sent(changes, isDraft)) as Record<'Details' | 'Customer', object> & Record<string, unknown>;

describe('the type of the document', () => {
  it('follows the dealer where ours is a confirmation, and is named outright by one that is legal itself', () => {
    const types = (dealer: object) =>
      (['payment_confirmation', 'refund_confirmation'] as const).map((documentType) =>
        toDocumentType(order({ documentType, ...dealer })),
      );
    expect(types({})).toEqual([1, 6]);
    expect(types(PATUR)).toEqual([2, 7]);
    const outright = ['tax_invoice_receipt', 'receipt', 'credit_invoice', 'credit_receipt'] as const;
    expect(outright.map((documentType) => toDocumentType(order({ documentType })))).toEqual([1, 2, 6, 7]);
  });
});

describe('the body', () => {
  it('carries our id, the neutral text and amounts digit by digit', () => {
    expect(read()).toMatchObject({
      Details: {
        Type: 1,
        Date: '2026-01-05',
        Language: 0,
        Currency: 0,
        Description: 'תשלום',
        ExternalReference: 'pay_example_1',
        Customer: { Name: 'Test Payer', NoVAT: false },
      },
      Items: [{ Quantity: 1, Item: { Name: 'תשלום' } }],
      VATIncluded: true,
    });
    expect(sent()).toContain('"UnitPrice":350.50,');
    const huge = { net: 9_007_199_254_740_991, vat: 0, total: 9_007_199_254_740_991, rateBp: 0 };
    expect(sent({ split: huge })).toContain('"UnitPrice":90071992547409.91,');
  });

  it('says that a customer is charged no VAT only where the dealer could charge it', () => {
    const none = { split: splitInclusive(35_050, 0) };
    expect(read(none).Details).toMatchObject({ Customer: { NoVAT: true } });
    expect(read({ ...none, ...PATUR }).Details).toMatchObject({ Customer: { Name: 'Test Payer' } });
    expect(sent({ ...none, ...PATUR })).not.toContain('NoVAT');
  });

  it('is not made where only a part bears VAT: a sentence says what to do', () => {
    const taxed = splitInclusive(20_001, 1800);
    const split = { ...taxed, net: taxed.net + 15_049, total: taxed.total + 15_049 };
    const line = { description: 'תשלום', quantity: 1 };
    const lines = [
      { ...line, unitPrice: 20_001, total: 20_001, vatTreatment: 'standard' },
      { ...line, unitPrice: 15_049, total: 15_049, vatTreatment: 'exempt' },
    ] as const;
    expect(() => sent({ split, lines })).toThrow(/only a part of this document has VAT.*by hand/);
  });

  it('carries shekels in the plain fields and any other currency in its own, never in both', () => {
    const means = [{ ...plainMeans('card', 35_050), firstAmount: 17_525, restAmount: 17_525 }];
    const dollars = sent({ currency: 'USD', means });
    expect(dollars).toContain('"DocumentCurrency_UnitPrice":350.50,');
    expect(dollars).toContain('"DocumentCurrency_Amount":350.50,');
    expect(dollars).not.toMatch(/"(UnitPrice|Amount|FirstPayment|EachPayment)"/);
    expect(sent({ means })).toMatch(/"UnitPrice":350.50,.*"Amount":350.50,.*"FirstPayment":175.25/);
    expect(sent({ means })).not.toContain('DocumentCurrency');
  });

  it('names an Israeli customer’s id as text, with the zeros in front', () => {
    const customer = { name: 'A', taxId: '034512343', email: null, phone: null, address: null };
    expect(sent({ customer })).toContain('"CompanyNumber":"034512343"');
    expect(sent()).not.toContain('CompanyNumber');
  });

  it('names its customer by the payment, for its credits too, so that no name joins two payers', () => {
    const ours = { Customer: { ExternalIdentifier: 'pay_example_1', SearchMode: 2 } };
    expect(read().Details).toMatchObject(ours);
    const credit = { key: 'ref_example_1', documentType: 'refund_confirmation', credits: CREDITS } as const;
    expect(read(credit).Details).toMatchObject(ours);
  });

  it('of a credit is positive and names the document that it credits, by the id of SUMIT', () => {
    const credit = { key: 'ref_example_1', documentType: 'refund_confirmation', credits: CREDITS } as const;
    expect(read(credit)).toMatchObject({
      OriginalDocumentID: 4711,
      Details: { Type: 6, ExternalReference: 'ref_example_1' },
      Items: [{ UnitPrice: 350.5 }],
      Payments: [{ Amount: 350.5 }],
    });
    expect(() => sent({ ...credit, credits: { ...CREDITS, external: null } })).toThrow(
      /7 is not at SUMIT; push it/,
    );
  });

  it('is a draft where it is told so', () => {
    expect(sent()).not.toContain('IsDraft');
    expect(read({}, true).Details).toMatchObject({ IsDraft: true });
  });

  it('has a row for each way to pay, which must come to the total', () => {
    const types = PAYMENT_METHODS.map((method) => {
      const rows = read({ means: [plainMeans(method, 35_050)] })['Payments'] as { Type: number }[];
      return [method, rows[0]?.Type];
    });
    expect(Object.fromEntries(types)).toEqual({
      card: 5,
      apple_pay: 5,
      google_pay: 5,
      bit: 6,
      paybox: 6,
      paypal: 6,
      cash: 2,
      bank_transfer: 3,
      check: 4,
      other: 8,
    });
    const card = { ...plainMeans('card', 35_050), brand: 'visa', last4: '4580', installments: 3 };
    expect(read({ means: [{ ...card, firstAmount: 11_690, restAmount: 11_680 }] })['Payments']).toMatchObject(
      [
        {
          Details_CreditCard: {
            CardBrand: 'visa',
            Last4Digits: '4580',
            Payments: 3,
            FirstPayment: 116.9,
            EachPayment: 116.8,
          },
        },
      ],
    );
    expect(() => sent({ means: [plainMeans('cash', 1)] })).toThrow(/add up to 1, but the document to 35050/);
  });
});

describe('recognising our own document', () => {
  const listed = (changes: object) => {
    const page = {
      HasNextPage: false,
      Documents: [
        { DocumentID: 5, Type: 1, ExternalReference: 'pay_example_1', DocumentValue: 350.5, ...changes },
      ],
    };
    const found = LISTED.parse(page).Documents?.[0];
    if (!found) throw new Error('nothing was listed');
    return [isOfOrder(found, order()), hasTotalOf(found, order())];
  };

  it('goes by reference and by a type that is known, and by amount where several are', () => {
    expect(listed({})).toEqual([true, true]);
    expect(listed({ Type: 'InvoiceAndReceipt (1)' })).toEqual([true, true]);
    expect(listed({ Type: 'InvoiceAndReceipt' })).toEqual([true, true]);
    expect(listed({ DocumentValue: -350.5 })).toEqual([true, true]);
    expect(listed({ DocumentValue: 1 })).toEqual([true, false]);
    expect(listed({ DocumentValue: null })).toEqual([true, false]);
    expect(listed({ Type: 6 })[0]).toBe(false);
    // An unknown word under our id: a second document would be worse.
    expect(listed({ Type: 'Something new' })[0]).toBe(true);
    expect(listed({ ExternalReference: 'pay_example_12' })[0]).toBe(false);
    expect(listed({ ExternalReference: null })[0]).toBe(false);
  });

  it('asks for the day of the document and one more, for SUMIT does not say whether the last counts', () => {
    expect(
      toListBody(order({ documentDate: '2026-01-31' }), { start: 1_000, size: 1_000, drafts: false }),
    ).toEqual({
      DocumentTypes: [1],
      DateFrom: '2026-01-31',
      DateTo: '2026-02-01',
      IncludeDrafts: false,
      Paging: { StartIndex: 1_000, PageSize: 1_000 },
    });
  });

  it('reads size, VAT of all rows and number; what is not said is null', () => {
    const details = {
      DocumentID: 4711,
      DocumentNumber: 10_001,
      DocumentDownloadURL: 'https://example.com/d',
      Document: { Type: 6, ExternalReference: 'x', DocumentValue: -350.5 },
      Items: [{ VAT: -50.47 }, { VAT: -3, DocumentCurrency_VAT: -3 }],
    };
    expect(toServiceDocument(DETAILS.parse(details), 'ILS')).toEqual({
      id: '4711',
      number: '10001',
      url: 'https://example.com/d',
      allocationNumber: null,
      total: 35_050,
      vat: 5_347,
    });
    expect(toServiceDocument(DETAILS.parse(details), 'USD').vat).toBeNull();
    const allocated = { ...details, Document: { ...details.Document, AssignmentNumber: 123_456_789 } };
    expect(toServiceDocument(DETAILS.parse(allocated), 'ILS').allocationNumber).toBe('123456789');
    const bare = { DocumentID: '4711', DocumentNumber: null, Document: { Type: 1 }, Items: [{ VAT: 1 }, {}] };
    expect(toServiceDocument(DETAILS.parse(bare), 'ILS')).toEqual({
      id: '4711',
      number: 'draft 4711',
      url: null,
      allocationNumber: null,
      total: null,
      vat: null,
    });
  });
});
