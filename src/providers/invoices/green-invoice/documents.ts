import { dayInZone, fromZonedStamp } from '../../../domain/calendar.ts';
import type { Day } from '../../../domain/calendar.ts';
import { isProviderError, ProviderError } from '../../../domain/provider-error.ts';
import type { InvoiceService, PushOrder, ServiceDocument } from '../invoice-service.ts';
import { onceMade } from '../once-made.ts';
import type { Client } from './client.ts';
import { listDocuments } from './list.ts';
import {
  compareWithOrder,
  toAllocationNumber,
  toDocumentBody,
  toDocumentType,
  toServiceDocument,
  toVendorForm,
  withLinkInCapitals,
} from './map.ts';
import type { DocumentBody, Links, WireDocument } from './wire.ts';

/** Sizes above this are cut by some generations of the service. Source: docs/reference/green-invoice.md, "Search". */
const PAGE_SIZE = 25;
/** Maximum length of a search: 10,000 documents since one payment began. */
const MOST_PAGES = 400;
/** A push begins with a search. If the queue is longer than this, the push is refused before it uses a request. */
const ENTRY_PATIENCE_MS = 3_000;

const SERVICE = 'Green Invoice';
const IDENTICAL_REQUEST = '1010';
const DATE_NOT_ALLOWED = '2405';
const BAD_LINK_TYPE = '2404';

/** The time zone of the service's days. */
const ISRAEL = 'Asia/Jerusalem';
/** The service's clock may be behind ours. */
const AFTER_MIDNIGHT_MS = 60_000;

/** The verbs of the invoice service, on top of the client. */
export function createGreenInvoiceService(
  client: Client,
  now: () => Date = () => new Date(),
): Required<InvoiceService> {
  return {
    findDocument: async (order) => {
      const earlier = await findEarlier(client, order, ENTRY_PATIENCE_MS);
      return earlier === null ? null : readBack(client, earlier.id, order);
    },
    createDocument: (order) => createDocument(client, order, now()),
    findAllocationNumber: async (documentId) => toAllocationNumber(await client.read(documentId)),
    listDocuments: (from) => listDocuments(client, from),
    checkCredentials: () => client.checkAccess(),
  };
}

async function findEarlier(
  client: Client,
  order: PushOrder,
  patienceMs: number,
): Promise<WireDocument | null> {
  // A document that was moved to an open day has a later date than the first day of the search, never an earlier one.
  const fromDate = order.searchFrom < order.documentDate ? order.searchFrom : order.documentDate;
  let nearly: WireDocument | null = null;
  for await (const document of documentsOf(client, order, { fromDate, description: order.key }, patienceMs)) {
    const likeness = compareWithOrder(document, order);
    if (likeness === 'same') return document;
    if (likeness === 'same_with_other_amount') nearly ??= document;
  }
  return nearly;
}

/**
 * All documents of the order's type from a day on. `patienceMs` is for the first page only: a search that has begun
 * is finished.
 */
async function* documentsOf(
  client: Client,
  order: PushOrder,
  filter: { fromDate: Day; description?: string },
  patienceMs = Infinity,
): AsyncGenerator<WireDocument> {
  const query = {
    ...filter,
    type: [toDocumentType(order)],
    pageSize: PAGE_SIZE,
    sort: 'documentDate',
  } as const;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await client.search({ ...query, page }, page === 1 ? patienceMs : Infinity);
    yield* found.items;
    if (page >= found.pages || found.items.length === 0) return;
  }
  throw new ProviderError('bad_answer', `Green Invoice's search since ${filter.fromDate} does not end`);
}

async function createDocument(client: Client, order: PushOrder, now: Date): Promise<ServiceDocument> {
  try {
    return await createOn(client, order, order.documentDate);
  } catch (error) {
    if (!isDateRefused(error)) throw error;
    if (order.documentDate > dayInZone(now, ISRAEL)) throw notBefore(order.documentDate, now);
    return createLater(client, order, now, error);
  }
}

