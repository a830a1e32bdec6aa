import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setOutcome } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { failRefund as markFailed } from '../../db/refunds.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ActivityContext } from '../context.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/** Ends a refund without money: what it spoke for may be given back by another. */
export function createFailRefund(context: Pick<ActivityContext, 'pool'>) {
  return async function failRefund(order: RefundIds & { readonly reason: string }): Promise<void> {
    await inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const { refund } = await loadRefund(tx, order);
      await lockPayment(tx, refund.paymentId);
      await failRefundIn(tx, await loadRefund(tx, order), order.reason);
    });
  };
}

/** The same inside a transaction that holds the payment. `reason` is a code of ours. */
export async function failRefundIn(
  tx: Sql,
  { refund, payment }: LoadedRefund,
  reason: string,
): Promise<void> {
  if (!(await markFailed(tx, refund.id, reason))) return;
  if (refund.outcome === 'unknown') await setOutcome(tx, payment.id, 'known', null);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await insertLog(tx, {
    ...owner,
    kind: 'refund_failed',
    summary: `The refund did not happen (${reason}); no money moved`,
    detail: { refundId: refund.id },
  });
  const facts = { refundId: refund.id, amount: refund.amount, currency: refund.currency, reason };
  await insertPaymentEvents(tx, owner, [{ type: 'refund.failed', facts }]);
}
