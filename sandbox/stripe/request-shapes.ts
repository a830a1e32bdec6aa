import {
  anything,
  bool,
  currency,
  email,
  integer,
  listOf,
  metadata,
  object,
  oneOf,
  optional,
  required,
  text,
  unplayed,
  url,
} from './parameters.ts';
import type { Shape } from './parameters.ts';

const LARGEST_AMOUNT = 99_999_999;
const all = (rule: typeof anything, ...names: string[]): Shape =>
  Object.fromEntries(names.map((name) => [name, optional(rule)]));

export const EXPAND: Shape = { expand: optional(listOf(text(), 20)) };

const LOCALES =
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW';

const PRICE_DATA: Shape = {
  currency: required(currency),
  unit_amount: optional(integer(0, LARGEST_AMOUNT)),
  product_data: optional(
    object({
      name: required(text()),
      description: optional(text()),
      metadata: optional(metadata),
      images: optional(listOf(url, 8)),
      ...all(anything, 'tax_code', 'unit_label'),
    }),
  ),
  tax_behavior: optional(oneOf('exclusive', 'inclusive', 'unspecified')),
  ...all(unplayed, 'product', 'recurring', 'unit_amount_decimal'),
};

const PAYMENT_INTENT_DATA: Shape = {
  metadata: optional(metadata),
  description: optional(text(1_000)),
  receipt_email: optional(email),
  statement_descriptor: optional(text(22)),
  statement_descriptor_suffix: optional(text(22)),
  capture_method: optional(oneOf('automatic', 'automatic_async')),
  setup_future_usage: optional(oneOf('off_session', 'on_session')),
  ...all(unplayed, 'application_fee_amount', 'on_behalf_of', 'shipping', 'transfer_data', 'transfer_group'),
};

/** `POST /v1/checkout/sessions`: every parameter of API version 2026-10-28.endive. */
export const SESSION_CREATE: Shape = {
  mode: required(oneOf('payment', 'setup', 'subscription')),
  success_url: optional(url),
  cancel_url: optional(url),
  line_items: optional(
    listOf(
      object({
        price_data: optional(object(PRICE_DATA)),
        quantity: optional(integer(1, 999_999)),
        ...all(unplayed, 'price', 'adjustable_quantity', 'tax_rates', 'metadata'),
      }),
    ),
  ),
  ui_mode: optional(oneOf('hosted_page', 'embedded_page', 'elements', 'form')),
  client_reference_id: optional(text(200)),
  customer_email: optional(email),
  customer_creation: optional(oneOf('always', 'if_required')),
  currency: optional(currency),
  expires_at: optional(integer(0)),
  locale: optional(oneOf(...LOCALES.split(' '))),
  metadata: optional(metadata),
  payment_intent_data: optional(object(PAYMENT_INTENT_DATA)),
  allowed_payment_method_types: optional(listOf(text(50), 50)),
  submit_type: optional(oneOf('auto', 'book', 'donate', 'pay', 'subscribe')),
  adaptive_pricing: optional(object({ enabled: optional(bool) })),
  after_expiration: optional(
    object({
      recovery: optional(object({ enabled: required(bool), allow_promotion_codes: optional(bool) })),
    }),
  ),
  ...EXPAND,
  ...all(anything, 'allow_promotion_codes', 'billing_address_collection', 'branding_settings'),
  ...all(anything, 'consent_collection', 'custom_fields', 'custom_text', 'integration_identifier'),
  ...all(anything, 'name_collection', 'origin_context', 'payment_method_configuration'),
  ...all(anything, 'payment_method_options', 'phone_number_collection', 'wallet_options'),
  ...all(anything, 'excluded_payment_method_types'),
  ...all(unplayed, 'automatic_tax', 'customer', 'customer_account', 'customer_update', 'discounts'),
  ...all(unplayed, 'invoice_creation', 'managed_payments', 'optional_items', 'payment_method_collection'),
  ...all(unplayed, 'payment_method_data', 'permissions', 'redirect_on_completion', 'return_url'),
  ...all(unplayed, 'saved_payment_method_options', 'setup_intent_data', 'shipping_address_collection'),
  ...all(unplayed, 'shipping_options', 'subscription_data', 'tax_id_collection'),
};

