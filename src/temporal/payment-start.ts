import { toSumText } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import type { PaymentStatus } from '../domain/payment.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';

/** What a start needs of a stored payment. */
export interface StartablePayment {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly currency: Currency;
  readonly chargeAmount: number;
}

/** What the Temporal UI shows of a payment: no names, no description. */
export function toSummary(payment: StartablePayment): string {
  return `${toSumText(payment.chargeAmount, payment.currency)} · ${payment.provider} · ${payment.id}`;
}

/** The search attributes of a payment. */
export function attributesOf(payment: StartablePayment, status: PaymentStatus) {
  return [
    { key: SEARCH_ATTRIBUTES.workspaceId, value: payment.workspaceId },
    { key: SEARCH_ATTRIBUTES.paymentId, value: payment.id },
    { key: SEARCH_ATTRIBUTES.paymentStatus, value: status },
    { key: SEARCH_ATTRIBUTES.provider, value: payment.provider },
    { key: SEARCH_ATTRIBUTES.currency, value: payment.currency },
    { key: SEARCH_ATTRIBUTES.amountMinor, value: payment.chargeAmount },
  ];
}
