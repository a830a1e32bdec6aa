import { findManualPayment } from '../../db/manual-payments.ts';
import type { ManualPaymentRow } from '../../db/manual-payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { newId } from '../../domain/ids.ts';
import { plainMeans } from '../../domain/means.ts';
import type { Means } from '../../domain/means.ts';
import { isOpen } from '../../domain/payment.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { readSettling } from './read-settling.ts';
import { settleCharge } from './settle-charge.ts';
import { asItIs } from './settle-payment.ts';
import type { SettlementResult } from './settle-payment.ts';

/**
 * In one transaction, the manual payment becomes a charge and is settled like any other. A second call changes
 * nothing. If a rule of ours refuses it, a person is asked.
 */
export function createRecordCharge(context: ActivityContext) {
  return async function recordCharge(ids: {
    workspaceId: string;
    paymentId: string;
  }): Promise<SettlementResult> {
    return runOrAsk(
      context,
      { ...ids, subject: 'to record the payment' },
      async (tx) => {
        const [settling, manual] = await Promise.all([
          readSettling(tx, ids),
          findManualPayment(tx, ids.paymentId),
        ]);
        const { payment } = settling;
        if (manual === null)
          throw impossible('no_such_payment', `no payment ${ids.paymentId} that was recorded by hand`);
        const due = manual.invoiceDueOn === null ? {} : { hasDueInvoice: true };
        if (!isOpen(payment.status)) return { ...(await asItIs(tx, payment)), ...due };
        const { row: charge } = await upsertTransaction(tx, toCharge(payment, manual));
        const { document, kept } = await settleCharge(context, tx, settling, charge);
        return { status: kept.now.status, review: kept.now.review, documentId: document.id, ...due };
      },
      async (tx, { before, now }) => ({ ...(await asItIs(tx, before)), review: now.review }),
    );
  };
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
