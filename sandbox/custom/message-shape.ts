import {
  anything,
  bool,
  currency,
  date,
  faultsOf,
  filledText,
  integer,
  isFields,
  listOf,
  object,
  oneOf,
  optional,
  required,
} from '../fields.ts';
import type { Rule, Shape } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';

const orNull =
  (rule: Rule): Rule =>
  (value, path) =>
    value === null ? [] : rule(value, path);

const amount = integer(0, Number.MAX_SAFE_INTEGER);

/** More than nothing, with four decimals at most. */
const quantity: Rule = (value, path) =>
  typeof value === 'number' && value > 0 && Math.round(value * 10_000) / 10_000 === value
    ? []
    : [{ field: path, problem: 'must be a number above 0 with four decimals at most' }];

/**
 * Uniform-structure numbers of the documents; confirmations have none.
 * Source: docs/reference/uniform-structure.md, "Document types".
 */
export const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  receipt: 400,
  tax_invoice_receipt: 320,
  payment_confirmation: 0,
  credit_receipt: 400,
  credit_invoice: 330,
  refund_confirmation: 0,
};

const CREDITS: Shape = {
  id: required(filledText),
  type: required(oneOf(...Object.keys(TYPE_NUMBERS))),
  displayNumber: required(filledText),
  documentDate: required(date),
  external: required(anything),
};

const LINE: Shape = {
  description: required(filledText),
  quantity: required(quantity),
  unitPrice: required(amount),
  discount: optional(amount),
  documentDiscount: optional(amount),
  total: required(amount),
  vatTreatment: required(oneOf('standard', 'zero_rated', 'exempt')),
};

const MESSAGE: Shape = {
  type: required(oneOf(...Object.keys(TYPE_NUMBERS))),
  id: required(filledText),
  number: required(integer(1, Number.MAX_SAFE_INTEGER)),
  displayNumber: required(filledText),
  fiscalYear: required(integer(2000, 2999)),
  paymentId: required(filledText),
  refundId: required(orNull(filledText)),
  documentDate: required(date),
  currency: required(currency),
  net: required(amount),
  vat: required(amount),
  total: required(amount),
  vatRateBp: required(integer(0, 10_000)),
  vatTreatment: required(oneOf('standard', 'zero_rated', 'exempt')),
  locale: required(oneOf('he', 'en')),
  description: required(filledText),
  lines: required(listOf(object(LINE))),
  pricesIncludeVat: required(bool),
  vatReason: required(orNull(filledText)),
  refundReason: required(orNull(filledText)),
  customer: required(
    object({
      name: required(filledText),
      taxId: required(orNull(filledText)),
      address: required(orNull(filledText)),
    }),
  ),
  means: required(listOf(anything)),
  credits: required(orNull(object(CREDITS))),
};

/** What is wrong with a posted document, or null. */
export function messageFault(body: unknown): string | null {
  const [wrong] = faultsOf(body, MESSAGE);
  if (wrong !== undefined) return `${wrong.field} ${wrong.problem}`;
  const { net, vat, total } = body as Fields;
  return Number(net) + Number(vat) === total ? null : 'net and vat do not come to total';
}

export const customerNameOf = ({ customer }: Fields): string =>
  isFields(customer) ? String(customer['name']) : '';
