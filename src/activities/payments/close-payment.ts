import { listOpenNews } from '../../db/news.ts';
import { lockPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen } from '../../domain/payment.ts';
import type { PaymentStatus, UnpaidEnd } from '../../domain/payment.ts';
import { endPayment } from '../../history/end-payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { underWaySince } from './under-way.ts';

/** A payment that ends unpaid, and how. */
export type CloseOrder = UnpaidEnd & { readonly workspaceId: string; readonly paymentId: string };

/**
 * Ends a payment without money; returns its state. A payment that is no longer open stays as it is. So does one with
 * money on its way, because news of it may have come since the provider was asked.
 */
export function createClosePayment(context: ActivityContext) {
  return async function closePayment(order: CloseOrder): Promise<PaymentStatus> {
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, order.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${order.paymentId}`);
      const news = await listOpenNews(tx, payment.id);
      const isUnderWay = order.status !== 'failed' && underWaySince(payment, news) !== null;
      if (!isOpen(payment.status) || isUnderWay) return payment.status;
      await endPayment(context, tx, payment, order);
      return order.status;
    });
  };
}
