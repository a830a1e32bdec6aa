import { findManualPayment, RECORDING } from '../../db/manual-payments.ts';
import type { ManualPaymentRow } from '../../db/manual-payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql, SqlTransaction } from '../../db/pool.ts';
import { upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { askPersonAgain } from '../../db/review-questions.ts';
import { newId } from '../../domain/ids.ts';
import { plainMeans } from '../../domain/means.ts';
import type { Means } from '../../domain/means.ts';
import { isOpen } from '../../domain/payment.ts';
import { toRefusal } from '../../domain/review.ts';
import { tell } from '../../history/tell.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { updateStanding } from '../books/update-standing.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { readSettling } from './read-settling.ts';
import { settleCharge } from './settle-charge.ts';
import { asItIs } from './settle-payment.ts';
import type { SettlementResult } from './settle-payment.ts';

interface Ids {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/**
 * In one transaction, the manual payment becomes a charge and is settled like any other. A second call changes nothing.
 * If a rule of ours refuses it, a person is asked. From then on only the word of a person records it: the money may
 * have been entered anew meanwhile.
 */
export function createRecordCharge(context: ActivityContext) {
  return function recordCharge({ workspaceId, paymentId }: Ids): Promise<SettlementResult> {
    const ids = { workspaceId, paymentId };
    return runOrAsk(
      context,
      { ...ids, subject: RECORDING },
      (tx) => recordChargeIn(context, tx, ids, 'the workflow'),
      async (tx, { before, now }) => ({ ...(await asItIs(tx, before)), review: now.review }),
    );
  };
}

/** The same inside a transaction. `by`: who wants it; what was left to a person is recorded by a person only. */
export async function recordChargeIn(
  context: ActivityContext,
  tx: SqlTransaction,
  ids: Ids,
  by: 'the workflow' | 'a person',
): Promise<SettlementResult> {
  const [settling, manual] = await Promise.all([readSettling(tx, ids), findManualPayment(tx, ids.paymentId)]);
  const { payment } = settling;
  if (manual === null)
    throw impossible('no_such_payment', `no payment ${ids.paymentId} that was recorded by hand`);
  const due = manual.invoiceDueOn === null ? {} : { hasDueInvoice: true };
  if (!isOpen(payment.status)) return { ...(await asItIs(tx, payment)), ...due };
  if (manual.isLeftToPerson && by === 'the workflow') return leaveToPerson(tx, payment);
  const { row: charge } = await upsertTransaction(tx, toCharge(payment, manual));
  const { document, kept } = await settleCharge(context, tx, settling, charge);
  return { status: kept.now.status, review: kept.now.review, documentId: document.id, ...due };
}

/** Asks again where the question was answered and the payment left as it was. */
async function leaveToPerson(tx: Sql, payment: PaymentRow): Promise<SettlementResult> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if (await askPersonAgain(tx, { ...owner, reason: 'reconciliation', subject: toRefusal(RECORDING) }))
    await tell(tx, owner, {
      kind: 'refused',
      summary: 'This payment is still not recorded. A person must look at it',
      detail: { subject: RECORDING },
    });
  const { now } = await updateStanding(tx, payment.id);
  return { status: now.status, review: now.review, documentId: null };
}

/** The charge has no vendor's id, so it gets the id of our payment: it can exist only once. */
function toCharge(payment: PaymentRow, manual: ManualPaymentRow): Omit<TransactionRow, 'createdAt'> {
  return {
    id: newId('transaction'),
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    accountId: null,
    providerTransactionId: payment.id,
    kind: 'charge',
    status: 'succeeded',
    amount: payment.chargeAmount,
    currency: payment.currency,
    paidAt: manual.paidAt,
    paidAtRaw: manual.paidOn,
    means: manual.means ?? [toMeans(manual, payment.chargeAmount)],
    payerName: null,
    refundOf: null,
    refundReference: null,
    secretSealed: null,
    refundableAmount: null,
    rawCode: manual.method,
    foreignDocument: null,
  };
}

function toMeans({ method, check }: ManualPaymentRow, amount: number): Means {
  const means = plainMeans(method, amount);
  return check === null ? means : { ...means, dueDate: check.dueDate, check };
}
