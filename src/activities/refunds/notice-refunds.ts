import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertRefund, listRefunds } from '../../db/refunds.ts';
import { newId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import { foreignMovements } from './match-refund.ts';

/**
 * Refunds that somebody made at the vendor: written down like our own, so that they are documented; the sweeper starts
 * their workflow. Returns how many there are that are news. Told again: they are known by their movement.
 */
export async function noticeRefunds(
  tx: Sql,
  payment: PaymentRow,
  moved: { readonly charges: readonly TransactionRow[]; readonly refunds: readonly TransactionRow[] },
  documented: string | null,
): Promise<number> {
  if (moved.refunds.length === 0) return 0;
  const foreign = foreignMovements(moved.refunds, await listRefunds(tx, payment.id), moved.charges);
  for (const movement of foreign) {
    const charge = chargeOf(movement, moved.charges);
    if (charge !== undefined) await writeDown(tx, payment, movement, charge, documented === charge.id);
  }
  return foreign.length;
}

function chargeOf(movement: TransactionRow, charges: readonly TransactionRow[]): TransactionRow | undefined {
  return charges.find((row) => row.providerTransactionId === movement.refundOf) ?? charges[0];
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