async function createOn(client: Client, order: PushOrder, day: Day): Promise<ServiceDocument> {
  try {
    const { id } = await send(client, toDocumentBody(order, day));
    return await onceMade(SERVICE, () => readBack(client, id, order));
  } catch (error) {
    if (!isProviderError(error) || error.vendorCode !== IDENTICAL_REQUEST) throw error;
    return onceMade(SERVICE, () => findIdentical(client, order));
  }
}

/** A document that was refused for its form is sent in the other forms of the vendor: nothing was made by then. */
async function send(client: Client, body: DocumentBody): Promise<{ id: string }> {
  try {
    return await client.create(body);
  } catch (refusal) {
    if (!isPlainRefusal(refusal)) throw refusal;
    const isLinkRefused = refusal.vendorCode === BAD_LINK_TYPE;
    for (const other of [isLinkRefused ? withLinkInCapitals(body) : null, toVendorForm(body)]) {
      const made = other === null ? null : await tryForm(client, other);
      if (made !== null) return made;
    }
    throw refusal;
  }
}

/** Null if this form is refused too. */
async function tryForm(client: Client, body: DocumentBody): Promise<{ id: string } | null> {
  try {
    return await client.create(body);
  } catch (error) {
    if (!isPlainRefusal(error)) throw error;
    return null;
  }
}

/** Refused for its content: neither for its day nor as a repeat. */
function isPlainRefusal(error: unknown): error is ProviderError {
  if (!isProviderError(error) || error.code !== 'rejected') return false;
  return error.vendorCode !== IDENTICAL_REQUEST && error.vendorCode !== DATE_NOT_ALLOWED;
}

/** Uses the first later day that is accepted: that of the newest document of the type, else today. */
async function createLater(
  client: Client,
  order: PushOrder,
  now: Date,
  refusal: ProviderError,
): Promise<ServiceDocument> {
  const days = new Set([await newestDayOf(client, order), dayInZone(now, ISRAEL)]);
  let last = refusal;
  for (const day of [...days].filter((one) => one > order.documentDate)) {
    try {
      return await createOn(client, order, day);
    } catch (error) {
      if (!isDateRefused(error)) throw error;
      last = error;
    }
  }
  throw last;
}

function isDateRefused(error: unknown): error is ProviderError {
  return isProviderError(error) && error.vendorCode === DATE_NOT_ALLOWED;
}

/** A workspace east of Israel is a day ahead for some hours. The day is allowed once it has begun there too. */
function notBefore(day: Day, now: Date): ProviderError {
  const begins = fromZonedStamp(`${day} 00:00:00`, ISRAEL);
  return new ProviderError(
    'rejected',
    `${SERVICE} takes a document dated ${day} only when that day has begun in Israel`,
    {
      vendorCode: DATE_NOT_ALLOWED,
      retryAfterMs: begins.getTime() - now.getTime() + AFTER_MIDNIGHT_MS,
    },
  );
}

async function findIdentical(client: Client, order: PushOrder): Promise<ServiceDocument> {
  const earlier = await findEarlier(client, order, Infinity);
  if (earlier !== null) return readBack(client, earlier.id, order);
  throw new ProviderError(
    'no_answer',
    'Green Invoice already has this request, but its search does not show it yet',
  );
}

/** The first day that the service still accepts: that of its newest document of this type. */
async function newestDayOf(client: Client, order: PushOrder): Promise<Day> {
  let newest = order.documentDate;
  for await (const { documentDate } of documentsOf(client, order, { fromDate: order.documentDate })) {
    if (documentDate && documentDate > newest) newest = documentDate;
  }
  return newest;
}

/** Only this answer has totals, VAT and the allocation number. */
async function readBack(client: Client, id: string, order: PushOrder): Promise<ServiceDocument> {
  const document = await client.read(id);
  return toServiceDocument(document, document.url ?? (await readLinks(client, id)), order.currency);
}

/**
 * The address of the document. It is only informative: if the service refuses it or is unreadable, the push still
 * succeeds.
 */
async function readLinks(client: Client, id: string): Promise<Links> {
  try {
    return await client.readLinks(id);
  } catch (error) {
    if (!isProviderError(error) || (error.code !== 'rejected' && error.code !== 'bad_answer')) throw error;
    return { origin: null, he: null, en: null };
  }
}
