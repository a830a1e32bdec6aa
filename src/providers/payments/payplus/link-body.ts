import { exponentOf, toMajorText } from '../../../domain/money.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PageOrder, ProviderPage } from '../payment-provider.ts';
import { CHARGE_METHODS } from './means.ts';
import type { WirePage } from './wire.ts';

/** A decimal in major units that is written exactly as the text it was made from. */
export type WireDecimal = object;

/** `POST PaymentPages/generateLink`, the fields that we send. Source: docs/reference/payplus.md, "Making a page". */
export interface LinkBody {
  readonly payment_page_uid: string;
  readonly charge_method: 1;
  readonly amount: WireDecimal;
  readonly currency_code: string;
  readonly language_code: string;
  /** Minutes, as text. */
  readonly expiry_datetime: string;
  readonly sendEmailApproval: false;
  readonly sendEmailFailure: false;
  readonly send_failure_callback: true;
  readonly initial_invoice: false;
  readonly create_token: false;
  readonly refURL_success: string;
  readonly refURL_failure: string;
  readonly refURL_cancel: string;
  readonly refURL_callback: string;
  readonly more_info: string;
  readonly payments?: number;
  readonly allowed_charge_methods?: readonly string[];
  readonly customer?: { readonly customer_name?: string; readonly email?: string; readonly phone?: string };
  readonly items: readonly { name: string; quantity: 1; price: WireDecimal; vat_type: 0 }[];
}

const MINUTE_MS = 60_000;

/** ECMAScript's JSON.rawJSON, which TypeScript's library does not know yet. */
const { rawJSON } = JSON as typeof JSON & { rawJSON: (text: string) => WireDecimal };

/** The life of a page in whole minutes: at least one, not past `expiresAt`, not longer than `most`. */
export function toPageMinutes(expiresAt: Date, now: Date, most: number): number {
  const left = Math.floor((expiresAt.getTime() - now.getTime()) / MINUTE_MS);
  return Math.max(1, Math.min(left, most));
}

/**
 * The request for a page. It charges (never holds), sends no mail, and issues no document of PayPlus.
 * @throws ProviderError `rejected` if PayPlus offers none of the requested methods
 */
export function toLinkBody(order: PageOrder, paymentPageUid: string, minutes: number): LinkBody {
  const amount = toDecimal(order.amount, order.currency);
  return {
    payment_page_uid: paymentPageUid,
    charge_method: 1,
    amount,
    currency_code: order.currency,
    language_code: order.locale,
    expiry_datetime: String(minutes),
    sendEmailApproval: false,
    sendEmailFailure: false,
    send_failure_callback: true,
    initial_invoice: false,
    create_token: false,
    refURL_success: withOutcome(order.returnUrl, 'success'),
    refURL_failure: withOutcome(order.returnUrl, 'failure'),
    refURL_cancel: withOutcome(order.returnUrl, 'cancel'),
    refURL_callback: order.webhookUrl,
    more_info: order.paymentId,
    ...(order.maxInstallments === null ? {} : { payments: order.maxInstallments }),
    ...(order.methods === null ? {} : { allowed_charge_methods: toChargeMethods(order.methods) }),
    ...toCustomer(order.customer),
    // The items must add up to the amount, so there is one item.
    items: [{ name: order.description, quantity: 1, price: amount, vat_type: 0 }],
  };
}

/** PayPlus does not say when a page ends: it is the time of the request plus the requested minutes. */
export function toPage({ uid, link }: WirePage, askedAt: Date, minutes: number): ProviderPage {
  return {
    pageId: uid,
    url: link,
    expiresAt: new Date(askedAt.getTime() + minutes * MINUTE_MS),
    secret: null,
  };
}

/** Minor units as the decimal on the wire, made from text without a float. */
export function toDecimal(minor: number, currency: Currency): WireDecimal {
  return rawJSON(toMajorText(minor, exponentOf(currency)));
}

/** Tells the return page what the payer saw. It only selects the words there. */
function withOutcome(returnUrl: string, outcome: 'success' | 'failure' | 'cancel'): string {
  const url = new URL(returnUrl);
  url.searchParams.set('outcome', outcome);
  return url.href;
}

function toChargeMethods(methods: readonly string[]): string[] {
  const offered = Object.entries(CHARGE_METHODS).filter(([, method]) => methods.includes(method));
  if (offered.length === 0) {
    const known = Object.values(CHARGE_METHODS).join(', ');
    throw new ProviderError('rejected', `methods must name at least one that PayPlus offers: ${known}`);
  }
  return offered.map(([name]) => name);
}

function toCustomer({ name, email, phone }: PageOrder['customer']): Pick<LinkBody, 'customer'> {
  const customer = {
    ...(name === null ? {} : { customer_name: name }),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
  };
  return Object.keys(customer).length === 0 ? {} : { customer };
}
