import {
  anything,
  bool,
  currency,
  filledText,
  integer,
  listOf,
  number,
  object,
  oneOf,
  optional,
  required,
  text,
  url,
} from '../fields.ts';
import type { Rule, Shape } from '../fields.ts';

/** PayPlus documents minutes as text; integrations send numbers, which work too. */
const minutes: Rule = (value, path) =>
  typeof value === 'number' ? integer(1, 525_600)(value, path) : minutesText(value, path);
const minutesText: Rule = (value, path) =>
  typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value)
    ? []
    : [{ field: path, problem: 'must be a number of minutes such as "30"' }];

const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(text)]));
const flags = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(bool)]));
const urls = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(url)]));

const MORE_INFO = ['more_info', 'more_info_1', 'more_info_2', 'more_info_3', 'more_info_4', 'more_info_5'];

export const CUSTOMER: Shape = {
  ...texts(
    'customer_name',
    'email',
    'customer_uid',
    'full_name',
    'vat_number',
    'customer_type',
    'phone',
    'cell_phone',
  ),
  ...texts('address', 'city', 'postal_code', 'country_iso'),
};

export const ITEM: Shape = {
  name: required(filledText),
  quantity: required(number),
  price: required(number),
  ...texts(
    'product_uid',
    'category_uid',
    'barcode',
    'image_url',
    'discount_type',
    'product_invoice_extra_details',
  ),
  value: optional(anything),
  discount_value: optional(number),
  vat_type: optional(oneOf(0, 1, 2)),
  shipping: optional(bool),
};

/**
 * `POST PaymentPages/generateLink`: every field that PayPlus documents, no other.
 * Source: docs/reference/payplus.md, "Making a page".
 */
export const GENERATE_LINK: Shape = {
  payment_page_uid: required(filledText),
  amount: required(number),
  currency_code: required(currency),
  sendEmailApproval: required(bool),
  sendEmailFailure: required(bool),
  charge_method: optional(integer(0, 5)),
  language_code: optional(filledText),
  expiry_datetime: optional(minutes),
  ...urls('refURL_success', 'refURL_failure', 'refURL_cancel', 'refURL_callback', 'refURL_origin'),
  ...flags(
    'send_failure_callback',
    'send_customer_success_sms',
    'customer_failure_sms',
    'hide_other_charge_methods',
  ),
  ...flags(
    'hide_payments_field',
    'hide_identification_id',
    'show_more_info',
    'add_user_information',
    'support_track2',
  ),
  ...flags(
    'close_doc',
    'create_token',
    'create_hash',
    'move_token',
    'initial_invoice',
    'paying_vat',
    'payments_credit',
  ),
  charge_default: optional(filledText),
  allowed_charge_methods: optional(listOf(filledText)),
  payments: optional(integer(1, 36)),
  payments_selected: optional(integer(1, 36)),
  payments_first_amount: optional(number),
  ...texts(
    'token',
    'invoice_language',
    'custom_invoice_name',
    'invoice_integration_uid',
    'add_data',
    ...MORE_INFO,
  ),
  ...texts('cashier_uid', 'external_recurring_payment'),
  non_voucher_minimum_amount: optional(number),
  allowed_cards: optional(listOf(anything)),
  allowed_bins: optional(listOf(anything)),
  allowed_issuers: optional(listOf(anything)),
  secure3d: optional(object({ activate: optional(bool), id: optional(text), phone: optional(text) })),
  customer: optional(object(CUSTOMER)),
  items: optional(listOf(object(ITEM))),
};

/** `POST PaymentPages/ipn` and `ipn-full`. Source: docs/reference/payplus.md, "Reading a payment back". */
export const IPN: Shape = {
  ...texts('payment_request_uid', 'transaction_uid', 'approval_num', 'voucher_num', 'more_info'),
  related_transaction: optional(bool),
};

/** `POST Transactions/View`. Source: docs/reference/payplus.md, "Searching by our id". */
export const VIEW: Shape = texts('transaction_uid', 'customer_uid', 'fromDate', 'untilDate', 'more_info');

/** `POST Transactions/Cancel`. Source: docs/reference/payplus.md, "Voids". */
export const CANCEL: Shape = {
  transaction_uid: required(filledText),
  ...texts('terminal_uid', 'cashier_uid'),
};

/** `POST Transactions/RefundByTransactionUID`. Source: docs/reference/payplus.md, "Refunds". */
export const REFUND: Shape = {
  transaction_uid: required(filledText),
  amount: required(number),
  ...texts('more_info', 'more_info_1'),
  cvv: optional(text),
  initial_invoice: optional(bool),
  items: optional(listOf(object(ITEM))),
};
