import { closeNews } from '../../db/news.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { markUnreadableHeld } from '../../db/unreadable-rows.ts';
import { isPaid, judgeTransition } from '../../domain/payment.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { capturedOf, holdForReview } from './hold-for-review.ts';
import { isGivenBack } from './judge-books.ts';
import { settleCharge } from './settle-charge.ts';
import { hasUnreadable } from './unreadable-rows.ts';

export interface SettleOrder {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge that the provider confirmed. */
  readonly transactionId: string;
  readonly eventIds: readonly string[];
}

export interface SettlementResult {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly documentId: string | null;
}

/**
 * One transaction: payment completed, next number taken, document and outgoing events written, push owed. Webhook,
 * poll, return and replay all come through here, and a second time changes nothing.
 */
export function createSettlePayment(context: ActivityContext) {
  return async function settlePayment(order: SettleOrder): Promise<SettlementResult> {
    const result = await inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, order.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${order.paymentId}`);
      const verdict = judgeTransition(payment.status, 'completed');
      const isNews = !isPaid(payment.status) && (verdict === 'allowed' || verdict === 'late');
      await closeNews(tx, order.paymentId, order.eventIds, isNews ? 'settled' : 'no_change');
      // What a person must look at first is held, though the provider confirmed it.
      if (!isNews || payment.review !== null) return asItIs(tx, payment);
      return settle(context, tx, payment, order, verdict === 'late');
    });
    return result;
  };
}

/** How a payment stands that needs no settling. */
export async function asItIs(tx: Sql, payment: PaymentRow): Promise<SettlementResult> {
  const documents = await listPaymentDocuments(tx, payment.id);
  return { status: payment.status, review: payment.review, documentId: documents[0]?.id ?? null };
}

async function settle(
  context: ActivityContext,
  tx: Sql,
  payment: PaymentRow,
  order: SettleOrder,
  isLate: boolean,
): Promise<SettlementResult> {
  const charges = await listCharges(tx, order.paymentId);
  const charge = chargeOf(charges, order);
  const refunds = await listRefunds(tx, payment.id);
  const kept = charges.filter((row) => row.id === charge.id || !isGivenBack(row, refunds));
  const isUnread = await hasUnreadable(tx, payment.id);
  const reason = reviewOf(kept, isLate) ?? (isUnread ? 'reconciliation' : null);
  const captured = capturedOf(payment, charges);
  const document = await settleCharge(context, tx, payment, { charge, captured, review: reason });
  const completed = { ...payment, status: 'completed', capturedAmount: captured } as const;
  const review = reason === null ? payment.review : await holdForReview(tx, completed, charges, reason);
  if (review === 'reconciliation') await markUnreadableHeld(tx, payment.id);
  return { status: 'completed', review, documentId: document.id };
}

/** Two charges that were first seen together are never seen apart again: the second is noticed now. */
function reviewOf(charges: readonly TransactionRow[], isLate: boolean): ReviewReason | null {
  if (charges.length > 1) return 'duplicate_payment';
  if (isLate) return 'late_success';
  return charges.some(({ foreignDocument }) => foreignDocument !== null) ? 'foreign_document' : null;
}

/** All that succeeded and was not handed on to another payment, oldest first. */
export async function listCharges(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const transactions = await listTransactions(tx, paymentId);
  return transactions.filter((row) => row.kind === 'charge' && row.status === 'succeeded');
}

function chargeOf(charges: readonly TransactionRow[], order: SettleOrder): TransactionRow {
  const charge = charges.find((row) => row.id === order.transactionId);
  if (charge === undefined) {
    throw impossible(
      'no_such_charge',
      `${order.transactionId} is not a successful charge of ${order.paymentId}`,
    );
  }
  return charge;
}
