import { randomInt } from 'node:crypto';
import { faultsOf, isFields } from '../fields.ts';
import { israelDay, vatRateOn } from '../israel.ts';
import { toMinor } from '../decimal.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { fieldsOf, textOrNull } from '../vendor.ts';
import type { Route, VendorCall, VendorDeps } from '../vendor.ts';
import { authenticated, chargesVat } from './account.ts';
import type { Account } from './account.ts';
import { bearsPayments, currencyOf, isTaxInvoice } from './document-types.ts';
import { toLink } from './document-views.ts';
import { ok, refuse } from './envelope.ts';
import { CREATE } from './request-shapes.ts';
import { toTotals } from './totals.ts';
import type { Totals } from './totals.ts';

const FIRST_NUMBER = 10_001;

/** There is no guard against repeats here, as there is none at SUMIT: two requests make two documents. */
export function createDocument({ ledger, now, baseUrl }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/accounting/documents/create',
    operation: 'create_document',
    referenceOf: (call) => textOrNull(detailsOf(call)['ExternalReference']),
    answer: authenticated((account, call) => {
      const existing = ledger.documentsOf('sumit', account.id);
      const draft = readDraft(call, account, now());
      const fault = typeof draft === 'string' ? draft : linkFault(fieldsOf(call), existing);
      if (typeof draft === 'string' || fault !== null) return refuse(String(fault));
      const document = toDocument(draft, account, existing, now());
      ledger.record({ kind: 'document', document });
      return ok({
        DocumentID: Number(document.id),
        DocumentNumber: document.number === '' ? null : Number(document.number),
        CustomerID: randomInt(1, 2 ** 31),
        DocumentDownloadURL: toLink(document, baseUrl()),
        DocumentPaymentURL: null,
      });
    }),
  };
}

/** A request that passed, with what follows from it. */
interface Draft {
  request: Fields;
  details: Fields;
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
function readDraft(call: VendorCall, account: Account, now: Date): Draft | string {
  const [wrong] = faultsOf(call.body, CREATE);
  if (wrong !== undefined) return `${wrong.field} ${wrong.problem}`;
  const request = fieldsOf(call);
  const details = detailsOf(call);
  const type = Number(details['Type']);
  const day = textOrNull(details['Date'])?.slice(0, 10) ?? israelDay(now);
  if (!chargesVat(account) && isTaxInvoice(type)) return 'Details.Type is not for a business without VAT';
  if (day > israelDay(now)) return 'Details.Date lies in the future';
  const currency = currencyOf(details['Currency']);
  const totals = totalsOf(request, details, account, day);
  if (totals === null) return 'Items have too many decimals';
  const fault = paymentFault(type, rowsOf(request, 'Payments'), totals.total, currency);
  return fault ?? { request, details, type, day, currency, totals };
}

function totalsOf(request: Fields, details: Fields, account: Account, day: string): Totals | null {
  const customer = isFields(details['Customer']) ? details['Customer'] : {};
  return toTotals(rowsOf(request, 'Items'), currencyOf(details['Currency']), {
    rateBp: vatRateOn(day),
    isExempt: !isTaxInvoice(Number(details['Type'])) || customer['NoVAT'] === true,
    isIncluded: request['VATIncluded'] === true,
    isPerItem: request['VATPerItem'] === true,
  });
}

function paymentFault(type: number, payments: Fields[], total: number, currency: string): string | null {
  if (!bearsPayments(type)) return payments.length === 0 ? null : 'Payments are not for this type';
  const paid = payments.map((payment) => toMinor(payment['Amount'], currency));
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
  { request, details, type, day, currency, totals }: Draft,
  account: Account,
  existing: readonly StoredDocument[],
  now: Date,
): StoredDocument {
  const customer = isFields(details['Customer']) ? details['Customer'] : {};
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
    wire: { ...request, Credentials: undefined, vats },
  };
}
