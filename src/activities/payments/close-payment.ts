import { insertPaymentEvents } from '../../db/events.ts';
import { listOpenNews } from '../../db/news.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setStatus } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen } from '../../domain/payment.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';

export interface CloseOrder {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly status: 'failed' | 'expired' | 'cancelled';
  /** A code of ours: why. */
  readonly reason: string;
}

const SENTENCES: Readonly<Record<CloseOrder['status'], (reason: string) => string>> = {
  expired: (reason) => `The link is past its time and ${KNOWN[reason] ?? NOTHING}`,
  failed: (reason) => `The provider refused the payment page (${reason})`,
  cancelled: (reason) => `Cancelled: ${KNOWN[reason] ?? NOTHING}`,
};

const NOTHING = 'the provider was asked first and knows of no payment';
/** Where the provider was not asked. */
const KNOWN: Readonly<Record<string, string>> = {
  keys_refused:
    'the provider could not be asked, because it refuses our keys: money that comes later counts as late',
};

/**
 * Ends a payment without money; returns how it stands. One that is no longer open is left as it is. So is one that money
 * is on its way to: news of it may have come since the provider was asked.
 */
export function createClosePayment(context: ActivityContext) {
  return async function closePayment(order: CloseOrder): Promise<PaymentStatus> {
    const owner = { workspaceId: order.workspaceId, paymentId: order.paymentId };
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, order.paymentId);
      if (payment === null) throw impossible('no_such_payment', `no payment ${order.paymentId}`);
      const isUnderWay = order.status !== 'failed' && (await isMoneyUnderWay(tx, payment));
      if (!isOpen(payment.status) || isUnderWay) return payment.status;
      await setStatus(tx, payment.id, order.status);
      await insertLog(tx, {
        ...owner,
        kind: order.status,
        summary: SENTENCES[order.status](order.reason),
        from: payment.status,
        to: order.status,
      });
      const facts = { status: order.status, reason: order.reason };
      await insertPaymentEvents(tx, owner, [{ type: `payment.${order.status}`, facts }]);
      context.metrics.payments.inc({ provider: payment.provider, outcome: order.status });
      return order.status;
    });
  };
}

/** A charge that its vendor has not decided, or that it signed and nobody has read back. */
async function isMoneyUnderWay(tx: Sql, { id, outcome }: PaymentRow): Promise<boolean> {
  return outcome === 'unknown' || (await listOpenNews(tx, id)).some(({ kind }) => kind === 'charge');
}
