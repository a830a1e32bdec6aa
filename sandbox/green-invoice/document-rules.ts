import { faultsOf, isFields } from '../fields.ts';
import { israelDay, vatRateOn } from '../israel.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import type { Account } from './account.ts';
import { isVatExempt, mayIssue, RECEIPTS, WITH_PAYMENT, WITHOUT_PAYMENT } from './document-types.ts';
import { fromFieldFault } from './errors.ts';
import type { DocumentError } from './errors.ts';
import { textOrNull } from '../vendor.ts';
import { CREATE_DOCUMENT } from './request-shapes.ts';
import { sumPayments, toDiscounted, toTotals } from './totals.ts';
import type { Totals } from './totals.ts';

const MOST_ROWS = 200;
const WITHHELD = 0;
const EXEMPT = 1;
const EXEMPT_ROW = 2;

/** What the rules need beside the request. */
export interface RuleContext {
  account: Account;
  today: Date;
  /** The account's documents so far. */
  existing: readonly StoredDocument[];
}

/** An accepted request, with what follows from it. */
export interface Accepted {
  request: Fields;
  type: number;
  documentDate: string;
  vatRateBp: number;
  totals: Totals;
}

/**
 * The request as a document, or the first of the vendor's errors for it.
 * Source: docs/reference/green-invoice.md, "Limits and error codes", "Fields of a document".
 */
export function acceptDocument(body: unknown, context: RuleContext): Accepted | DocumentError {
  const [wrong] = faultsOf(body, CREATE_DOCUMENT);
  if (wrong !== undefined) return fromFieldFault(wrong);
  const request = isFields(body) ? body : {};
  const documentDate = typeof request['date'] === 'string' ? request['date'] : israelDay(context.today);
  const accepted = {
    request,
    type: Number(request['type']),
    documentDate,
    vatRateBp: vatRateOn(documentDate),
  };
  const error =
    breaksKind(accepted, context) ??
    breaksClient(request) ??
    breaksLinks(request, context) ??
    breaksIncome(accepted, context) ??
    breaksPayment(accepted, context);
  return error ?? addUp(accepted, context);
}

export const rowsOf = (request: Fields, name: 'income' | 'payment'): Fields[] =>
  Array.isArray(request[name]) ? (request[name] as Fields[]) : [];

export const linksOf = ({ linkedDocumentIds: ids }: Fields): string[] =>
  Array.isArray(ids) ? (ids as string[]) : [];

type Draft = Omit<Accepted, 'totals'>;

function breaksKind(
  { type, documentDate }: Draft,
  { account, today, existing }: RuleContext,
): DocumentError | null {
  if (!mayIssue(type, account.business)) return { code: 2403 };
  if (documentDate > israelDay(today)) return { code: 2405, detail: 'date lies in the future' };
  if (!account.isChronological) return null;
  const newest = existing
    .filter((one) => one.type === type)
    .reduce((day, one) => max(day, one.documentDate), '');
  return documentDate < newest ? { code: 2405, detail: `the first day allowed is ${newest}` } : null;
}

function breaksClient({ client, rounding }: Fields): DocumentError | null {
  if (!isFields(client)) return { code: 2410 };
  if (typeof client['id'] !== 'string' && typeof client['name'] !== 'string')
    return { code: 2410, detail: 'client needs id or name' };
  return rounding === true ? { code: 2416, detail: 'this sandbox plays no rounding' } : null;
}

function breaksLinks(request: Fields, { account, existing }: RuleContext): DocumentError | null {
  const isLower = /^[a-z]+$/.test(textOrNull(request['linkType']) ?? '');
  if (account.isOther && isLower) return { code: 2404, detail: 'in capitals, as the new schema prints them' };
  if (!/^(link|cancel|copy)?$/i.test(textOrNull(request['linkType']) ?? '')) return { code: 2404 };
  const missing = linksOf(request).find((id) => !existing.some((document) => document.id === id));
  if (missing !== undefined) return { code: 2429, detail: missing };
  return isCancel(request) && linksOf(request).length === 0
    ? { code: 2429, detail: 'linkType cancel needs linkedDocumentIds' }
    : null;
}

