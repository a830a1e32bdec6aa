import type { Day } from '../../domain/calendar.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ProviderErrorCode } from '../../domain/provider-error.ts';
import type { HttpResponse } from '../../http.ts';
import { toWireDecimal } from '../invoices/wire-amount.ts';

/** An invoice for which a number is asked. Sums in agorot. */
export interface AllocationOrder {
  /** Our id of the document: it is never used for another. */
  readonly documentId: string;
  readonly documentType: 'tax_invoice' | 'tax_invoice_receipt';
  /** Dealer number of the issuer, nine digits. */
  readonly issuerTaxId: string;
  readonly displayNumber: string;
  /** Dealer number of the customer, nine digits. */
  readonly customerTaxId: string;
  readonly customerName: string;
  readonly documentDate: Day;
  /** Day on which the document was made. */
  readonly issuedOn: Day;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  /** Id of the person who connected the business; null: their name is told. */
  readonly userId: string | null;
  readonly userName: string;
}

/** What the authority decided. `code` is one of `domain/allocation.ts`, or a code that nobody documents. */
export type Decision =
  | { readonly kind: 'approved'; readonly number: string }
  | { readonly kind: 'refused'; readonly code: string };

/** Which version of the call is spoken. Source: docs/reference/israel-tax.md, "The authority's API". */
export type ApprovalVersion = 'v1' | 'v2';

/** Source: docs/reference/israel-tax.md, "The authority's API": types. */
const INVOICE_TYPES: Readonly<Record<AllocationOrder['documentType'], number>> = {
  tax_invoice: 305,
  tax_invoice_receipt: 320,
};
const NORMAL = 0;
const NAME_LENGTH = 25;
const NUMBER_LENGTH = 20;

/**
 * The body of `Approval`. Lines are optional and are left out: they may hold medical words.
 * @param software registration number of this program, or the number that is sent where there is none
 */
export function toApprovalBody(order: AllocationOrder, version: ApprovalVersion, software: string): object {
  const money = (minor: number): object => toWireDecimal(minor, 'ILS');
  const body = {
    invoice_id: order.documentId,
    invoice_type: INVOICE_TYPES[order.documentType],
    vat_number: Number(order.issuerTaxId),
    invoice_reference_number: order.displayNumber.slice(-NUMBER_LENGTH),
    customer_vat_number: Number(order.customerTaxId),
    customer_name: order.customerName.slice(0, NAME_LENGTH),
    invoice_date: order.documentDate,
    invoice_issuance_date: order.issuedOn,
    accounting_software_number: Number(software),
    amount_before_discount: money(order.net),
    discount: 0,
    payment_amount: money(order.net),
    vat_amount: money(order.vat),
    payment_amount_including_vat: money(order.total),
    action: NORMAL,
  };
  if (version === 'v1')
    return Object.fromEntries(Object.entries(body).map(([name, value]) => [toOldName(name), value]));
  const user = order.userId === null ? { user_name: order.userName } : { user_id: Number(order.userId) };
  return { ...body, ...user };
}

const WHOLE_WORDS = new Set(['id', 'vat']);

/** `customer_vat_number` → `Customer_VAT_Number`. The issuer's own is `Vat_Number`. */
function toOldName(name: string): string {
  const words = name.split('_').map((word, at) => {
    if (WHOLE_WORDS.has(word) && (at > 0 || word === 'id' || name === 'vat_amount'))
      return word.toUpperCase();
    return word.charAt(0).toUpperCase() + word.slice(1);
  });
  return words.join('_');
}

/**
 * Reads the answer of `Approval`. Both come with HTTP 200: a number, or 0 with the reasons.
 * @throws ProviderError `credentials_invalid` (the connection is not accepted), `rate_limited`, `provider_unavailable`,
 * `bad_answer`
 */
export function readDecision(answer: HttpResponse): Decision {
  const { status, text } = answer;
  throwStatus(status);
  // 406: no permission for this dealer number. 400 and 422: the request itself. Nothing but a person can mend them.
  if (status !== 200) return { kind: 'refused', code: firstCode(text) ?? String(status) };
  const number = readNumber(text);
  if (number === null) throw toError('bad_answer', 'an answer without a number', status);
  if (number !== '0') return { kind: 'approved', number };
  return { kind: 'refused', code: firstCode(text) ?? 'unknown' };
}

const DECIDED = [200, 400, 406, 422];

function throwStatus(status: number): void {
  if (status === 401 || status === 403)
    throw toError('credentials_invalid', 'the connection is not accepted', status);
  if (status === 429) throw toError('rate_limited', 'it says that we send too many requests', status);
  if (status >= 500) throw toError('provider_unavailable', 'the service is in trouble', status);
  if (!DECIDED.includes(status)) throw toError('bad_answer', 'an answer that is not documented', status);
}

/**
 * The digits as they are written: the number exceeds 2^53, so `JSON.parse` would change one that is no text. The case of the
 * name differs between versions.
 */
function readNumber(text: string): string | null {
  if (!isJson(text)) return null;
  const digits = /"confirmation_number"\s*:\s*"?(\d+)"?\s*[,}]/i.exec(text)?.[1] ?? null;
  if (digits === null) return null;
  if (/^0+$/.test(digits)) return '0';
  return /^\d{9,26}$/.test(digits) ? digits : null;
}

function firstCode(text: string): string | null {
  return /"code"\s*:\s*"?(\d{3})"?/i.exec(text)?.[1] ?? null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function toError(code: ProviderErrorCode, sentence: string, status: number): ProviderError {
  return new ProviderError(code, `tax authority: ${sentence} (${status})`, { vendorCode: String(status) });
}
