import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isPaid } from '../../domain/payment.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import type { PaymentFinding } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { noticeRefunds } from '../refunds/notice-refunds.ts';
import { holdForReview } from './hold-for-review.ts';
import { judgeDisputes } from './judge-dispute.ts';
import type { LoadedPayment } from './load-payment.ts';
import { recordMovement } from './record-finding.ts';
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
    const own = finding.transactions.filter(
      ({ reference }) => reference === null || reference === payment.id,
    );
    const provider = context.adapters.payment(loaded.account, loaded.workspace.mode);
    const mustAcknowledge = provider.acknowledge !== undefined;
    let isTakenBack = false;
    for (const told of own)
      isTakenBack =
        (await recordMovement(context, tx, payment, told, mustAcknowledge)).isTakenBack || isTakenBack;
    // From the books, not from this answer: it may leave out what an earlier one told.
    const succeeded = (await listTransactions(tx, payment.id)).filter(({ status }) => status === 'succeeded');
    const charges = succeeded.filter(({ kind }) => kind === 'charge');
    const refunds = succeeded.filter(({ kind }) => kind === 'refund');
    const standing = await judgeDisputes(tx, payment, finding.disputes, charges);
    return judge(tx, standing, { charges, refunds, isTakenBack });
  });
}

/** What the books hold of a payment, as far as it moved money. */
interface Moved {
  readonly charges: readonly TransactionRow[];
  readonly refunds: readonly TransactionRow[];
  /** A refund that was documented did not happen after all. */
  readonly isTakenBack: boolean;
}

/** What the successful charges come to, given where the payment stands. */
async function judge(tx: Sql, payment: PaymentRow, moved: Moved): Promise<Verification> {
  const documented = await findDocumentedTransaction(tx, payment.id);
  const given = new Set(
    (await listRefunds(tx, payment.id)).filter(isUndocumented).map((row) => row.chargeId),
  );
  const charges = moved.charges.filter(({ id }) => !given.has(id));
  const exact = charges.find((charge) => isExact(payment, charge));
  const toSettle = isFree(payment) ? (exact ?? null) : null;
  const noticed = await noticeRefunds(tx, payment, moved, documented ?? toSettle?.id ?? null);
  const isOdd = moved.isTakenBack || (noticed > 0 && toSettle === null);
  const reason = isOdd ? 'reconciliation' : reasonToHold(payment, charges, documented);
  const review = reason === null ? payment.review : await holdForReview(tx, payment, moved.charges, reason);
  return toVerification({ ...payment, review }, documented, toSettle);
}

/** Neither settled nor held. */
function isFree({ review, status }: PaymentRow): boolean {
  return review === null && !isPaid(status);
}

function toVerification(
  { status, review }: PaymentRow,
  documented: string | null,
  toSettle: TransactionRow | null,
): Verification {
  if (documented !== null) return { verdict: 'settled', status, review, transactionId: documented };
  if (review === null && toSettle) return { verdict: 'paid', status, review, transactionId: toSettle.id };
  return { verdict: review === null ? 'unchanged' : 'review', status, review, transactionId: null };
}

/** Money that a person decided to give back undocumented is nobody's question any more. */
function isUndocumented(refund: RefundRow): boolean {
  return !refund.isDocumented && refund.status !== 'failed';
}

/** Why a person must look, as far as the provider's answer tells; null where all is as it should be. */
function reasonToHold(
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  documented: string | null,
): ReviewReason | null {
  if (charges.length === 0) return null;
  if (documented !== null) return charges.some(({ id }) => id !== documented) ? 'duplicate_payment' : null;
  if (payment.review !== null) return payment.review;
  return charges.some((charge) => isExact(payment, charge)) ? null : 'amount_mismatch';
}

function isExact(payment: PaymentRow, charge: TransactionRow): boolean {
  return charge.amount === payment.chargeAmount && charge.currency === payment.currency;
}
