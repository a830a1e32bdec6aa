import { ProviderError } from '../../../domain/provider-error.ts';
import type { InvoiceService, PushOrder, ServiceDocument } from '../invoice-service.ts';
import { onceMade } from '../once-made.ts';
import type { Client } from './client.ts';
import {
  hasTotalOf,
  isOfOrder,
  toAllocationNumber,
  toDocumentBody,
  toListBody,
  toServiceDocument,
} from './map.ts';

/** Maximum page size of SUMIT. */
const PAGE_SIZE = 1_000;
/** Maximum number of documents of one type and day. */
const MOST_PAGES = 20;

/**
 * The verbs of the invoice service, on top of the client. `isDraft`: makes drafts, which have no number and are no
 * legal documents.
 */
export function createSumitService(
  client: Client,
  { isDraft }: { isDraft: boolean },
): Required<Omit<InvoiceService, 'listDocuments'>> {
  const readBack = async (id: string, order: PushOrder): Promise<ServiceDocument> =>
    toServiceDocument(await client.read(id), order.currency);
  return {
    async findDocument(order) {
      const id = await findEarlier(client, order, isDraft);
      return id === null ? null : readBack(id, order);
    },
    async createDocument(order) {
      const { DocumentID: id } = await client.create(toDocumentBody(order, { isDraft }));
      return onceMade('SUMIT', () => readBack(id, order));
    },
    findAllocationNumber: async (documentId) => toAllocationNumber(await client.read(documentId)),
    checkCredentials: () => client.checkAccess(),
  };
}

async function findEarlier(client: Client, order: PushOrder, drafts: boolean): Promise<string | null> {
  let nearly: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await client.list(toListBody(order, { start: page * PAGE_SIZE, size: PAGE_SIZE, drafts }));
    const ours = (found.Documents ?? []).filter((document) => isOfOrder(document, order));
    const same = ours.find((document) => hasTotalOf(document, order));
    if (same !== undefined) return same.DocumentID;
    nearly ??= ours[0]?.DocumentID ?? null;
    if (!found.HasNextPage) return nearly;
  }
  throw new ProviderError('bad_answer', `SUMIT's list of ${order.documentDate} does not end`);
}
