import { faultsOf, isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { fieldsOf, textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorCall, VendorDeps } from '../vendor.ts';
import { authenticated } from './account.ts';
import { toReference } from './create-document.ts';
import { rowsOf } from './document-rules.ts';
import { toDocumentView, toLinks } from './document-views.ts';
import { fromFieldFault, refuse } from './errors.ts';
import { SEARCH } from './request-shapes.ts';

const DEFAULT_PAGE_SIZE = 20;
/**
 * More rows are silently cut, as is a search without `fromDate`: both were reported about the vendor.
 * Source: docs/reference/green-invoice.md, "Search", "Unverified".
 */
const MOST_PER_PAGE = { usual: 100, other: 20 };
const MOST_WITHOUT_FROM_DATE = 1_000;

export function findDocuments(deps: VendorDeps): Route[] {
  const { ledger, baseUrl } = deps;
  const referenceOf = ({ params, body }: VendorCall): string | null => {
    if (params['id'] !== undefined) return ledger.document(params['id'])?.reference ?? null;
    return isFields(body) ? toReference(body, ledger) : null;
  };

  const one = (view: (document: StoredDocument) => unknown) =>
    authenticated((account, { params }): Answer => {
      const document = ledger.document(params['id'] ?? '');
      return document?.account === account.id
        ? { status: 200, json: view(document) }
        : refuse({ code: 404 }, 404);
    });

  const search = authenticated((account, call): Answer => {
    const [wrong] = faultsOf(call.body, SEARCH);
    if (wrong !== undefined) return refuse(fromFieldFault(wrong));
    const request = fieldsOf(call);
    const found = ledger
      .documentsOf('green-invoice', account.id)
      .filter((document) => matches(document, request));
    return {
      status: 200,
      json: toPage(sortNewestFirst(found, request), request, {
        most: MOST_PER_PAGE[account.isOther ? 'other' : 'usual'],
        view: (row) => toDocumentView(row, deps),
      }),
    };
  });

  const route = { operation: 'find_document', referenceOf } as const;
  return [
    { ...route, verb: 'post', path: '/documents/search', answer: search },
    {
      ...route,
      verb: 'get',
      path: '/documents/:id',
      answer: one((document) => toDocumentView(document, deps)),
    },
    {
      ...route,
      verb: 'get',
      path: '/documents/:id/download/links',
      answer: one((document) => toLinks(document, baseUrl())),
    },
  ];
}

function matches(document: StoredDocument, request: Fields): boolean {
  return isWithin(document, request) && hasKind(document, request) && hasTexts(document, request);
}

function isWithin({ documentDate }: StoredDocument, { fromDate, toDate }: Fields): boolean {
  return (
    (typeof fromDate !== 'string' || fromDate <= documentDate) &&
    (typeof toDate !== 'string' || documentDate <= toDate)
  );
}

function hasKind(document: StoredDocument, { number, type, status, paymentTypes }: Fields): boolean {
  const paidBy = rowsOf(document.wire, 'payment').map((row) => row['type']);
  return (
    (number === undefined || `${number as string | number}` === document.number) &&
    includes(type, document.type) &&
    includes(status, document.status) &&
    (!Array.isArray(paymentTypes) || paymentTypes.some((wanted) => paidBy.includes(wanted)))
  );
}

function hasTexts(document: StoredDocument, { clientId, clientName, description }: Fields): boolean {
  const client = isFields(document.wire['client']) ? document.wire['client'] : {};
  return (
    (textOrNull(clientId) === null || client['id'] === clientId) &&
    document.customerName.includes(textOrNull(clientName) ?? '') &&
    document.description.includes(textOrNull(description) ?? '')
  );
}

const includes = (wanted: unknown, value: number): boolean =>
  !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(value);

/** By day unless asked otherwise; those of one day newest first. */
function sortNewestFirst(found: StoredDocument[], { sort }: Fields): StoredDocument[] {
  const newestFirst = found.toReversed();
  return sort === 'creationDate'
    ? newestFirst
    : newestFirst.sort((a, b) => b.documentDate.localeCompare(a.documentDate));
}

function toPage(
  found: StoredDocument[],
  request: Fields,
  { most, view }: { most: number; view: (row: StoredDocument) => Fields },
): Fields {
  const rows = request['fromDate'] === undefined ? found.slice(0, MOST_WITHOUT_FROM_DATE) : found;
  const pageSize = Math.min(Number(request['pageSize'] ?? DEFAULT_PAGE_SIZE), most);
  const page = Number(request['page'] ?? 1);
  const start = (page - 1) * pageSize;
  const items = rows.slice(start, start + pageSize).map(view);
  const from = items.length === 0 ? 0 : start + 1;
  return {
    total: rows.length,
    page,
    pageSize,
    pages: Math.ceil(rows.length / pageSize),
    from,
    to: start + items.length,
    items,
    aggregations: {},
  };
}
