import type { Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { idOf, isLiveSession, twinId } from './ids.ts';
import { textsOf } from './parameters.ts';
import { intentOf, isInquiry, refundStatus, toSeconds } from './picture.ts';
import type { Dispute, Picture } from './picture.ts';

const DISPUTE_FEE = 1_500;
const EVIDENCE_DAYS = 9;

/** A refund. It has no `livemode`, as at Stripe. */
export function toRefund(picture: Picture, refund: Transaction, asked: Fields): Fields {
  const charge = picture.charges.find(({ id }) => id === refund.reverses);
  const status = refundStatus(refund, picture);
  const ending =
    status === 'failed'
      ? { failure_balance_transaction: idOf('txn', refund.id), failure_reason: 'expired_or_canceled_card' }
      : {};
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    balance_transaction: status === 'pending' ? null : twinId('txn', refund.id),
    charge: refund.reverses,
    created: toSeconds(refund.at),
    currency: refund.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    ...ending,
    metadata: textsOf(asked['metadata']),
    payment_intent: charge === undefined ? null : (intentOf(picture, charge)?.id ?? null),
    payment_method: charge === undefined ? null : twinId('pm', charge.id),
    reason: textOrNull(asked['reason']),
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
    ...(status === 'pending' ? { pending_reason: 'processing' } : {}),
  };
}

/** An inquiry or a chargeback. Source: docs/reference/stripe.md, "Events", the types of stripe 23.1.0. */
export function toDispute(picture: Picture, dispute: Dispute): Fields {
  const charge = picture.charges.find(({ id }) => id === dispute.chargeId);
  const created = toSeconds(dispute.createdAt);
  const isUnanswered = dispute.status.endsWith('needs_response');
  const caseType = isInquiry(dispute) ? 'inquiry' : 'chargeback';
  return {
    id: dispute.id,
    object: 'dispute',
    amount: dispute.amount,
    balance_transactions: toDisputeMoney(dispute),
    charge: dispute.chargeId,
    created,
    currency: dispute.currency.toLowerCase(),
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: created + EVIDENCE_DAYS * 86_400,
      enhanced_eligibility: {},
      has_evidence: !isUnanswered,
      past_due: false,
      submission_count: isUnanswered ? 0 : 1,
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry(dispute),
    livemode: isLiveSession(picture.checkout.id),
    metadata: {},
    network_reason_code: '10.4',
    payment_intent: charge === undefined ? null : (intentOf(picture, charge)?.id ?? null),
    payment_method_details: {
      card: { brand: 'visa', case_type: caseType, network_reason_code: '10.4' },
      type: 'card',
    },
    reason: 'fraudulent',
    status: dispute.status,
  };
}

/** The withdrawal, and its return after a won dispute. An inquiry moves nothing. */
function toDisputeMoney({ id, amount, currency, createdAt, status }: Dispute): Fields[] {
  if (isInquiry({ status })) return [];
  const common = { reporting_category: 'dispute', source: id, type: 'adjustment' };
  const withdrawal = {
    ...moneyFields(twinId('txn', id), -amount, DISPUTE_FEE, currency, createdAt),
    ...common,
    description: 'Chargeback withdrawal',
  };
  const reversal = {
    ...moneyFields(idOf('txn', id), amount, 0, currency, createdAt),
    ...common,
    description: 'Chargeback reversal',
    reporting_category: 'dispute_reversal',
  };
  return status === 'won' ? [withdrawal, reversal] : [withdrawal];
}

/** The effect of a charge or a refund on the balance: 2.9 % + 30 for a charge, nothing for a refund. */
export function toBalanceTransaction({ id, kind, amount, currency, at }: Transaction): Fields {
  const fee = kind === 'charge' ? Math.floor((amount * 29 + 500) / 1_000) + 30 : 0;
  return {
    ...moneyFields(twinId('txn', id), kind === 'charge' ? amount : -amount, fee, currency, at),
    description: null,
    reporting_category: kind,
    source: id,
    type: kind,
  };
}

const moneyFields = (id: string, amount: number, fee: number, currency: string, at: string): Fields => ({
  id,
  object: 'balance_transaction',
  amount,
  available_on: toSeconds(at),
  balance_type: 'payments',
  created: toSeconds(at),
  currency: currency.toLowerCase(),
  exchange_rate: null,
  fee,
  fee_details:
    fee === 0
      ? []
      : [
          {
            amount: fee,
            application: null,
            currency: currency.toLowerCase(),
            description: 'Stripe processing fees',
            type: 'stripe_fee',
          },
        ],
  net: amount - fee,
  status: 'available',
});

/** The card or account that an attempt was made with. */
export const toPaymentMethod = (picture: Picture, charge: Transaction, details: Fields): Fields => ({
  id: twinId('pm', charge.id),
  object: 'payment_method',
  created: toSeconds(charge.at),
  customer: null,
  livemode: isLiveSession(picture.checkout.id),
  metadata: {},
  ...details,
});
