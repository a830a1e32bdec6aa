import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { sumMinor } from '../../domain/money.ts';

/** A refund of ours and its transaction at the vendor. */
export interface Tie {
  readonly refund: RefundRow;
  readonly transaction: TransactionRow;
}

/** A refund, as far as it says what its transaction took from the charge. */
export type MovedRefund = Pick<RefundRow, 'id' | 'chargeId' | 'status' | 'transactionId' | 'recognisedId'>;

/**
 * How much of a charge the vendor can still give back, by what has moved, in minor units. Refunds by hand do not
 * count: they are not the vendor's.
 */
export function leftByTransactions(
  charge: Pick<TransactionRow, 'id' | 'amount'>,
  refunds: readonly MovedRefund[],
  transactions: readonly TransactionRow[],
): number {
  const own = refunds.filter(({ chargeId, status }) => chargeId === charge.id && status !== 'failed');
  const moved = own.flatMap(({ transactionId, recognisedId }) =>
    transactions.filter(({ id, accountId }) => id === (recognisedId ?? transactionId) && accountId !== null),
  );
  return charge.amount - sumMinor(moved.map(({ amount }) => amount));
}

/**
 * Separates transactions of our refunds from refunds made directly at the vendor. A transaction that names our
 * refund, or has the id from the vendor's answer, is matched first. By its amount alone it is matched only if it was
 * first seen after our refund was sent. That is safe because a payment has one refund in progress at a time, and each
 * transaction counts once.
 */
export function sortTransactions(
  transactions: readonly TransactionRow[],
  refunds: readonly RefundRow[],
  charges: readonly TransactionRow[],
): { readonly ties: readonly Tie[]; readonly foreign: readonly TransactionRow[] } {
  const waiting = refunds.filter((refund) => isWaiting(refund, transactions));
  let left = transactions.filter((transaction) => !refunds.some((refund) => isTheEndOf(refund, transaction)));
  const ties: Tie[] = [];
  for (const fits of [isNamedBy, isOfSum]) {
    for (const refund of waiting) {
      if (ties.some((tie) => tie.refund.id === refund.id)) continue;
      const charge = charges.find(({ id }) => id === refund.chargeId);
      const transaction = left.find((row) => fits(refund, row, charge));
      if (transaction === undefined) continue;
      ties.push({ refund, transaction });
      left = left.filter(({ id }) => id !== transaction.id);
    }
  }
  return { ties, foreign: left };
}

/**
 * Pending without a transaction, or settled on a person's word while the vendor has not shown its own transaction.
 */
function isWaiting(refund: RefundRow, transactions: readonly TransactionRow[]): boolean {
  if (refund.status === 'pending') return refund.transactionId === null;
  return (
    isOnWord(refund) &&
    transactions.some(({ id, accountId }) => id === refund.transactionId && accountId === null)
  );
}

/** Sent to the vendor, and settled because a person said that it succeeded. */
function isOnWord({ status, sentAt, recognisedId }: RefundRow): boolean {
  return status === 'completed' && sentAt !== null && recognisedId === null;
}

/** Whether the transaction is this refund by name: our id as the vendor echoes it, or the id that the vendor gave. */
export function isNamedBy(refund: RefundRow, transaction: TransactionRow): boolean {
  if (transaction.kind !== 'refund') return false;
  if (transaction.refundReference !== null) return transaction.refundReference === refund.id;
  return refund.providerRefundId !== null && refund.providerRefundId === transaction.providerTransactionId;
}

function isOfSum(
  refund: RefundRow,
  transaction: TransactionRow,
  charge: TransactionRow | undefined,
): boolean {
  // The vendor's id of a pending refund came from the vendor. That of a refund settled on a person's word may be
  // mistyped.
  const isNamed =
    transaction.refundReference !== null || (refund.status === 'pending' && refund.providerRefundId !== null);
  if (isNamed || charge === undefined || refund.sentAt === null) return false;
  const isOfCharge = transaction.refundOf === null || transaction.refundOf === charge.providerTransactionId;
  return isOfCharge && transaction.amount === refund.amount && transaction.createdAt >= refund.sentAt;
}

function isTheEndOf(refund: RefundRow, transaction: TransactionRow): boolean {
  return refund.transactionId === transaction.id || refund.recognisedId === transaction.id;
}
