import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertRefund, linkRefund, listRefunds } from '../../db/refunds.ts';
import { newId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import { sortMovements } from './match-refund.ts';

/** What the books hold of a payment's money that moved. */
export interface MovedMoney {
  readonly charges: readonly TransactionRow[];
  readonly refunds: readonly TransactionRow[];
}

/**
 * Ties each movement back to the refund of ours that it is, at first sight. What somebody made at the vendor is written
 * down like our own, so that it is documented; the sweeper starts its workflow. Returns how many of these are news.
 * @param standsFor our row of the charge that a document stands for, or will
 */
export async function explainMovements(
  tx: Sql,
  payment: PaymentRow,
  { charges, refunds }: MovedMoney,
  standsFor: string | null,
): Promise<number> {
  if (refunds.length === 0) return 0;
  const { ties, foreign } = sortMovements(refunds, await listRefunds(tx, payment.id), charges);
  for (const { refund, movement } of ties) await linkRefund(tx, refund.id, movement.id);
  for (const movement of foreign) {
    const charge = chargeOf(movement, charges);
    if (charge !== null) await writeDown(tx, payment, movement, charge, standsFor === charge.id);
  }
  return foreign.length;
}

/** Which charge it reverses; nobody guesses between two. */
function chargeOf(movement: TransactionRow, charges: readonly TransactionRow[]): TransactionRow | null {
  if (movement.refundOf !== null)
    return charges.find((row) => row.providerTransactionId === movement.refundOf) ?? null;
  return charges.length === 1 ? (charges[0] ?? null) : null;
}

async function writeDown(
  tx: Sql,
  payment: PaymentRow,
  movement: TransactionRow,
  charge: TransactionRow,
  isDocumented: boolean,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const id = newId('refund');
  await insertRefund(tx, {
    ...owner,
    id,
    chargeId: charge.id,
    transactionId: movement.id,
    amount: movement.amount,
    currency: movement.currency as Currency,
    method: 'original',
    origin: 'provider',
    isDocumented,
    reason: `${payment.provider}: ${movement.providerTransactionId}`,
    paidOn: null,
  });
  await insertLog(tx, {
    ...owner,
    kind: 'refund_noticed',
    summary: `A refund that was made at ${payment.provider} itself was noticed`,
    detail: { refundId: id },
  });
  const facts = { refundId: id, amount: movement.amount, currency: movement.currency, origin: 'provider' };
  await insertPaymentEvents(tx, owner, [{ type: 'refund.created', facts }]);
}
