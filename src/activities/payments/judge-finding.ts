import { insertLog } from '../../db/payment-log.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import { toMajorText } from '../../domain/money.ts';
import { isPaid } from '../../domain/payment.ts';
import type { PaymentFinding, ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { holdForReview } from './hold-for-review.ts';
import type { LoadedPayment } from './load-payment.ts';
import type { Verification } from './verify-payment.ts';

/** Records what the provider told and says what it comes to. One transaction; telling it twice changes nothing. */
export function judgeFinding(
  context: ActivityContext,
  loaded: LoadedPayment,
  finding: PaymentFinding,
): Promise<Verification> {
  return inWorkspace(context.pool, loaded.payment.workspaceId, async (tx) => {
    const payment = await lockPayment(tx, loaded.payment.id);
    if (payment === null) throw new Error(`payment ${loaded.payment.id} is gone`);
    const charges: TransactionRow[] = [];
    for (const told of finding.transactions) {
      if (told.reference !== null && told.reference !== payment.id) continue;
      const row = await record(tx, payment, loaded.account.id, told);
      if (row.paymentId === payment.id && row.kind === 'charge' && row.status === 'succeeded')
        charges.push(row);
    }
    return judge(tx, payment, charges);
  });
}

async function record(
  tx: Sql,
  payment: PaymentRow,
  accountId: string,
  told: ProviderTransaction,
): Promise<TransactionRow> {
  const { row, isNews } = await upsertTransaction(tx, {
    id: newId('transaction'),
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    accountId,
    providerTransactionId: told.transactionId,
    kind: told.kind,
    status: told.status,
    amount: told.amount,
    currency: told.currency,
    paidAt: told.paidAt,
    paidAtRaw: told.paidAtRaw,
    means: told.means,
    payerName: told.payerName,
    refundOf: told.refundOf,
    rawCode: told.rawCode,
    foreignDocument: told.foreignDocument,
  });
  if (isNews) {
    const sum = `${toMajorText(told.amount, 2)} ${told.currency}`;
    await insertLog(tx, {
      workspaceId: payment.workspaceId,
      paymentId: payment.id,
      kind: `${told.kind}_${told.status}`,
      summary: `${payment.provider} says: ${told.kind} of ${sum} ${told.status} (code ${told.rawCode})`,
      detail: { transactionId: told.transactionId, paidAt: told.paidAtRaw },
    });
  }
  return row;
}

/** What the successful charges come to, given where the payment stands. */
async function judge(
  tx: Sql,
  payment: PaymentRow,
  charges: readonly TransactionRow[],
): Promise<Verification> {
  const documented = await findDocumentedTransaction(tx, payment.id);
  if (documented !== null) {
    const isDoubled = charges.some((charge) => charge.id !== documented);
    const review = isDoubled
      ? await holdForReview(tx, payment, charges, 'duplicate_payment')
      : payment.review;
    return { verdict: 'settled', status: payment.status, review, transactionId: documented };
  }
  if (payment.review !== null || isPaid(payment.status)) return unchanged(payment);
  const exact = charges.find(
    (charge) => charge.amount === payment.chargeAmount && charge.currency === payment.currency,
  );
  if (exact)
    return { verdict: 'paid', status: payment.status, review: payment.review, transactionId: exact.id };
  if (charges.length === 0) return unchanged(payment);
  const review = await holdForReview(tx, payment, charges, 'amount_mismatch');
  return { verdict: 'review', status: payment.status, review, transactionId: null };
}

function unchanged(payment: PaymentRow): Verification {
  const verdict = payment.review === null ? 'unchanged' : 'review';
  return { verdict, status: payment.status, review: payment.review, transactionId: null };
}
