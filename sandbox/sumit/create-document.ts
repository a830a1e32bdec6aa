import { randomInt } from 'node:crypto';
import { faultsOf, isFields } from '../fields.ts';
import { israelDay, vatRateOn } from '../israel.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { fieldsOf, textOrNull } from '../vendor.ts';
import type { Route, VendorCall, VendorDeps } from '../vendor.ts';
import { authenticated, chargesVat } from './account.ts';
import type { Account } from './account.ts';
import { toCustomer } from './customers.ts';
import { bearsPayments, currencyOf, isTaxInvoice } from './document-types.ts';
import { toLink } from './document-views.ts';
import { ok, refuse } from './envelope.ts';
import { toDocumentMinor } from './prices.ts';
import { CREATE } from './request-shapes.ts';
import { toTotals } from './totals.ts';
import type { Totals } from './totals.ts';

const FIRST_NUMBER = 10_001;

/** Repeats are not detected, as at SUMIT: two requests make two documents. */
export function createDocument({ ledger, now, baseUrl }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/accounting/documents/create',
    operation: 'create_document',
    referenceOf: (call) => textOrNull(detailsOf(call)['ExternalReference']),
    answer: authenticated((account, call) => {
      const existing = ledger.documentsOf('sumit', account.id);
      const draft = readDraft(call, account, existing, now());
      const fault = typeof draft === 'string' ? draft : linkFault(fieldsOf(call), existing);
      if (typeof draft === 'string' || fault !== null) return refuse(String(fault));
      const document = toDocument(draft, account, existing, now());
      ledger.record({ kind: 'document', document });
      return ok({
        DocumentID: Number(document.id),
        DocumentNumber: document.number === '' ? null : Number(document.number),
        CustomerID: isFields(document.wire['customer']) ? document.wire['customer']['ID'] : null,
        DocumentDownloadURL: toLink(document, baseUrl()),
        DocumentPaymentURL: null,
      });
    }),
  };
}

/** An accepted request, with what follows from it. */
interface Draft {
  request: Fields;
  details: Fields;
  customer: Fields;
  type: number;
  day: string;
  currency: string;
  totals: Totals;
}

const detailsOf = (call: VendorCall): Fields => {
  const { Details: details } = fieldsOf(call);
  return isFields(details) ? details : {};
};

const rowsOf = (request: Fields, name: 'Items' | 'Payments'): Fields[] =>
  Array.isArray(request[name]) ? (request[name] as Fields[]) : [];

/** The document that a request asks for, or why it is refused. */
function readDraft(
  call: VendorCall,
  account: Account,
  existing: readonly StoredDocument[],
  now: Date,
): Draft | string {
  const [wrong] = faultsOf(call.body, CREATE);
  if (wrong !== undefined) return `${wrong.field} ${wrong.problem}`;
  const request = fieldsOf(call);
  const details = detailsOf(call);
  const type = Number(details['Type']);
  const day = textOrNull(details['Date'])?.slice(0, 10) ?? israelDay(now);
  const refused = kindFault(type, day, account, now) ?? perItemFault(request);
  if (refused !== null) return refused;
  const currency = currencyOf(details['Currency']);
  const customer = toCustomer(isFields(details['Customer']) ? details['Customer'] : {}, existing);
  const totals = toTotals(rowsOf(request, 'Items'), currency, {
    rateBp: vatRateOn(day),
    isExempt: !isTaxInvoice(type) || customer['NoVAT'] === true,
    isIncluded: request['VATIncluded'] === true,
    isPerItem: request['VATPerItem'] === true,
  });
  if (totals === null) return 'Items have too many decimals, or prices in two currencies';
  const fault = paymentFault(type, rowsOf(request, 'Payments'), totals.total, currency);
  return fault ?? { request, details, customer, type, day, currency, totals };
}

function kindFault(type: number, day: string, account: Account, now: Date): string | null {
  if (!chargesVat(account) && isTaxInvoice(type)) return 'Details.Type is not for a business without VAT';
  return day > israelDay(now) ? 'Details.Date lies in the future' : null;
}

/** With `VATPerItem`, neither VAT field of the document itself may be used. */
function perItemFault(request: Fields): string | null {
  if (request['VATPerItem'] !== true) return null;
  if (request['VATIncluded'] === true) return 'VATIncluded must be null or false with VATPerItem';
  return typeof request['VATRate'] === 'number' ? 'VATRate must be null with VATPerItem' : null;
}

function paymentFault(type: number, payments: Fields[], total: number, currency: string): string | null {
  if (!bearsPayments(type)) return payments.length === 0 ? null : 'Payments are not for this type';
  const paid = payments.map((payment) => toDocumentMinor(payment, 'Amount', currency));
  if (paid.some((amount) => amount === null || amount <= 0)) return 'Payments must be positive amounts';
  const sum = paid.reduce<number>((all, amount) => all + (amount ?? 0), 0);
  return sum === total ? null : `Payments come to ${sum}, the document to ${total}, in minor units`;
}

function linkFault(request: Fields, existing: readonly StoredDocument[]): string | null {
  const original = request['OriginalDocumentID'];
  const isKnown = original === undefined || existing.some(({ id }) => id === String(Number(original)));
  return isKnown ? null : 'OriginalDocumentID is not a document of this company';
}

function toDocument(
  { request, details, customer, type, day, currency, totals }: Draft,
  account: Account,
  existing: readonly StoredDocument[],
  now: Date,
): StoredDocument {
  const last = existing.findLast((one) => one.type === type && one.number !== '');
  const next = last === undefined ? FIRST_NUMBER : Number(last.number) + 1;
  const { net, vat, total, vats } = totals;
  return {
    id: String(randomInt(100_000_000, 2 ** 47)),
    provider: 'sumit',
    account: account.id,
    number: details['IsDraft'] === true ? '' : String(next),
    type,
    status: 1,
    net,
    vat,
    exempt: 0,
    total,
    vatRateBp: vatRateOn(day),
    currency,
    reference: textOrNull(details['ExternalReference']),
    description: textOrNull(details['Description']) ?? '',
    customerName: textOrNull(customer['Name']) ?? '',
    documentDate: day,
    createdAt: now.toISOString(),
    fingerprint: '',
    wire: { ...request, Credentials: undefined, vats, customer },
  };
}
