import type { Day } from '../../../domain/calendar.ts';
import { isId } from '../../../domain/ids.ts';
import { isCurrency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { ListedDocument } from '../invoice-service.ts';
import { fromWireAmount } from '../wire-amount.ts';
import type { Client } from './client.ts';
import type { WireDocument } from './wire.ts';

/** Sizes above this are cut by some generations of the service. Source: docs/reference/green-invoice.md, "Search". */
const PAGE_SIZE = 25;
/** Maximum length of a list. */
const MOST_PAGES = 2_000;

/** Types that report money in or out: invoices, invoice receipts, credits, receipts, donation receipts. */
const TYPES = [305, 320, 330, 400, 405];

/** Lists everything, newest days first. @throws ProviderError */
export async function* listDocuments(
  client: Pick<Client, 'search'>,
  from: Day,
): AsyncGenerator<ListedDocument> {
  const query = { type: TYPES, fromDate: from, pageSize: PAGE_SIZE, sort: 'documentDate' } as const;
  // Pages shift while documents are created, so a document could appear twice.
  const told = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items, pages } = await client.search({ ...query, page });
    for (const document of items) {
      if (told.has(document.id)) continue;
      told.add(document.id);
      yield toListed(document);
    }
    if (page >= pages || items.length === 0) return;
  }
  throw new ProviderError('bad_answer', `Green Invoice's list since ${from} does not end`);
}

function toListed({ id, number, description, remarks, amount, currency }: WireDocument): ListedDocument {
  const words = `${description ?? ''} ${remarks ?? ''}`.split(/[^\w]+/);
  const keys = words.filter((word) => isId('payment', word) || isId('refund', word));
  const known = isCurrency(currency) ? currency : null;
  const minor = known === null ? null : fromWireAmount(amount, known);
  return {
    id,
    number: number ?? id,
    keys: [...new Set(keys)],
    total: minor === null ? null : Math.abs(minor),
    currency: known,
  };
}
