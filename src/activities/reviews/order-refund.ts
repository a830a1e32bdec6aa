import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertRefund } from '../../db/refunds.ts';
import { newId } from '../../domain/ids.ts';
import { withBank } from '../../domain/disputed-money.ts';
import type { Currency } from '../../domain/money.ts';
import type { RefundOrigin } from '../../domain/refund.ts';
import { givenBack, standingOf } from '../../domain/standing.ts';
import { tell } from '../../history/tell.ts';

/** Inserts a refund that a person decided on. The sweeper starts its workflow. Returns its id. */
export async function orderRefund(
  tx: Sql,
  payment: PaymentRow,
  order: {
    readonly charge: TransactionRow;
    readonly isDocumented: boolean;
    readonly reason: string;
    readonly amount?: number;
    readonly origin?: RefundOrigin;
  },
): Promise<string> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const id = newId('refund');
  const amount = order.amount ?? order.charge.amount;
  const currency = order.charge.currency as Currency;
  const { origin = 'review' } = order;
  await insertRefund(tx, {
    ...owner,
    id,
    chargeId: order.charge.id,
    transactionId: null,
    amount,
    currency,
    method: 'original',
    origin,
    isDocumented: order.isDocumented,
    reason: order.reason,
    paidOn: null,
  });
  await tell(tx, owner, {
    kind: 'refund_created',
    summary:
      origin === 'dispute'
        ? 'The bank took this money: the dispute was lost, and a person accepted that'
        : 'A person decided to refund this money',
    detail: { refundId: id },
    events: [{ type: 'refund.created', facts: { refundId: id, amount, currency, origin } }],
  });
  return id;
}

/**
 * The same for what is left of the documented charge, and is not with the payer's bank.
 * @throws RangeError if all of it is there
 */
export async function orderRefundOfRest(tx: Sql, payment: PaymentRow, reason: string): Promise<void> {
  const books = await readBooks(tx, payment.id);
  const charge = (await listCharges(tx, payment.id)).find(({ id }) => id === books.original?.chargeId);
  const { left } = standingOf(books).refund;
  if (charge === undefined || left <= 0) return;
  const kept = charge.amount - givenBack(charge.id, books.refunds);
  const amount = Math.min(left, kept - withBank(charge, await listDisputes(tx, payment.id)));
  if (amount <= 0) throw new RangeError('the payer’s bank has this money');
  await orderRefund(tx, payment, { charge, isDocumented: true, reason, amount });
}
