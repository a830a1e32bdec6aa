import { describe, expect, it } from '#jest';
import { isOfOrder } from './map.ts';
import { DETAILS, LISTED } from './wire.ts';
import type { PushOrder } from '../invoice-service.ts';

/**
 * Words that SUMIT may add beside the money: none hides a document.
 * Source: docs/reference/sumit.md, "Unverified".
 */
const ORDER = {
  key: 'pay_example_1',
  documentType: 'payment_confirmation',
  dealerType: 'osek_murshe',
  vatRegistered: true,
} as PushOrder;
const listed = (change: object) =>
  LISTED.parse({
    Documents: [{ DocumentID: 5, ExternalReference: ORDER.key, ...change }],
    HasNextPage: false,
  }).Documents?.[0];

describe('a listed document', () => {
  it.each([['InvoiceWithSomethingNew'], [null], [{}], ['']])(
    'of a type told as %j is ours by our id, so that no second one is made',
    (Type) => {
      const document = listed({ Type });
      expect(document !== undefined && isOfOrder(document, ORDER)).toBe(true);
    },
  );

  it('of a type that we know is ours where it is the order’s', () => {
    for (const Type of [1, 'InvoiceAndReceipt', 'Anything (1)']) {
      const document = listed({ Type });
      expect(document !== undefined && isOfOrder(document, ORDER)).toBe(true);
    }
    const credit = listed({ Type: 6 });
    expect(credit !== undefined && isOfOrder(credit, ORDER)).toBe(false);
  });
});

it('a document is read whatever is odd about what only informs', () => {
  const details = {
    DocumentID: 5,
    DocumentNumber: {},
    DocumentDownloadURL: 7,
    Document: { Type: 'New', ExternalReference: 3, DocumentValue: 118, AssignmentNumber: [] },
    Items: 'none',
    Surplus: 'x',
  };
  expect(DETAILS.parse(details)).toMatchObject({ DocumentID: '5', Document: { DocumentValue: 118 } });
});