function breaksIncome({ request, type, vatRateBp }: Draft, { account }: RuleContext): DocumentError | null {
  const income = rowsOf(request, 'income');
  if (account.wantsPaymentsAlone && RECEIPTS.includes(type) && income.some((row) => Number(row['price']) < 0))
    return { code: 2416, detail: 'a receipt below zero carries payments alone' };
  if (income.length === 0) return RECEIPTS.includes(type) ? null : { code: 2413 };
  if (income.length > MOST_ROWS) return { code: 2431 };
  if (income.some((row) => row['currency'] !== request['currency']))
    return { code: 2416, detail: 'a row has another currency' };
  const otherRate = income.find((row) => ![undefined, vatRateBp / 10_000].includes(rateOf(row)));
  return otherRate === undefined
    ? null
    : { code: 2409, detail: `vatRate on that day is ${vatRateBp / 10_000}` };
}

/** The rate in an exempt row is ignored: the vendor's own samples send 0 or the rate of the day. */
const rateOf = (row: Fields): number | undefined =>
  row['vatType'] === EXEMPT_ROW ? undefined : (row['vatRate'] as number | undefined);

function breaksPayment({ request, type }: Draft, context: RuleContext): DocumentError | null {
  const payment = rowsOf(request, 'payment');
  if (WITHOUT_PAYMENT.includes(type) && payment.length > 0) {
    return { code: 2421, detail: `type ${type} carries no payment` };
  }
  if (payment.length > 0) return breaksPaymentRows(payment, request, context);
  if (!WITH_PAYMENT.includes(type)) return null;
  return { code: request['payment'] === undefined ? 2419 : 1113 };
}

function breaksPaymentRows(payment: Fields[], request: Fields, { today }: RuleContext): DocumentError | null {
  if (payment.every((row) => row['type'] === WITHHELD)) return { code: 2428 };
  if (payment.some((row) => row['currency'] !== request['currency'])) {
    return { code: 2416, detail: 'a payment has another currency' };
  }
  if (!mayGiveBack(request) && payment.some((row) => Number(row['price']) <= 0)) {
    return { code: 1110, detail: 'a payment is not positive' };
  }
  const isEarly = payment.some((row) => String(row['date']) > israelDay(today));
  return isEarly ? { code: 2426, detail: 'a payment lies in the future' } : null;
}

function addUp(accepted: Draft, { account }: RuleContext): Accepted | DocumentError {
  const { request, vatRateBp } = accepted;
  const currency = String(request['currency']);
  const income = rowsOf(request, 'income');
  const payment = rowsOf(request, 'payment');
  const isExempt = isVatExempt(account.business) || request['vatType'] === EXEMPT;
  const paid = sumPayments(payment, currency);
  if (paid === null) return { code: 1110, detail: 'a payment has too many decimals' };
  const totals =
    income.length > 0
      ? toTotals(toDiscounted(income, request['discount']), currency, vatRateBp, isExempt)
      : { net: paid, vat: 0, exempt: paid, total: paid };
  if (totals === null) return { code: 1110, detail: 'a row has more than four decimals' };
  if (payment.length > 0 && paid !== totals.total)
    return { code: 2422, detail: `${paid} paid, ${totals.total} due, in minor units` };
  return { ...accepted, totals };
}

/** The vendor's schema prints the values in upper case, its examples in lower. */
export const isCancel = ({ linkType }: Fields): boolean =>
  typeof linkType === 'string' && linkType.toLowerCase() === 'cancel';

/**
 * A negative receipt is linked to the one it reduces, or has payments only, as in the vendor's sample. A cancelling
 * document refunds all of it.
 */
function mayGiveBack(request: Fields): boolean {
  if (isCancel(request)) return true;
  const isAlone = rowsOf(request, 'income').length === 0;
  return RECEIPTS.includes(Number(request['type'])) && (isAlone || linksOf(request).length > 0);
}

const max = (a: string, b: string): string => (a > b ? a : b);
