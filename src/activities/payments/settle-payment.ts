import { closeNews } from '../../db/news.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql, SqlTransaction } from '../../db/pool.ts';
import { askPerson } from '../../db/review-questions.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { judgeTransition } from '../../domain/payment.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { standingOf } from '../../domain/standing.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { readSettling } from './read-settling.ts';
import type { Settling } from './read-settling.ts';
import { settleCharge } from './settle-charge.ts';

/** A payment whose charge is to be settled. */
export interface SettleOrder {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge that the provider confirmed. The books decide which charge is settled. */
  readonly transactionId: string;
  readonly eventIds: readonly string[];
}

/** How the payment stands after the transaction. */
export interface SettlementResult {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly documentId: string | null;
  /** A tax invoice follows on the due date of its cheques. */
  readonly hasDueInvoice?: boolean;
}

/**
 * In one transaction: completes the payment, takes the next number, writes the document and the events, requests the
 * push. Webhook, poll, return and replay all end here, and a second call changes nothing. If a rule of ours refuses
 * it, a person is asked.
 */
export function createSettlePayment(context: ActivityContext) {
  return async function settlePayment(order: SettleOrder): Promise<SettlementResult> {
    const { workspaceId, paymentId } = order;
    return runOrAsk(
      context,
      { workspaceId, paymentId, subject: `settling ${order.transactionId}` },
      async (tx) => {
        const settling = await readSettling(tx, order);
        const { settles } = standingOf(settling.books);
        const closed = closeNews(tx, paymentId, order.eventIds, settles === null ? 'no_change' : 'settled');
        return (await Promise.all([settlePaymentIn(context, tx, settling), closed]))[0];
      },
      async (tx, { before, now }) => ({ ...(await asItIs(tx, before)), review: now.review }),
    );
  };
}

/** The same inside a transaction, without the news. */
export function settlePaymentIn(
  context: ActivityContext,
  tx: SqlTransaction,
  settling: Settling,
): Promise<SettlementResult> {
  const { settles } = standingOf(settling.books);
  return settles === null ? asItIs(tx, settling.payment) : settle(context, tx, settling, settles);
}

/** The state of a payment that needs no settling. */
export async function asItIs(tx: Sql, payment: PaymentRow): Promise<SettlementResult> {
  const documents = await listPaymentDocuments(tx, payment.id);
  return { status: payment.status, review: payment.review, documentId: documents[0]?.id ?? null };
}

async function settle(
  context: ActivityContext,
  tx: SqlTransaction,
  settling: Settling,
  chargeId: string,
): Promise<SettlementResult> {
  const { payment, charges } = settling;
  const charge = charges.find(({ id }) => id === chargeId);
  if (charge === undefined) throw impossible('no_such_charge', `${chargeId} is gone from ${payment.id}`);
  const isLate = judgeTransition(payment.status, 'completed') === 'late';
  const foreign = charges.filter(({ foreignDocument }) => foreignDocument !== null);
  const questions = [
    ...(isLate ? [{ reason: 'late_success', subject: charge.id } as const] : []),
    ...foreign.map(({ id }) => ({ reason: 'foreign_document', subject: id }) as const),
  ];
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const asked = questions.map((question) => askPerson(tx, { ...owner, ...question }));
  const [{ document, kept }] = await Promise.all([settleCharge(context, tx, settling, charge), ...asked]);
  return { status: kept.now.status, review: kept.now.review, documentId: document.id };
}
