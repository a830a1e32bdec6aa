import { readBooks } from '../../db/books.ts';
import { closeNews } from '../../db/news.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { askPerson } from '../../db/review-questions.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { judgeTransition } from '../../domain/payment.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { standingOf } from '../../domain/standing.ts';
import { unlessRefused } from '../books/unless-refused.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { settleCharge } from './settle-charge.ts';

export interface SettleOrder {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge that the provider confirmed. The books decide which charge is settled. */
  readonly transactionId: string;
  readonly eventIds: readonly string[];
}

export interface SettlementResult {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly documentId: string | null;
}

/**
 * In one transaction: completes the payment, takes the next number, writes the document and the events, requests the
 * push. Webhook, poll, return and replay all end here, and a second call changes nothing. If a rule of ours refuses
 * it, a person is asked.
 */
export function createSettlePayment(context: ActivityContext) {
  return async function settlePayment(order: SettleOrder): Promise<SettlementResult> {
    const { workspaceId, paymentId } = order;
    return unlessRefused(
      context,
      { workspaceId, paymentId, subject: `settling ${order.transactionId}` },
      async (tx) => {
        const payment = await lockPayment(tx, paymentId);
        if (payment === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
        const { settles } = standingOf(await readBooks(tx, paymentId));
        await closeNews(tx, paymentId, order.eventIds, settles === null ? 'no_change' : 'settled');
        return settles === null ? asItIs(tx, payment) : settle(context, tx, payment, settles);
      },
      async (tx, { before, now }) => ({ ...(await asItIs(tx, before)), review: now.review }),
    );
  };
}

/** The state of a payment that needs no settling. */
export async function asItIs(tx: Sql, payment: PaymentRow): Promise<SettlementResult> {
  const documents = await listPaymentDocuments(tx, payment.id);
  return { status: payment.status, review: payment.review, documentId: documents[0]?.id ?? null };
}

async function settle(
  context: ActivityContext,
  tx: Sql,
  payment: PaymentRow,
  chargeId: string,
): Promise<SettlementResult> {
  const charges = await listCharges(tx, payment.id);
  const charge = charges.find(({ id }) => id === chargeId);
  if (charge === undefined) throw impossible('no_such_charge', `${chargeId} is gone from ${payment.id}`);
  const isLate = judgeTransition(payment.status, 'completed') === 'late';
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if (isLate) await askPerson(tx, { ...owner, reason: 'late_success', subject: charge.id });
  for (const { id, foreignDocument } of charges)
    if (foreignDocument !== null) await askPerson(tx, { ...owner, reason: 'foreign_document', subject: id });
  const { document, kept } = await settleCharge(context, tx, payment, charge);
  return { status: kept.now.status, review: kept.now.review, documentId: document.id };
}

/** All charges that succeeded and were not moved to another payment, oldest first. */
export async function listCharges(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const transactions = await listTransactions(tx, paymentId);
  return transactions.filter((row) => row.kind === 'charge' && row.status === 'succeeded');
}
