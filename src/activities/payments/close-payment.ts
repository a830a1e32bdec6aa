import { lockPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen } from '../../domain/payment.ts';
import type { PaymentStatus, UnpaidEnd } from '../../domain/payment.ts';
import { endPayment } from '../../history/end-payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';

export type CloseOrder = UnpaidEnd & { readonly workspaceId: string; readonly paymentId: string };

/** Ends a payment without money. One that is no longer open is left as it is; returns how it stands. */
export function createClosePayment(context: ActivityContext) {
  return async function closePayment(order: CloseOrder): Promise<PaymentStatus> {
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, order.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${order.paymentId}`);
      if (!isOpen(payment.status)) return payment.status;
      await endPayment(context, tx, payment, order);
      return order.status;
    });
  };
}
