import { readBooks } from '../../db/books.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { failRefund as markFailed } from '../../db/refunds.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { standingOf } from '../../domain/standing.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../context.ts';
import { readStanding, writeStanding } from '../books/update-standing.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/** The state of a refund after an attempt to end it without money. */
export type RefundEnd = 'failed' | 'moved';

/** That state. `settles`: a charge that is kept and to be documented now, if there is one. */
export interface FailedRefund {
  readonly end: RefundEnd;
  readonly settles?: string;
}

/**
 * Ends a refund that moved no money. Its amount may be refunded again. `moved`: a transaction was linked to it
 * meanwhile, so the refund is settled instead.
 */
export function createFailRefund(context: Pick<ActivityContext, 'pool'>) {
  return async function failRefund(order: RefundIds & { readonly reason: string }): Promise<FailedRefund> {
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const { refund } = await loadRefund(tx, order);
      await lockPayment(tx, refund.paymentId);
      const end = await failRefundIn(tx, await loadRefund(tx, order), order.reason);
      const { settles } = standingOf(await readBooks(tx, refund.paymentId));
      return { end, ...(settles === null ? {} : { settles }) };
    });
  };
}

/**
 * The same inside a transaction that has locked the payment. `reason` is a code of ours. If a person had decided on
 * this refund, the standing asks them again, or says that the charge is to be documented now.
 */
export async function failRefundIn(tx: Sql, loaded: LoadedRefund, reason: string): Promise<RefundEnd> {
  const { refund, payment } = loaded;
  if (refund.transactionId !== null) return 'moved';
  if (!(await markFailed(tx, refund.id, reason))) return 'failed';
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const kept = await readStanding(tx, payment.id);
  const facts = { refundId: refund.id, amount: refund.amount, currency: refund.currency, reason };
  const told = tell(tx, owner, {
    kind: 'refund_failed',
    summary: `The refund failed (${reason}). No money moved`,
    detail: { refundId: refund.id },
    events: [{ type: 'refund.failed', facts }],
  });
  await Promise.all([told, writeStanding(tx, kept)]);
  return 'failed';
}
