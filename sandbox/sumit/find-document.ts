import { faultsOf, isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { fieldsOf, textOrNull } from '../vendor.ts';
import type { Route, VendorDeps } from '../vendor.ts';
import { authenticated, COMPANY_TYPE } from './account.ts';
import type { Account } from './account.ts';
import { toDetails, toListed } from './document-views.ts';
import { ok, refuse } from './envelope.ts';
import { COMPANY, GET_DETAILS, LIST } from './request-shapes.ts';

const DEFAULT_PAGE_SIZE = 10;

/** `documents/list`: newest first; by days, types and numbers, never by reference. */
export function listDocuments({ ledger, baseUrl }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/accounting/documents/list',
    operation: 'find_document',
    referenceOf: () => null,
    answer: authenticated((account, call) => {
      const [wrong] = faultsOf(call.body, LIST);
      if (wrong !== undefined) return refuse(`${wrong.field} ${wrong.problem}`);
      const request = fieldsOf(call);
      const found = ledger
        .documentsOf('sumit', account.id)
        .filter((one) => isAskedFor(one, request, account.isOther));
      const paging = isFields(request['Paging']) ? request['Paging'] : {};
      const start = Number(paging['StartIndex'] ?? 0);
      const end = start + Number(paging['PageSize'] ?? DEFAULT_PAGE_SIZE);
      return ok({
        Documents: found
          .toReversed()
          .slice(start, end)
          .map((one) => withHabit(toListed(one, baseUrl()), account)),
        HasNextPage: found.length > end,
      });
    }),
  };
}

/** Whether `DateTo` includes its day is unknown: for an account with the other habit it does not. */
function isAskedFor(document: StoredDocument, request: Fields, isOther: boolean): boolean {
  const { DocumentTypes: types, DateFrom: from, DateTo: to, IncludeDrafts: drafts } = request;
  const day = (value: unknown) => textOrNull(value)?.slice(0, 10) ?? null;
  const [first, last] = [day(from), day(to)];
  return (
    (!Array.isArray(types) || types.includes(document.type)) &&
    (first === null || first <= document.documentDate) &&
    (last === null || document.documentDate < last || (!isOther && document.documentDate === last)) &&
    (drafts === true || document.number !== '')
  );
}

/** `documents/getdetails`, by SUMIT's id. */
export function readDocument(deps: VendorDeps): Route {
  const { ledger } = deps;
  const asked = (body: Fields) => ledger.document(String((body['DocumentID'] as number | undefined) ?? ''));
  return {
    verb: 'post',
    path: '/accounting/documents/getdetails',
    operation: 'find_document',
    referenceOf: (call) => asked(fieldsOf(call))?.reference ?? null,
    answer: authenticated((account, call) => {
      const [wrong] = faultsOf(call.body, GET_DETAILS);
      if (wrong !== undefined) return refuse(`${wrong.field} ${wrong.problem}`);
      const document = asked(fieldsOf(call));
      const isTheirs = document?.provider === 'sumit' && document.account === account.id;
      if (!isTheirs) return refuse('no such document');
      const { Document: told, ...details } = toDetails(document, deps);
      return ok({ ...details, Document: withHabit(told as Fields, account) });
    }),
  };
}

/**
 * Whether types are numbers or names, and credits negative, is unknown: the other habit uses names and positive
 * amounts.
 */
function withHabit(told: Fields, { isOther }: Account): Fields {
  if (!isOther) return told;
  const { Type: type, DocumentValue: value } = told;
  return {
    ...told,
    Type: `${TYPE_NAMES[Number(type)] ?? 'Document'} (${String(type)})`,
    DocumentValue: Math.abs(Number(value)),
  };
}

const TYPE_NAMES: Readonly<Record<number, string>> = { 1: 'InvoiceAndReceipt', 2: 'Receipt' };

/** `companies/getdetails`: the particulars of the business. */
export function readCompany(): Route {
  return {
    verb: 'post',
    path: '/website/companies/getdetails',
    operation: 'credentials',
    referenceOf: () => null,
    answer: authenticated((account, call) => {
      const [wrong] = faultsOf(call.body, COMPANY);
      if (wrong !== undefined) return refuse(`${wrong.field} ${wrong.problem}`);
      return ok({ Company: { Name: 'העסק לדוגמה', CompanyType: COMPANY_TYPE[account.kind] } });
    }),
  };
}

/** The page behind the download address of a document: its fields instead of the vendor's PDF. */
export function showFile({ ledger }: VendorDeps): Route {
  return {
    verb: 'get',
    path: '/files/:id',
    operation: 'unknown',
    referenceOf: ({ params }) => ledger.document(params['id'] ?? '')?.reference ?? null,
    answer: ({ params }) => {
      const document = ledger.document(params['id'] ?? '');
      return document?.provider === 'sumit'
        ? { status: 200, json: document.wire }
        : { status: 404, json: { error: 'there is no such document' } };
    },
  };
}
