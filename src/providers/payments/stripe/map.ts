import { isId } from '../../../domain/ids.ts';
import { plainMeans } from '../../../domain/means.ts';
import type { Means, PaymentMethod } from '../../../domain/means.ts';
import type { ProviderDispute, ProviderTransaction } from '../payment-provider.ts';
import type { WireCharge, WireDispute, WireRefund } from './wire.ts';

/** Stripe's payment method types as our methods. Any other is `other`, with its name kept as the wallet. */
const METHODS: Readonly<Record<string, PaymentMethod>> = {
  card: 'card',
  card_present: 'card',
  paypal: 'paypal',
  customer_balance: 'bank_transfer',
  us_bank_account: 'bank_transfer',
  sepa_debit: 'bank_transfer',
  bacs_debit: 'bank_transfer',
  acss_debit: 'bank_transfer',
  au_becs_debit: 'bank_transfer',
};
/** Wallets with a card. Any other (Link, Samsung Pay) is a card with the name of the wallet. */
const WALLETS: Readonly<Record<string, PaymentMethod>> = { apple_pay: 'apple_pay', google_pay: 'google_pay' };

/** Stripe's statuses of a refund in our terms. */
export const REFUND_STATUSES: Readonly<Record<WireRefund['status'], ProviderTransaction['status']>> = {
  succeeded: 'succeeded',
  pending: 'pending',
  requires_action: 'pending',
  failed: 'declined',
  canceled: 'declined',
};

/** An inquiry (`warning_…`) takes no money, so it stops no refund. `prevented` depends on the balance. */
export const DISPUTE_STATUSES: Readonly<
  Record<NonNullable<WireDispute['status']>, ProviderDispute['status'] | null>
> = {
  needs_response: 'open',
  under_review: 'open',
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  won: 'won',
  warning_closed: 'won',
  lost: 'lost',
  prevented: null,
};

/** Money that is only held is not taken yet. `reference` and `pageId` come from the page, if there is one. */
export function toCharge(
  wire: WireCharge,
  page: { readonly reference: string | null; readonly pageId: string | null },
): ProviderTransaction {
  const taken = wire.captured ? 'succeeded' : 'pending';
  return {
    ...toCore(wire),
    kind: 'charge',
    status: wire.status === 'succeeded' ? taken : wire.status === 'pending' ? 'pending' : 'declined',
    means: [toMeans(wire, wire.amount)],
    payerName: wire.payerName,
    reference: page.reference,
    pageId: page.pageId,
    refundOf: null,
    refundReference: null,
    rawCode: wire.failure_code ?? wire.status,
  };
}

/** A refund of a charge. One made in Stripe's dashboard has no id of ours. */
export function toRefundTransaction(
  wire: WireRefund,
  page: { readonly reference: string | null; readonly pageId: string | null },
  charge: WireCharge | null,
): ProviderTransaction {
  const isOurs = wire.refundId !== null && isId('refund', wire.refundId);
  return {
    ...toCore(wire),
    kind: 'refund',
    status: REFUND_STATUSES[wire.status],
    means: [charge === null ? plainMeans('other', wire.amount) : toMeans(charge, wire.amount)],
    payerName: charge?.payerName ?? null,
    reference: page.reference ?? wire.paymentId,
    pageId: page.pageId,
    refundOf: wire.chargeId,
    refundReference: isOurs ? wire.refundId : null,
    rawCode: wire.failure_reason ?? wire.status,
  };
}

/** A dispute as the engine knows it. `amount` is in minor units. */
export function toDispute(wire: WireDispute): ProviderDispute {
  return {
    disputeId: wire.id,
    transactionId: wire.chargeId,
    status: toDisputeStatus(wire),
    amount: wire.amount,
    currency: wire.currency,
  };
}

/**
 * For an unknown status, only the balance decides. It never ends a dispute: after `won` and `lost`, little would
 * count as news.
 */
function toDisputeStatus({ status, balanceChanges }: WireDispute): ProviderDispute['status'] {
  const isMoneyGone = balanceChanges.reduce((sum, change) => sum + change, 0) < 0;
  if (status === null) return isMoneyGone ? 'open' : 'inquiry';
  return DISPUTE_STATUSES[status] ?? (isMoneyGone ? 'lost' : 'won');
}

function toCore(wire: Pick<WireCharge, 'id' | 'amount' | 'currency' | 'created'>) {
  return {
    transactionId: wire.id,
    amount: wire.amount,
    currency: wire.currency,
    paidAt: new Date(wire.created * 1000),
    paidAtRaw: String(wire.created),
    secret: null,
    refundable: null,
    foreignDocument: null,
  };
}

function toMeans({ methodType, card }: WireCharge, amount: number): Means {
  return {
    ...plainMeans(toMethod(methodType, card.wallet), amount),
    brand: card.brand,
    last4: card.last4,
    wallet: card.wallet ?? (methodType === 'card' ? null : methodType),
    dealType: card.installments > 1 ? 'instalments' : 'regular',
    installments: card.installments,
    approvalNumber: card.approval,
  };
}

function toMethod(type: string | null, wallet: string | null): PaymentMethod {
  return ofTable(WALLETS, wallet) ?? ofTable(METHODS, type) ?? 'other';
}

function ofTable(table: Readonly<Record<string, PaymentMethod>>, name: string | null): PaymentMethod | null {
  return name !== null && Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
