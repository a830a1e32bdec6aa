import { describe, expect, it } from '#jest';
import type { OwedDocument } from '../../db/reconciliation.ts';
import type { ListedDocument } from '../../providers/invoices/invoice-service.ts';
import { compareDocuments } from './compare-documents.ts';

const NOW = new Date('2026-03-10T03:10:00Z');
const listed = (change: Partial<ListedDocument> = {}): ListedDocument => ({
  id: 'external-1',
  number: '40001',
  keys: ['pay_1'],
  total: 35_000,
  currency: 'ILS',
  ...change,
});
const owed = (change: Partial<OwedDocument> = {}): OwedDocument => ({
  documentId: 'doc_1',
  paymentId: 'pay_1',
  key: 'pay_1',
  total: 35_000,
  currency: 'ILS',
  status: 'pushed',
  externalId: 'external-1',
  pushedAt: new Date('2026-03-09T12:00:00Z'),
  ...change,
});
const OURS = new Map([
  ['pay_1', 'pay_1'],
  ['ref_1', 'pay_1'],
]);
const compare = (list: readonly ListedDocument[], pushes: readonly OwedDocument[]) => {
  const comparison = { provider: 'green-invoice', listed: list, owed: pushes, payments: OURS };
  const { differences, notListed } = compareDocuments(comparison, NOW);
  return {
    kinds: differences.map(({ kind, subject }) => `${kind}: ${subject}`),
    notListed: notListed.map(({ documentId }) => documentId),
  };
};
const NOTHING = { kinds: [], notListed: [] };
const NOT_PUSHED = { externalId: null, pushedAt: null } as const;

describe('documents at an invoice service and in our books', () => {
  it('that agree differ in nothing, also where the service does not say its total', () => {
    expect(compare([listed()], [owed()])).toEqual(NOTHING);
    expect(compare([listed({ total: null, currency: null })], [owed()])).toEqual(NOTHING);
  });

  it('differ in the total, and another lie is another difference', () => {
    expect(compare([listed({ total: 1 })], [owed()]).kinds).toEqual(['other_total: doc_1 1 ILS']);
    expect(compare([listed({ currency: 'USD' })], [owed()]).kinds).toEqual(['other_total: doc_1 35000 USD']);
  });

  it('are doubled where a second one has the key of one that was pushed', () => {
    const second = listed({ id: 'external-2' });
    expect(compare([second, listed()], [owed()]).kinds).toEqual(['doubled_document: external-2']);
  });

  it('are unknown where nothing was pushed or the push failed, and may be the one of a push under way', () => {
    expect(compare([listed()], []).kinds).toEqual(['unknown_document: external-1']);
    const failed = owed({ ...NOT_PUSHED, status: 'failed' });
    expect(compare([listed()], [failed]).kinds).toEqual(['unknown_document: external-1']);
    const waiting = owed({ ...NOT_PUSHED, status: 'pending' });
    expect(compare([listed()], [waiting])).toEqual(NOTHING);
    const newer = listed({ id: 'external-2' });
    expect(compare([newer, listed()], [waiting]).kinds).toEqual(['doubled_document: external-2']);
  });

  it('of a refund are the payment’s, and one that names nobody of ours is nobody’s', () => {
    const difference = compareDocuments(
      { provider: 'green-invoice', listed: [listed({ keys: ['ref_1'] })], owed: [], payments: OURS },
      NOW,
    ).differences;
    expect(difference).toMatchObject([{ paymentId: 'pay_1', kind: 'unknown_document' }]);
    expect(compare([listed({ keys: ['pay_2'] })], [])).toEqual(NOTHING);
  });

  it('that are not listed are asked about after an hour', () => {
    expect(compare([], [owed()]).notListed).toEqual(['doc_1']);
    expect(compare([], [owed({ pushedAt: new Date('2026-03-10T02:30:00Z') })])).toEqual(NOTHING);
    expect(compare([], [owed({ ...NOT_PUSHED, status: 'pending' })])).toEqual(NOTHING);
  });
});
