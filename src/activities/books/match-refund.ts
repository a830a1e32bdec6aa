import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { sumMinor } from '../../domain/money.ts';

/** A refund of ours and its transaction at the vendor. */
export interface Tie {
  readonly refund: RefundRow;
  readonly movement: TransactionRow;
}

/** A refund, as far as it says what its transaction took from the charge. */
export type MovedRefund = Pick<RefundRow, 'id' | 'chargeId' | 'status' | 'transactionId' | 'recognisedId'>;

/**
 * How much of a charge the vendor can still give back, by what has moved, in minor units. Refunds by hand do not
 * count: they are not the vendor's.
 */
export function leftByMovements(
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
export function sortMovements(
  movements: readonly TransactionRow[],
  refunds: readonly RefundRow[],
  charges: readonly TransactionRow[],
): { readonly ties: readonly Tie[]; readonly foreign: readonly TransactionRow[] } {
  const waiting = refunds.filter((refund) => isWaiting(refund, movements));
  let left = movements.filter((movement) => !refunds.some((refund) => isTheEndOf(refund, movement)));
  const ties: Tie[] = [];
  for (const fits of [isNamedBy, isOfSum]) {
    for (const refund of waiting) {
      if (ties.some((tie) => tie.refund.id === refund.id)) continue;
      const charge = charges.find(({ id }) => id === refund.chargeId);
      const movement = left.find((row) => fits(refund, row, charge));
      if (movement === undefined) continue;
      ties.push({ refund, movement });
      left = left.filter(({ id }) => id !== movement.id);
    }
  }
  return { ties, foreign: left };
}

/**
 * Pending without a transaction, or settled on a person's word while the vendor has not shown its own transaction.
 */
function isWaiting(refund: RefundRow, movements: readonly TransactionRow[]): boolean {
  if (refund.status === 'pending') return refund.transactionId === null;
  return (
    isOnWord(refund) &&
    movements.some(({ id, accountId }) => id === refund.transactionId && accountId === null)
  );
}

/** Sent to the vendor, and settled because a person said that it succeeded. */
function isOnWord({ status, sentAt, recognisedId }: RefundRow): boolean {
  return status === 'completed' && sentAt !== null && recognisedId === null;
}

/** Whether the transaction is this refund by name: our id as the vendor echoes it, or the id that the vendor gave. */
export function isNamedBy(refund: RefundRow, movement: TransactionRow): boolean {
  if (movement.kind !== 'refund') return false;
  if (movement.refundReference !== null) return movement.refundReference === refund.id;
  return refund.providerRefundId !== null && refund.providerRefundId === movement.providerTransactionId;
}

function isOfSum(refund: RefundRow, movement: TransactionRow, charge: TransactionRow | undefined): boolean {
  // The vendor's id of a pending refund came from the vendor. That of a refund settled on a person's word may be
  // mistyped.
  const isNamed =
    movement.refundReference !== null || (refund.status === 'pending' && refund.providerRefundId !== null);
  if (isNamed || charge === undefined || refund.sentAt === null) return false;
  const isOfCharge = movement.refundOf === null || movement.refundOf === charge.providerTransactionId;
  return isOfCharge && movement.amount === refund.amount && movement.createdAt >= refund.sentAt;
}

function isTheEndOf(refund: RefundRow, movement: TransactionRow): boolean {
  return refund.transactionId === movement.id || refund.recognisedId === movement.id;
}
