import { describe, expect, it } from '#jest';
import type { PushRow } from '../../db/invoice-pushes.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { plainMeans } from '../../domain/means.ts';
import { toDocumentJson } from './document-json.ts';

const row: DocumentRow = {
  id: 'doc_1',
  workspaceId: 'ws_1',
  paymentId: 'pay_1',
  transactionId: null,
  refundId: 'ref_1',
  originalDocumentId: 'doc_0',
  reversesDocumentId: null,
  countsAs: 'both' as const,
  type: 'credit_receipt',
  series: 'credit_receipt',
  number: 7,
  fiscalYear: 2026,
  documentDate: '2026-03-01',
  currency: 'ILS',
  net: 10_000,
  vat: 1_800,
  total: 11_800,
  rateBp: 1_800,
  status: 'issued',
  allocationNumber: '123456789',
  content: {
    templateVersion: 1,
    locale: 'he',
    mode: 'live',
    issuer: {
      name: { he: 'מרפאה', en: 'Clinic' },
      taxId: '123456782',
      dealerType: 'osek_murshe',
      vatRegistered: true,
      address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
    },
    customer: { name: 'Dana', taxId: null, taxIdKind: 'private', address: null, phone: null },
    lines: [],
    pricesIncludeVat: true,
    means: [plainMeans('card', 11_800)],
    vatReason: null,
    reference: 'visit-1',
    paidAt: '2026-03-01T08:00:00.000Z',
    serviceDate: null,
    movedFromDay: null,
  },
  acknowledgedAt: new Date('2026-03-02T09:00:00Z'),
  acknowledgement: { method: 'fax', note: 'page 2' },
  originalLeftAt: null,
  createdAt: new Date('2026-03-01T08:00:01Z'),
};

const push: PushRow = {
  documentId: 'doc_1',
  workspaceId: 'ws_1',
  accountId: 'acc_1',
  service: 'green-invoice',
  status: 'pushed',
  externalId: 'gi-1',
  externalNumber: '50007',
  externalUrl: 'https://example.com/50007',
  allocationNumber: '987654321',
  lastError: null,
};

describe('a document as the API shows it', () => {
  it('has exactly the fields of the contract', () => {
    expect(toDocumentJson(row, { sha256: 'ab12', signed: true, computerised: true }, null)).toEqual({
      id: 'doc_1',
      type: 'credit_receipt',
      series: 'credit_receipt',
      number: 7,
      displayNumber: 'CR7',
      fiscalYear: 2026,
      paymentId: 'pay_1',
      refundId: 'ref_1',
      originalDocumentId: 'doc_0',
      reversesDocumentId: null,
      documentDate: '2026-03-01',
      createdAt: '2026-03-01T08:00:01.000Z',
      currency: 'ILS',
      net: 10_000,
      vat: 1_800,
      total: 11_800,
      vatRateBp: 1_800,
      status: 'issued',
      allocationNumber: '123456789',
      sha256: 'ab12',
      signed: true,
      computerised: true,
      ils: null,
      means: [plainMeans('card', 11_800)],
      acknowledgedAt: '2026-03-02T09:00:00.000Z',
      acknowledgement: { method: 'fax', note: 'page 2' },
      external: null,
    });
  });

  it('says what a document in another currency comes to in shekels, as printed, and at which rate', () => {
    const { lines, means } = row.content;
    const foreign = { currency: 'USD', total: 11_800 } as const;
    const sums = { net: 37_152, vat: 6_687, total: 43_839 };
    const ils = { rate: 3_715_200, rateDay: '2026-02-27', ...sums, lines, means, foreign };
    const json = toDocumentJson({ ...row, currency: 'USD', content: { ...row.content, ils } }, null, null);
    expect([json.total, json.ils]).toEqual([11_800, { rate: '3.7152', rateDay: '2026-02-27', ...sums }]);
  });

  it('knows of an original only once it is printed, and whether it is signed', () => {
    expect(toDocumentJson(row, null, null)).toMatchObject({ sha256: null, signed: null, computerised: null });
    expect(toDocumentJson(row, { sha256: 'ab12', signed: true, computerised: false }, null)).toMatchObject({
      signed: true,
      computerised: false,
    });
  });

  it('says where it lies at the invoice service once it is there, and not before', () => {
    expect(toDocumentJson(row, null, push)['external']).toEqual({
      service: 'green-invoice',
      id: 'gi-1',
      number: '50007',
      url: 'https://example.com/50007',
      allocationNumber: '987654321',
    });
    expect(toDocumentJson(row, null, { ...push, status: 'pending' })['external']).toBeNull();
    expect(toDocumentJson(row, null, { ...push, status: 'failed' })['external']).toBeNull();
  });
});