export const REFUND_CREATE: Shape = {
  payment_intent: optional(text()),
  charge: optional(text()),
  amount: optional(integer(1, LARGEST_AMOUNT)),
  reason: optional(oneOf('duplicate', 'fraudulent', 'requested_by_customer')),
  metadata: optional(metadata),
  instructions_email: optional(email),
  ...EXPAND,
  ...all(unplayed, 'currency', 'customer', 'origin', 'refund_application_fee', 'reverse_transfer'),
};

const PAGE: Shape = {
  limit: optional(integer(1, 100)),
  starting_after: optional(text()),
  ending_before: optional(text()),
  created: optional((value, param) =>
    typeof value === 'string' ? integer(0)(value, param) : RANGE(value, param),
  ),
  ...EXPAND,
};
const RANGE = object(all(integer(0), 'gt', 'gte', 'lt', 'lte'));

export const SESSION_LIST: Shape = {
  ...PAGE,
  payment_intent: optional(text()),
  status: optional(oneOf('open', 'complete', 'expired')),
  ...all(unplayed, 'customer', 'customer_account', 'customer_details', 'payment_link', 'subscription'),
};
export const INTENT_LIST: Shape = { ...PAGE, ...all(unplayed, 'customer', 'customer_account') };
export const CHARGE_LIST: Shape = {
  ...PAGE,
  payment_intent: optional(text()),
  ...all(unplayed, 'customer', 'transfer_group'),
};
/** Of refunds and of disputes. */
export const REVERSAL_LIST: Shape = {
  ...PAGE,
  payment_intent: optional(text()),
  charge: optional(text()),
};
export const SEARCH: Shape = {
  query: required(text()),
  limit: optional(integer(1, 100)),
  page: optional(text()),
  ...EXPAND,
};
export const ENDPOINT_LIST: Shape = PAGE;

/** What `enabled_events` may hold, as far as payments go. */
const EVENT_TYPES = [
  ...['*', 'balance.available'],
  ...['captured', 'expired', 'failed', 'pending', 'refund.updated', 'refunded', 'succeeded', 'updated'].map(
    (name) => `charge.${name}`,
  ),
  ...['closed', 'created', 'funds_reinstated', 'funds_withdrawn', 'updated'].map(
    (name) => `charge.dispute.${name}`,
  ),
  ...['async_payment_failed', 'async_payment_succeeded', 'completed', 'expired'].map(
    (name) => `checkout.session.${name}`,
  ),
  ...[
    'amount_capturable_updated',
    'canceled',
    'created',
    'partially_funded',
    'payment_failed',
    'processing',
  ].map((name) => `payment_intent.${name}`),
  ...['payment_intent.requires_action', 'payment_intent.succeeded'],
  ...['canceled', 'created', 'failed', 'paid', 'reconciliation_completed', 'updated'].map(
    (name) => `payout.${name}`,
  ),
  ...['refund.created', 'refund.failed', 'refund.updated'],
];

export const ENDPOINT_CREATE: Shape = {
  url: required(url),
  enabled_events: required(listOf(oneOf(...EVENT_TYPES))),
  api_version: optional(text(40)),
  description: optional(text()),
  metadata: optional(metadata),
  ...EXPAND,
  ...all(unplayed, 'connect'),
};
export const ENDPOINT_UPDATE: Shape = {
  url: optional(url),
  enabled_events: optional(listOf(oneOf(...EVENT_TYPES))),
  disabled: optional(bool),
  description: optional(text()),
  metadata: optional(metadata),
  ...EXPAND,
};
