import { describe, expect, it } from '#jest';
import { plainMeans } from '../../../domain/means.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { PushOrder } from '../invoice-service.ts';
import type { Client } from './client.ts';
import { createSumitService } from './documents.ts';
import type { ListBody, WireList } from './wire.ts';
import { oneLine } from '../testing/one-line.ts';

const ORDER: PushOrder = {
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
  split: splitInclusive(11_800, 1800),
  ...oneLine(splitInclusive(11_800, 1800)),
  description: 'תשלום',
  vatTreatment: 'standard',
  customer: { name: 'Test Payer', taxId: null, email: null, phone: null, address: null },
  means: [plainMeans('card', 11_800)],
  searchFrom: '2026-01-02',
  credits: null,
};

const listed = (id: string, changes: object = {}): NonNullable<WireList['Documents']>[number] => ({
  DocumentID: id,
  Type: 1,
  ExternalReference: ORDER.key,
  DocumentValue: 118,
  ...changes,
});

function serviceOf(changes: Partial<Client>) {
  const lists: ListBody[] = [];
  const client: Client = {
    create: () => Promise.resolve({ DocumentID: '5' }),
    list: () => Promise.resolve({ Documents: [], HasNextPage: false }),
    read: (id) =>
      Promise.resolve({
        DocumentID: id,
        DocumentNumber: '10001',
        DocumentDownloadURL: null,
        Document: { Type: 1, ExternalReference: ORDER.key, DocumentValue: 118 },
        Items: [{ VAT: 18, DocumentCurrency_VAT: null }],
      }),
    checkAccess: () => Promise.resolve(),
    ...changes,
  };
  const spied = { ...client, list: (body: ListBody) => (lists.push(body), client.list(body)) };
  return { service: createSumitService(spied, { isDraft: false }), lists };
}

describe('looking for an earlier document', () => {
  it('goes through the pages until it is found, and no further', async () => {
    const { service, lists } = serviceOf({
      list: ({ Paging: { StartIndex: start } }) =>
        Promise.resolve({
          Documents: [start === 1_000 ? listed('9') : listed('1', { ExternalReference: 'pay_other' })],
          HasNextPage: true,
        }),
    });
    expect(await service.findDocument(ORDER)).toMatchObject({ id: '9', total: 11_800, vat: 1_800 });
    expect(lists.map((body) => body.Paging.StartIndex)).toEqual([0, 1_000]);
  });

  it('prefers the right amount, yet takes another amount over making a second document', async () => {
    const wrong = listed('1', { DocumentValue: 1 });
    const of = (...documents: WireList['Documents'] & object) =>
      serviceOf({ list: () => Promise.resolve({ Documents: documents, HasNextPage: false }) }).service;
    expect((await of(wrong, listed('2')).findDocument(ORDER))?.id).toBe('2');
    expect((await of(wrong).findDocument(ORDER))?.id).toBe('1');
    expect(await of().findDocument(ORDER)).toBeNull();
  });

  it('that never ends is a bad answer', async () => {
    const { service, lists } = serviceOf({
      list: () => Promise.resolve({ Documents: [], HasNextPage: true }),
    });
    await expect(service.findDocument(ORDER)).rejects.toMatchObject({ code: 'bad_answer' });
    expect(lists).toHaveLength(20);
  });
});

it.each(['rate_limited', 'unreachable', 'rejected', 'credentials_invalid'] as const)(
  'a document that was made may not be made again because reading it back met %s',
  async (code) => {
    const { service } = serviceOf({ read: () => Promise.reject(new ProviderError(code, 'no')) });
    await expect(service.createDocument(ORDER)).rejects.toMatchObject({ retry: 'unknown' });
  },
);
