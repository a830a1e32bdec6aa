import { isLiveSession } from './ids.ts';
import type { Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { fieldsAt, itemsOf, textsOf } from './parameters.ts';
import { chargeStatus, intentsOf, isComplete, latestOf, toSeconds } from './picture.ts';
import type { Intent, Picture } from './picture.ts';

/** The same for every session here; Stripe shows them all the same. */
const NOT_PLAYED = {
  after_expiration: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  collected_information: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  invoice_creation: { enabled: false },
  mode: 'payment',
  payment_method_collection: 'if_required',
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  phone_number_collection: { enabled: false },
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  allow_promotion_codes: null,
  billing_address_collection: null,
  client_secret: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer: null,
  customer_account: null,
  discounts: [],
  invoice: null,
  origin_context: null,
  payment_link: null,
  payment_method_configuration_details: null,
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  wallet_options: null,
};

/**
 * A Checkout Session. It completes once, so it names its first PaymentIntent; `intent` is that of a second payment,
 * for its event.
 * Source: docs/reference/stripe.md, "Checkout Sessions".
 */
export function toSession(picture: Picture, baseUrl: string, intent = intentsOf(picture)[0]): Fields {
  const { checkout } = picture;
  const { id, wire } = checkout;
  // What was really charged, once there is a charge.
  const { amount, currency } = isComplete(picture) && intent !== undefined ? latestOf(intent) : checkout;
  const status = toStatus(picture);
  return {
    id,
    object: 'checkout.session',
    ...NOT_PLAYED,
    ...toAsked(wire),
    amount_subtotal: amount,
    amount_total: amount,
    created: toSeconds(checkout.createdAt),
    currency: currency.toLowerCase(),
    customer_details: toPayer(picture),
    expires_at: toSeconds(checkout.expiresAt ?? checkout.createdAt),
    livemode: isLiveSession(id),
    payment_intent: intent?.id ?? null,
    payment_status: intent !== undefined && isPaid(picture, intent) ? 'paid' : 'unpaid',
    status,
    url: status === 'open' ? `${baseUrl}/checkout/${id}` : null,
  };
}

/** What the session repeats of its request. */
function toAsked(wire: Fields): Fields {
  const named = ['cancel_url', 'client_reference_id', 'customer_email', 'integration_identifier'];
  const texts = [...named, 'locale', 'submit_type', 'success_url'];
  const allowed = itemsOf(wire['allowed_payment_method_types']);
  return {
    ...Object.fromEntries(texts.map((name) => [name, textOrNull(wire[name])])),
    adaptive_pricing: { enabled: fieldsAt(wire, 'adaptive_pricing')['enabled'] !== 'false' },
    allowed_payment_method_types: allowed.length > 0 ? allowed : null,
    customer_creation: textOrNull(wire['customer_creation']) ?? 'if_required',
    metadata: textsOf(wire['metadata']),
    payment_method_types: toMethodTypes(wire),
  };
}

/** The dashboard of the account offers cards; methods that a request allows are offered too. */
export const toMethodTypes = (wire: Fields): string[] => {
  const named = itemsOf(wire['allowed_payment_method_types']).map(String);
  return named.length > 0 ? named : ['card'];
};

function toStatus(picture: Picture): 'open' | 'complete' | 'expired' {
  if (isComplete(picture)) return 'complete';
  return picture.isClosed ? 'expired' : 'open';
}

const isPaid = (picture: Picture, intent: Intent): boolean =>
  chargeStatus(latestOf(intent), picture) === 'succeeded';

/** What the payer entered on the page; before that only the e-mail from the merchant. */
function toPayer(picture: Picture): Fields | null {
  const email = textOrNull(picture.checkout.wire['customer_email']);
  const isDone = isComplete(picture);
  if (!isDone && email === null) return null;
  return {
    address: isDone
      ? { city: null, country: 'US', line1: null, line2: null, postal_code: '42424', state: null }
      : null,
    business_name: null,
    email: email ?? 'payer@example.com',
    individual_name: null,
    name: isDone ? 'Test Payer' : null,
    phone: null,
    tax_exempt: isDone ? 'none' : null,
    tax_ids: isDone ? [] : null,
  };
}

/** The session's lines as they were ordered. */
export function toLineItems({ checkout }: Picture): Fields {
  const data = itemsOf(checkout.wire['line_items']).map((item, index) => {
    const line = item as Fields;
    const price = fieldsAt(line, 'price_data');
    const quantity = Number(line['quantity']);
    const total = Number(price['unit_amount']) * quantity;
    return {
      id: `li_1${checkout.id.slice(-20)}${index}`,
      object: 'item',
      amount_discount: 0,
      amount_subtotal: total,
      amount_tax: 0,
      amount_total: total,
      currency: price['currency'],
      description: fieldsAt(price, 'product_data')['name'] ?? null,
      metadata: {},
      price: {
        id: `price_1${checkout.id.slice(-20)}${index}`,
        object: 'price',
        active: false,
        currency: price['currency'],
        livemode: isLiveSession(checkout.id),
        type: 'one_time',
        unit_amount: Number(price['unit_amount']),
        unit_amount_decimal: String(price['unit_amount']),
      },
      quantity,
    };
  });
  return {
    object: 'list',
    data,
    has_more: false,
    url: `/v1/checkout/sessions/${checkout.id}/line_items`,
  };
}
