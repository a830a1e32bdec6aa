import { describe, expect, it } from '#jest';
import { plainMeans } from '../../../domain/means.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { PushOrder } from '../invoice-service.ts';
import type { Client } from './client.ts';
import { createGreenInvoiceService } from './documents.ts';
import { DOCUMENT } from './wire.ts';
import type { DocumentBody, SearchBody, WireDocument } from './wire.ts';
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

/** Noon in Israel. */
const NOW = new Date('2026-01-10T10:00:00Z');

const wire = (changes: object = {}): WireDocument =>
  DOCUMENT.parse({
    id: 'd1',
    number: 60_001,
    type: 320,
    description: ORDER.key,
    documentDate: '2026-01-05',
    amount: 118,
    vat: 18,
    url: { origin: 'https://example.com/d1' },
    ...changes,
  });

const refusedWith = (vendorCode: string) => new ProviderError('rejected', 'no', { vendorCode });
const fails = (error: ProviderError) => () => Promise.reject(error);

function serviceOf(changes: Partial<Client>) {
  const searches: SearchBody[] = [];
  const bodies: DocumentBody[] = [];
  const client: Client = {
    search: () => Promise.resolve({ pages: 0, items: [] }),
    create: () => Promise.resolve({ id: 'd1' }),
    read: () => Promise.resolve(wire()),
    readLinks: () => Promise.resolve({ origin: 'https://example.com/links', he: null, en: null }),
    checkAccess: () => Promise.resolve(),
    ...changes,
  };
  const spied: Client = {
    ...client,
    search: (body, patienceMs) => (searches.push(body), client.search(body, patienceMs)),
    create: (body) => (bodies.push(body), client.create(body)),
  };
  return { service: createGreenInvoiceService(spied, () => NOW), searches, bodies };
}

describe('looking for an earlier document', () => {
  it('reads page after page, from the first day it could have been made on', async () => {
    const { service, searches } = serviceOf({
      search: ({ page }) =>
        Promise.resolve({
          pages: 3,
          items: [page === 3 ? wire() : wire({ id: 'x', description: 'pay_other' })],
        }),
    });
    expect(await service.findDocument(ORDER)).toMatchObject({ id: 'd1', total: 11_800, vat: 1_800 });
    expect(searches.map((body) => [body.page, body.fromDate])).toEqual([
      [1, '2026-01-02'],
      [2, '2026-01-02'],
      [3, '2026-01-02'],
    ]);
  });

  it('starts no later than the date of the document', async () => {
    const { service, searches } = serviceOf({});
    await service.findDocument({ ...ORDER, searchFrom: '2026-02-01' });
    expect(searches[0]?.fromDate).toBe('2026-01-05');
  });

  it('prefers the right amount, yet takes another amount over making a second document', async () => {
    const wrong = wire({ id: 'd0', amount: 1 });
    const read = (id: string) => Promise.resolve(wire({ id }));
    const both = serviceOf({ read, search: () => Promise.resolve({ pages: 1, items: [wrong, wire()] }) });
    expect((await both.service.findDocument(ORDER))?.id).toBe('d1');
    const one = serviceOf({ read, search: () => Promise.resolve({ pages: 1, items: [wrong] }) });
    expect((await one.service.findDocument(ORDER))?.id).toBe('d0');
  });

  it('asks for the links where the document does not carry them', async () => {
    const { service } = serviceOf({ read: () => Promise.resolve(wire({ url: undefined })) });
    expect((await service.createDocument(ORDER)).url).toBe('https://example.com/links');
  });

  it('that never ends is a bad answer', async () => {
    const { service, searches } = serviceOf({
      search: () => Promise.resolve({ pages: 1_000_000, items: [wire({ description: '' })] }),
    });
    await expect(service.findDocument(ORDER)).rejects.toMatchObject({ code: 'bad_answer' });
    expect(searches).toHaveLength(400);
  });
});

describe('making a document', () => {
  it('that the service had before gives the earlier one', async () => {
    const { service, bodies } = serviceOf({
      create: fails(refusedWith('1010')),
      search: () => Promise.resolve({ pages: 1, items: [wire()] }),
    });
    expect((await service.createDocument(ORDER)).id).toBe('d1');
    expect(bodies).toHaveLength(1);
  });

  it('that the service had before but does not show yet must be looked for again', async () => {
    const { service } = serviceOf({ create: fails(refusedWith('1010')) });
    await expect(service.createDocument(ORDER)).rejects.toMatchObject({ retry: 'unknown' });
  });

  it.each(['rate_limited', 'unreachable', 'rejected', 'credentials_invalid'] as const)(
    'may not be repeated because reading it back met %s',
    async (code) => {
      const { service } = serviceOf({ read: fails(new ProviderError(code, 'no')) });
      await expect(service.createDocument(ORDER)).rejects.toMatchObject({ retry: 'unknown' });
    },
  );

  it('on a day that is too early takes the day of the newest document; the payment keeps its own', async () => {
    const newest = wire({ description: 'pay_other', documentDate: '2026-01-08' });
    const { service, bodies } = serviceOf({
      create: ({ date }) =>
        date < '2026-01-08' ? fails(refusedWith('2405'))() : Promise.resolve({ id: 'd1' }),
      search: () => Promise.resolve({ pages: 1, items: [wire({ documentDate: '2026-01-06' }), newest] }),
    });
    await service.createDocument(ORDER);
    expect(bodies.map((body) => [body.date, body.payment?.[0]?.date])).toEqual([
      ['2026-01-05', '2026-01-05'],
      ['2026-01-08', '2026-01-05'],
    ]);
  });

  it('on a day that is too early, without a newer document to go by, takes today', async () => {
    const { service, bodies } = serviceOf({
      create: ({ date }) =>
        date < '2026-01-10' ? fails(refusedWith('2405'))() : Promise.resolve({ id: 'd1' }),
    });
    await service.createDocument(ORDER);
    expect(bodies.map((body) => body.date)).toEqual(['2026-01-05', '2026-01-10']);
  });

  it('on a day that is refused whatever it is, ends in the refusal', async () => {
    const { service, bodies } = serviceOf({ create: fails(refusedWith('2405')) });
    await expect(service.createDocument(ORDER)).rejects.toMatchObject({
      code: 'rejected',
      vendorCode: '2405',
      retryAfterMs: null,
    });
    expect(bodies).toHaveLength(2);
  });

  it('on a day that has not begun in Israel is to come back when it has', async () => {
    const { service, bodies } = serviceOf({ create: fails(refusedWith('2405')) });
    const twelveHoursAndAMinute = (12 * 60 + 1) * 60_000;
    await expect(service.createDocument({ ...ORDER, documentDate: '2026-01-11' })).rejects.toMatchObject({
      code: 'rejected',
      retryAfterMs: twelveHoursAndAMinute,
    });
    expect(bodies).toHaveLength(1);
  });

  it('that was moved to a later day and made before is found, not made again', async () => {
    const { service, bodies } = serviceOf({
      create: ({ date }) => fails(refusedWith(date === '2026-01-10' ? '1010' : '2405'))(),
      search: ({ description }) =>
        Promise.resolve({ pages: 1, items: description === undefined ? [] : [wire()] }),
    });
    expect((await service.createDocument(ORDER)).id).toBe('d1');
    expect(bodies).toHaveLength(2);
  });
});
