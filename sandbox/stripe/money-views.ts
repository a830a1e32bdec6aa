import type { Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { isLiveSession, twinId } from './ids.ts';
import { fieldsAt, textsOf } from './parameters.ts';
import {
  chargeStatus,
  disputesOf,
  intentOf,
  isDelayed,
  latestOf,
  refundedOf,
  toIntentId,
  toSeconds,
} from './picture.ts';
import type { Intent, Picture } from './picture.ts';
import { toMethodTypes } from './session-view.ts';

const CARD = {
  brand: 'visa',
  country: 'US',
  exp_month: 4,
  exp_year: 2034,
  fingerprint: 'Xt5EWLLDS7FJjR1c',
  funding: 'credit',
};
const CHECKS = { address_line1_check: null, address_postal_code_check: 'pass', cvc_check: 'pass' };
/** Stripe's test cards: the good one and the one that is always declined. */
const LAST_FOUR = { approved: '4242', declined: '0002' };
const DECLINED = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
  type: 'card_error',
};

/**
 * A PaymentIntent in the state of its latest attempt.
 * Source: docs/reference/stripe.md, "Checkout Sessions", the types of stripe 23.1.0.
 */
export function toPaymentIntent(picture: Picture, intent: Intent): Fields {
  const { checkout } = picture;
  const ordered = fieldsAt(checkout.wire, 'payment_intent_data');
  const charge = latestOf(intent);
  const status = chargeStatus(charge, picture);
  return {
    id: intent.id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: charge.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: status === 'succeeded' ? charge.amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: textOrNull(ordered['capture_method']) ?? 'automatic_async',
    client_secret: `${intent.id}_secret_${intent.id.slice(-12)}`,
    confirmation_method: 'automatic',
    created: toSeconds(intent.charges[0].at),
    currency: charge.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    description: textOrNull(ordered['description']),
    excluded_payment_method_types: null,
    last_payment_error: status === 'failed' ? { ...DECLINED, charge: charge.id, doc_url: null } : null,
    latest_charge: charge.id,
    livemode: isLiveSession(checkout.id),
    metadata: textsOf(ordered['metadata']),
    next_action: null,
    on_behalf_of: null,
    payment_method: status === 'failed' ? null : twinId('pm', charge.id),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: toMethodTypes(checkout.wire),
    processing: null,
    receipt_email: textOrNull(ordered['receipt_email']),
    review: null,
    setup_future_usage: textOrNull(ordered['setup_future_usage']),
    shipping: null,
    source: null,
    statement_descriptor: textOrNull(ordered['statement_descriptor']),
    statement_descriptor_suffix: textOrNull(ordered['statement_descriptor_suffix']),
    status: INTENT_STATUS[status],
    transfer_data: null,
    transfer_group: null,
  };
}

const INTENT_STATUS = {
  succeeded: 'succeeded',
  pending: 'processing',
  failed: 'requires_payment_method',
} as const;

/**
 * One attempt. Metadata is the PaymentIntent's, copied when the attempt was made (unverified).
 * Source: docs/reference/stripe.md, "Metadata".
 */
export function toCharge(picture: Picture, charge: Transaction): Fields {
  const { checkout } = picture;
  const ordered = fieldsAt(checkout.wire, 'payment_intent_data');
  const status = chargeStatus(charge, picture);
  const refunded = refundedOf(picture, charge);
  const disputes = disputesOf(picture, charge);
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: status === 'succeeded' ? charge.amount : 0,
    amount_refunded: refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: status === 'succeeded' ? twinId('txn', charge.id) : null,
    billing_details: toBilling(checkout.wire),
    calculated_statement_descriptor: 'EXAMPLE CLINIC',
    captured: status === 'succeeded',
    created: toSeconds(charge.at),
    currency: charge.currency.toLowerCase(),
    customer: null,
    description: textOrNull(ordered['description']),
    destination: null,
    dispute: disputes.at(-1)?.id ?? null,
    disputed: disputes.length > 0,
    failure_balance_transaction: null,
    failure_code: status === 'failed' ? DECLINED.code : null,
    failure_message: status === 'failed' ? DECLINED.message : null,
    fraud_details: {},
    livemode: isLiveSession(checkout.id),
    metadata: textsOf(ordered['metadata']),
    on_behalf_of: null,
    order: null,
    outcome: OUTCOME[status],
    paid: status !== 'failed',
    payment_intent: intentOf(picture, charge)?.id ?? toIntentId(charge.id),
    payment_method: twinId('pm', charge.id),
    payment_method_details: toMethodDetails(charge, status !== 'failed'),
    radar_options: {},
    receipt_email: textOrNull(ordered['receipt_email']),
    receipt_number: null,
    receipt_url: status === 'succeeded' ? `https://pay.stripe.com/receipts/${charge.id}` : null,
    refunded: refunded === charge.amount,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: textOrNull(ordered['statement_descriptor_suffix']),
    status,
    transfer_data: null,
    transfer_group: null,
  };
}

const GOOD = { network_status: 'approved_by_network', reason: null, seller_message: 'Payment complete.' };
const OUTCOME = {
  succeeded: { ...GOOD, advice_code: null, risk_level: 'normal', risk_score: 21, type: 'authorized' },
  pending: { ...GOOD, advice_code: null, risk_level: 'not_assessed', type: 'authorized' },
  failed: {
    network_status: 'declined_by_network',
    reason: 'generic_decline',
    seller_message: 'The bank did not return any further details with this decline.',
    advice_code: 'try_again_later',
    risk_level: 'normal',
    type: 'issuer_declined',
  },
};

const toBilling = (wire: Fields): Fields => ({
  address: { city: null, country: 'US', line1: null, line2: null, postal_code: '42424', state: null },
  email: textOrNull(wire['customer_email']) ?? 'payer@example.com',
  name: 'Test Payer',
  phone: null,
  tax_id: null,
});

function toMethodDetails(charge: Transaction, isGood: boolean): Fields {
  if (isDelayed(charge)) {
    const bank = {
      account_holder_type: 'individual',
      account_type: 'checking',
      bank_name: 'STRIPE TEST BANK',
    };
    return {
      type: 'us_bank_account',
      us_bank_account: {
        ...bank,
        fingerprint: 'FFDMA0xfhBjWSZLu',
        last4: '6789',
        routing_number: '110000000',
      },
    };
  }
  if (!charge.method.startsWith('card')) {
    const type = charge.method.replaceAll('-', '_');
    return { type, [type]: {} };
  }
  const card = {
    ...CARD,
    amount_authorized: isGood ? charge.amount : null,
    authorization_code: isGood ? charge.slip.approval : null,
    checks: CHECKS,
    installments: null,
    last4: isGood ? LAST_FOUR.approved : LAST_FOUR.declined,
    mandate: null,
    network: 'visa',
    network_token: { used: false },
    three_d_secure: null,
    wallet: null,
  };
  return { type: 'card', card };
}
