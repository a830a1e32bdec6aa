import { insertLog } from '../../db/payment-log.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions, upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import { toMajorText } from '../../domain/money.ts';
import { isPaid } from '../../domain/payment.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import type { PaymentFinding, ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { secretPlace } from './handles.ts';
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
    for (const told of finding.transactions) {
      if (told.reference === null || told.reference === payment.id) await record(context, tx, payment, told);
    }
    // From the books, not from this answer: it may leave out what an earlier one told.
    const moved = (await listTransactions(tx, payment.id)).filter(({ status }) => status === 'succeeded');
    const charges = moved.filter(({ kind }) => kind === 'charge');
    const refunds = moved.filter(({ kind }) => kind === 'refund');
    return judge(tx, payment, charges, refunds);
  });
}

async function record(
  { secrets }: ActivityContext,
  tx: Sql,
  payment: PaymentRow,
  told: ProviderTransaction,
): Promise<void> {
  if (payment.accountId === null) throw new Error(`payment ${payment.id} has no provider to tell of it`);
  const id = newId('transaction');
  const { isNews } = await upsertTransaction(tx, {
    id,
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    accountId: payment.accountId,
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
    refundReference: told.refundReference,
    secretSealed:
      told.secret === null
        ? null
        : secrets.seal('credentials', secretPlace('provider_transactions', id), told.secret),
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
}

/** What the successful charges come to, given where the payment stands. */
async function judge(
  tx: Sql,
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  refunds: readonly TransactionRow[],
): Promise<Verification> {
  const documented = await findDocumentedTransaction(tx, payment.id);
  const reason = reasonToHold(payment, charges, refunds, documented);
  const review = reason === null ? payment.review : await holdForReview(tx, payment, charges, reason);
  if (documented !== null)
    return { verdict: 'settled', status: payment.status, review, transactionId: documented };
  const exact = charges.find((charge) => isExact(payment, charge));
  const isFree = review === null && !isPaid(payment.status);
  if (isFree && exact) return { verdict: 'paid', status: payment.status, review, transactionId: exact.id };
  const verdict = review === null ? 'unchanged' : 'review';
  return { verdict, status: payment.status, review, transactionId: null };
}

/** Why a person must look, as far as the provider's answer tells; null where all is as it should be. */
function reasonToHold(
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  refunds: readonly TransactionRow[],
  documented: string | null,
): ReviewReason | null {
  // The engine asks for no refunds yet, so whoever made one made it elsewhere.
  if (refunds.length > 0) return 'reconciliation';
  if (documented !== null) return charges.some(({ id }) => id !== documented) ? 'duplicate_payment' : null;
  if (charges.length === 0) return null;
  if (payment.review !== null) return payment.review;
  return charges.some((charge) => isExact(payment, charge)) ? null : 'amount_mismatch';
}

function isExact(payment: PaymentRow, charge: TransactionRow): boolean {
  return charge.amount === payment.chargeAmount && charge.currency === payment.currency;
}
