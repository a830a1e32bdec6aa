import { faultsOf, filledText, isFields, object, oneOf, optional, required, text } from '../fields.ts';
import type { Rule, Shape } from '../fields.ts';

const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(text)]));
const needs = (...names: string[]) => Object.fromEntries(names.map((name) => [name, required(filledText)]));

/** `field[0]`, `field[1]` … */
const listed =
  (each: Rule): Rule =>
  (value, path) =>
    isFields(value)
      ? Object.entries(value).flatMap(([index, item]) => each(item, `${path}[${index}]`))
      : [{ field: path, problem: 'must be a list' }];

/**
 * The caller. Platforms add apiKey everywhere, and may always name the business.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
const WHO = { ...needs('pageCode'), ...texts('apiKey', 'userId') };

const PAYER: Shape = {
  ...needs('fullName', 'phone'),
  ...texts('email', 'invoiceName', 'invoiceLicenseNumber'),
};

const PRODUCT: Shape = {
  ...needs('quantity', 'price', 'itemDescription'),
  ...texts('catalogNumber'),
  vatType: optional(oneOf('1', '2', '3')),
};

export const CUSTOM_FIELDS = Array.from({ length: 9 }, (_, index) => `cField${index + 1}`);

/** What a page offers, by transactionTypeId. Source: docs/reference/grow.md, "Status codes". */
export const METHODS: Readonly<Record<string, string>> = {
  '1': 'card',
  '5': 'paybox',
  '6': 'bit',
  '13': 'apple-pay',
  '14': 'google-pay',
  '15': 'bank-transfer',
};

/**
 * The allowed id at each index of `transactionTypes`. Gaps are allowed, other places are not.
 * Source: docs/reference/grow.md, "Making a page".
 */
const PLACES = ['1', '6', '13', '14', '15', '5'];
const transactionTypes: Rule = (value, path) =>
  isFields(value) && Object.entries(value).every(([index, id]) => PLACES[Number(index)] === id)
    ? []
    : [{ field: path, problem: `must hold each id at its own place: ${PLACES.join(', ')}` }];

/** Every field that Grow documents, no other. Source: docs/reference/grow.md, "Making a page". */
export const CREATE_PROCESS: Shape = {
  ...WHO,
  ...needs('userId', 'sum', 'description', 'successUrl', 'cancelUrl'),
  pageField: required(object(PAYER)),
  ...texts('chargeType', 'paymentNum', 'maxPaymentNum', 'notifyUrl', 'invoiceNotifyUrl', ...CUSTOM_FIELDS),
  ...texts('saveCardToken', 'companyCommission', 'cancel3DS'),
  productData: optional(listed(object(PRODUCT))),
  transactionTypes: optional(transactionTypes),
};

/** Source: docs/reference/grow.md, "Reading a payment back". */
export const PROCESS_INFO: Shape = { ...WHO, ...needs('processId', 'processToken') };

/** Source: docs/reference/grow.md, "Reading a payment back". */
export const TRANSACTION_INFO: Shape = { ...WHO, ...needs('transactionId', 'transactionToken') };

/**
 * The enforced minimum, and everything that the documentation requires.
 * Source: docs/reference/grow.md, "Approving a charge".
 */
export const APPROVE: Shape = {
  ...TRANSACTION_INFO,
  ...texts('transactionTypeId', 'paymentType', 'sum', 'firstPaymentSum', 'periodicalPaymentSum'),
  ...texts('paymentsNum', 'allPaymentsNum', 'paymentDate', 'asmachta', 'description', 'fullName'),
  ...texts('payerPhone', 'payerEmail', 'cardSuffix', 'cardType', 'cardTypeCode', 'cardBrand'),
  ...texts('cardBrandCode', 'cardExp', 'processId', 'processToken'),
  ...texts('paymentLinkProcessId', 'paymentLinkProcessToken'),
};

/** Source: docs/reference/grow.md, "Refunds". */
export const REFUND: Shape = {
  ...needs('userId', 'transactionId', 'transactionToken', 'refundSum'),
  ...texts('pageCode', 'apiKey', 'stopDirectDebit'),
};

/** Names of the required fields that are missing or empty, in the request's spelling. */
export function missingOf(request: unknown, shape: Shape): string[] {
  const isMissing = /is missing|is not empty/;
  return faultsOf(request, shape).flatMap(({ field, problem }) => (isMissing.test(problem) ? [field] : []));
}
