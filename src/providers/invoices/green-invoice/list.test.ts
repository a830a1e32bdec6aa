import { describe, expect, it } from '#jest';
import { newId } from '../../../domain/ids.ts';
import type { ListedDocument } from '../invoice-service.ts';
import { listDocuments } from './list.ts';
import { DOCUMENT } from './wire.ts';
import type { SearchBody, WireDocument } from './wire.ts';

const document = (id: string, change: object = {}): WireDocument =>
  DOCUMENT.parse({ id, number: 40_001, type: 320, amount: 350.5, currency: 'ILS', ...change });

/** A service with these pages, and the requests that it got. */
async function list(pages: readonly (readonly WireDocument[])[]) {
  const asked: SearchBody[] = [];
  const client = {
    search: (body: SearchBody) => {
      asked.push(body);
      return Promise.resolve({ pages: pages.length, items: [...(pages[body.page - 1] ?? [])] });
    },
  };
  const found: ListedDocument[] = [];
  for await (const one of listDocuments(client, '2026-03-07')) found.push(one);
  return { asked, found };
}

describe('Green Invoice’s list of documents', () => {
  it('is read to its end, from a day on', async () => {
    const { asked, found } = await list([[document('a'), document('b')], [document('c')]]);
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(asked.map(({ page, fromDate }) => ({ page, fromDate }))).toEqual([
      { page: 1, fromDate: '2026-03-07' },
      { page: 2, fromDate: '2026-03-07' },
    ]);
  });

  it('tells a document once that moved to the next page meanwhile', async () => {
    const { found } = await list([[document('a'), document('b')], [document('b')]]);
    expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('tells which payments and refunds of ours a document names, and its total in minor units', async () => {
    const [payment, refund] = [newId('payment'), newId('refund')];
    const { found } = await list([
      [
        document('a', { description: payment }),
        document('b', { description: `for ${refund}, again ${refund}`, amount: -10 }),
        document('c', { description: 'rent', currency: 'JPY' }),
        document('d', { remarks: `see ${payment}`, amount: null }),
      ],
    ]);
    expect(found.map(({ keys, total, currency }) => ({ keys, total, currency }))).toEqual([
      { keys: [payment], total: 35_050, currency: 'ILS' },
      { keys: [refund], total: 1_000, currency: 'ILS' },
      { keys: [], total: null, currency: null },
      { keys: [payment], total: null, currency: 'ILS' },
    ]);
  });
});
