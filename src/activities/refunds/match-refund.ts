import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';

/**
 * Whether a movement at the vendor is what became of this refund: by our id where the vendor echoes it, by the vendor's
 * own id where it told it, else by the sum. One unknown refund a payment at a time makes the last safe.
 */
export function isMovementOf(refund: RefundRow, movement: TransactionRow, charge: TransactionRow): boolean {
  if (movement.kind !== 'refund') return false;
  if (refund.transactionId !== null) return refund.transactionId === movement.id;
  if (movement.refundReference !== null) return movement.refundReference === refund.id;
  if (refund.providerRefundId !== null) return refund.providerRefundId === movement.providerTransactionId;
  const isOfCharge = movement.refundOf === null || movement.refundOf === charge.providerTransactionId;
  return refund.sentAt !== null && isOfCharge && movement.amount === refund.amount;
}

/** The movement that a refund came to, as far as it is told; what other refunds came to is left out. */
export function movementOf(
  refund: RefundRow,
  charge: TransactionRow,
  movements: readonly TransactionRow[],
  others: readonly RefundRow[],
): TransactionRow | null {
  const claimed = new Set(others.filter(({ id }) => id !== refund.id).map((other) => other.transactionId));
  return movements.find((row) => !claimed.has(row.id) && isMovementOf(refund, row, charge)) ?? null;
}

/** Movements that no refund of ours explains: somebody made them at the vendor. */
export function foreignMovements(
  movements: readonly TransactionRow[],
  refunds: readonly RefundRow[],
  charges: readonly TransactionRow[],
): TransactionRow[] {
  const unexplained: TransactionRow[] = [];
  const open = refunds.filter(({ status, transactionId }) => status === 'pending' && transactionId === null);
  for (const movement of movements) {
    if (refunds.some((refund) => isTheEndOf(refund, movement))) continue;
    const owner = open.findIndex((refund) => {
      const charge = charges.find(({ id }) => id === refund.chargeId);
      return charge !== undefined && isMovementOf(refund, movement, charge);
    });
    if (owner === -1) unexplained.push(movement);
    else open.splice(owner, 1);
  }
  return unexplained;
}

/** Also where a person named the movement otherwise than the vendor does, which echoes our id. */
function isTheEndOf({ id, status, transactionId }: RefundRow, movement: TransactionRow): boolean {
  return transactionId === movement.id || (status === 'completed' && movement.refundReference === id);
}
