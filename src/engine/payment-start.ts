import { exponentOf, toMajorText } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import type { PrintPolicy } from '../domain/workspace.ts';
import type { CollectPaymentInput } from '../workflows/messages.ts';

/** What a start needs to know of a stored payment. */
export interface StartablePayment {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly currency: Currency;
  readonly chargeAmount: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

const DEFAULT_LIFE_MS = 30 * 86_400_000;

/** The workflow's input from stored rows; API and sweeper must start a payment with the same one. */
export function toCollectInput(
  payment: StartablePayment,
  options: { webhookGraceSeconds: number },
  workspace: { receipt: { print: PrintPolicy } },
): CollectPaymentInput {
  const expiresAt = payment.expiresAt ?? new Date(payment.createdAt.getTime() + DEFAULT_LIFE_MS);
  return {
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    provider: payment.provider,
    currency: payment.currency,
    amount: payment.chargeAmount,
    graceMs: options.webhookGraceSeconds * 1000,
    expiresAt: expiresAt.toISOString(),
    print: workspace.receipt.print,
  };
}

/** What the Temporal UI shows of a payment: no names, no description. */
export function toSummary(payment: StartablePayment): string {
  const sum = toMajorText(payment.chargeAmount, exponentOf(payment.currency));
  return `${sum} ${payment.currency} · ${payment.provider} · ${payment.id}`;
}
