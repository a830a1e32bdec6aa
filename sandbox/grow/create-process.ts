import { randomBytes } from 'node:crypto';
import { divideRounded, toMinor, toScaled } from '../decimal.ts';
import { isFields } from '../fields.ts';
import type { Checkout, Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { isPlatform, onlyMethodOf } from './accounts.ts';
import { ok, refuse } from './errors.ts';
import type { GrowErrorId } from './errors.ts';
import { formOf } from './gate.ts';
import { newProcessId } from './numbers.ts';
import { CREATE_PROCESS, CUSTOM_FIELDS, METHODS } from './request-shapes.ts';

/** A page lives this long, whatever is sent. Source: docs/reference/grow.md, "Making a page". */
const PAGE_MS = 10 * 60_000;
/**
 * Minor units. One page of the documentation says 3,600, another 5,000: only an amount that both refuse is refused.
 * Source: docs/reference/grow.md, "Limits of Bit".
 */
const BIT_CAP = 500_000;
const MOST_INSTALMENTS = 12;
/** What a page offers when the request names nothing. */
const PAGE_METHODS = ['card', 'bit'];
/** Maximum decimals of the price and the quantity of an item. */
const DIGITS = 4;
/** Grow allows no special characters and does not list them: these are special everywhere. */
const SPECIAL = /[<>"&#%{}|\\^~[\]`;\p{Cc}]/u;

/** `createPaymentProcess`: a hosted page for one regular charge. Source: docs/reference/grow.md, "Making a page". */
export function createProcess({ ledger, baseUrl, now, lag }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/createPaymentProcess',
    operation: 'create_link',
    referenceOf: ({ body }) => (isFields(body) ? textOrNull(body['cField1']) : null),
    answer: formOf(CREATE_PROCESS, (request): Answer => {
      const wrong = CHECKS.map((check) => check(request)).find((id) => id !== null);
      if (wrong !== undefined) return refuse(wrong);
      const checkout = toCheckout(request, now(), lag);
      ledger.record({ kind: 'checkout', checkout });
      return ok({
        processId: checkout.id,
        processToken: checkout.signingSecret,
        url: `${baseUrl()}/checkout/${checkout.id}`,
      });
    }),
  };
}

type Check = (request: Fields) => GrowErrorId | null;

const CHECKS: readonly Check[] = [
  ({ userId, apiKey }) => (isPlatform(userId) && apiKey === undefined ? 723 : null),
  ({ sum }) => ((toAmount(sum) ?? 0) > 0 ? null : 707),
  ({ pageField }) => (isPayer(pageField as Fields) ? null : 717),
  (request) => (hasPlainTexts(request) && hasOutsideAddresses(request) ? null : 109),
  ({ chargeType = '1', saveCardToken = '0' }) => (chargeType === '1' && saveCardToken === '0' ? null : 703),
  ({ paymentNum, maxPaymentNum }) => (paymentNum !== undefined && maxPaymentNum !== undefined ? 736 : null),
  ({ paymentNum = '1', maxPaymentNum = '2' }) =>
    isCount(paymentNum, 1) && isCount(maxPaymentNum, 2) ? null : 705,
  ({ productData, sum }) =>
    productData === undefined || productTotal(productData as Fields) === toAmount(sum) ? null : 617,
  (request) => (toMethods(request).length > 0 ? null : 271),
];

/** Shekels with at most two decimals → agorot, or null. */
const toAmount = (sum: unknown): number | null =>
  /^\d{1,9}(\.\d{1,2})?$/.test(String(sum)) ? toMinor(sum, 'ILS') : null;

const isCount = (value: unknown, least: number): boolean =>
  /^\d{1,2}$/.test(String(value)) && Number(value) >= least && Number(value) <= MOST_INSTALMENTS;

/** "At least two words"; symbols alone do not count as words. */
function isPayer({ fullName, phone }: Fields): boolean {
  const words = String(fullName)
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word));
  return words.length >= 2 && /^05\d{8}$/.test(String(phone));
}

function hasPlainTexts({ description, pageField, ...request }: Fields): boolean {
  const { fullName, invoiceName } = pageField as Fields;
  const texts = [description, fullName, invoiceName, ...CUSTOM_FIELDS.map((name) => request[name])];
  return !texts.some((value) => SPECIAL.test(textOrNull(value) ?? ''));
}

/** https, or http on this machine: there the sandbox runs, although Grow itself refuses it. */
function hasOutsideAddresses({ successUrl, cancelUrl, notifyUrl, invoiceNotifyUrl }: Fields): boolean {
  const isFine = (address: unknown): boolean => {
    const url = URL.parse(String(address));
    const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
    return url?.protocol === 'https:' || (isHere && url?.protocol === 'http:');
  };
  return [successUrl, cancelUrl, notifyUrl, invoiceNotifyUrl].every(
    (address) => address === undefined || isFine(address),
  );
}

/** Agorot of all products, VAT included; null if something is not a number. */
function productTotal(productData: Fields): number | null {
  const totals = Object.values(productData).map((product) => {
    const { price, quantity } = product as Fields;
    const [each, count] = [toScaled(price, DIGITS), toScaled(quantity, DIGITS)];
    return each === null || count === null
      ? null
      : divideRounded(each * count, 10n ** BigInt(2 * DIGITS - 2));
  });
  return totals.reduce<number | null>(
    (sum, total) => (sum === null || total === null ? null : sum + Number(total)),
    0,
  );
}

/** The payment methods; Bit accepts nothing above its limit. */
function toMethods({ transactionTypes, pageCode, sum }: Fields): string[] {
  const only = onlyMethodOf(pageCode);
  const ofPage = only === null ? null : [only];
  const asked = isFields(transactionTypes)
    ? Object.values(transactionTypes).map((id) => METHODS[String(id)] ?? '')
    : (ofPage ?? PAGE_METHODS);
  const offered = asked.filter((method) => only === null || method === only);
  return offered.filter((method) => method !== 'bit' || (toAmount(sum) ?? 0) <= BIT_CAP);
}

/**
 * The processToken authenticates callbacks. The key of a platform is not stored. A page lives as long as usual even
 * where lags are zero: with no lifetime nobody could pay on it.
 */
function toCheckout({ apiKey: _apiKey, ...request }: Fields, now: Date, lag: VendorDeps['lag']): Checkout {
  const row = { provider: 'grow', account: String(request['userId']) } as const;
  return {
    id: newProcessId(),
    ...row,
    signingSecret: randomBytes(16).toString('hex'),
    amount: toAmount(request['sum']) ?? 0,
    currency: 'ILS',
    reference: textOrNull(request['cField1']),
    description: String(request['description']),
    language: 'he',
    methods: toMethods(request),
    maxInstallments: Number(request['maxPaymentNum'] ?? request['paymentNum'] ?? 1),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + (lag(row, PAGE_MS) || PAGE_MS)).toISOString(),
    wire: request,
  };
}
