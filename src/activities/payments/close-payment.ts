import { listOpenNews } from '../../db/news.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen } from '../../domain/payment.ts';
import type { PaymentStatus, UnpaidEnd } from '../../domain/payment.ts';
import { endPayment } from '../../history/end-payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';

export type CloseOrder = UnpaidEnd & { readonly workspaceId: string; readonly paymentId: string };

/**
 * Ends a payment without money; returns how it stands. One that is no longer open is left as it is. So is one that money
 * is on its way to: news of it may have come since the provider was asked.
 */
export function createClosePayment(context: ActivityContext) {
  return async function closePayment(order: CloseOrder): Promise<PaymentStatus> {
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, order.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${order.paymentId}`);
      const isUnderWay = order.status !== 'failed' && (await isMoneyUnderWay(tx, payment));
      if (!isOpen(payment.status) || isUnderWay) return payment.status;
      await endPayment(context, tx, payment, order);
      return order.status;
    });
  };
}

/** A charge that its vendor has not decided, or that it signed and nobody has read back. */
async function isMoneyUnderWay(tx: Sql, { id, outcome }: PaymentRow): Promise<boolean> {
  return outcome === 'unknown' || (await listOpenNews(tx, id)).some(({ kind }) => kind === 'charge');
}
