import { describe, expect, it } from '#jest';
import { splitInclusive } from '../../../domain/vat.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PushOrder } from '../invoice-service.ts';
import type { Client } from './client.ts';
import { createGreenInvoiceService } from './documents.ts';
import { compareWithOrder } from './map.ts';
import { SEARCH_PAGE } from './wire.ts';
import { oneLine } from '../testing/one-line.ts';

/** Fields and words that Green Invoice may add or leave out beside the money: none hides a document. */
const ORDER = {
  key: 'pay_example_1',
  documentType: 'payment_confirmation',
  documentDate: '2026-01-05',
  searchFrom: '2026-01-05',
  currency: 'ILS',
  dealerType: 'osek_murshe',
  vatRegistered: true,
  split: splitInclusive(11_800, 1800),
  ...oneLine(splitInclusive(11_800, 1800)),
  credits: null,
} as PushOrder;
const OURS = { id: 'd1', number: 60_001, type: 320, description: ORDER.key, amount: 118 };
const page = (...items: object[]) => SEARCH_PAGE.parse({ pages: 1, items });

describe('a search', () => {
  it.each([
    [{ type: 'NEW' }],
    [{ type: null }],
    [{ status: 'frozen' }],
    [{ number: null }],
    [{ url: 'https://example.com' }],
    [{ currency: 7 }],
    [{ documentDate: 'today' }],
  ])('is read where another document has %j', (change) => {
    const { items } = page({ ...OURS, id: 'd0', description: 'another', ...change }, OURS);
    expect(items.map((one) => compareWithOrder(one, ORDER))).toEqual(['another', 'same']);
  });

  it.each([['NEW'], [null], [undefined]])('of a type told as %j finds ours by our id', (type) => {
    const { items } = page({ ...OURS, type });
    expect(items.map((one) => compareWithOrder(one, ORDER))).toEqual(['same']);
  });
});

it('a document whose address the service does not show is pushed all the same', async () => {
  const [document] = page(OURS).items;
  if (document === undefined) throw new Error('no document');
  const refused = new ProviderError('rejected', 'no', { vendorCode: '404' });
  const client: Client = {
    search: () => Promise.resolve({ pages: 1, items: [document] }),
    create: () => Promise.reject(refused),
    read: () => Promise.resolve(document),
    readLinks: () => Promise.reject(refused),
    checkAccess: () => Promise.resolve(),
  };
  const service = createGreenInvoiceService(client);
  expect(await service.findDocument(ORDER)).toMatchObject({ id: 'd1', url: null, total: 11_800 });
});
