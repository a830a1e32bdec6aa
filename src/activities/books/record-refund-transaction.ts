import type { Sql } from '../../db/pool.ts';
import { upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { linkRefund } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { fromZonedStamp } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import { plainMeans } from '../../domain/means.ts';
import type { PaymentMethod } from '../../domain/means.ts';

/** Records the transaction of a refund and links the two. Repeating it changes nothing. */
export async function recordRefundTransaction(
  tx: Sql,
  about: { refund: RefundRow; charge: TransactionRow; accountId: string | null },
  told: { providerTransactionId: string; rawCode: string },
): Promise<void> {
  const { refund, charge } = about;
  const movedAt = await movedAtOf(tx, refund);
  const { row } = await upsertTransaction(tx, {
    id: newId('transaction'),
    workspaceId: refund.workspaceId,
    paymentId: refund.paymentId,
    accountId: about.accountId,
    providerTransactionId: told.providerTransactionId,
    kind: 'refund',
    status: 'succeeded',
    amount: refund.amount,
    currency: refund.currency,
    paidAt: movedAt,
    paidAtRaw: refund.paidOn ?? movedAt.toISOString(),
    means: [{ ...meansBack(refund, charge), amount: refund.amount }],
    payerName: charge.payerName,
    refundOf: charge.providerTransactionId,
    refundReference: refund.id,
    secretSealed: null,
    refundableAmount: null,
    rawCode: told.rawCode,
    foreignDocument: null,
  });
  await linkRefund(tx, refund.id, row.id);
}

/** Now, or noon of the given day, in the time zone of the workspace. */
async function movedAtOf(tx: Sql, refund: RefundRow): Promise<Date> {
  if (refund.paidOn === null) return new Date();
  const workspace = await findWorkspace(tx, refund.workspaceId);
  if (workspace === null) throw new Error(`the workspace of ${refund.id} is gone`);
  return fromZonedStamp(`${refund.paidOn} 12:00:00`, workspace.timeZone);
}

/** The means of payment of the charge, or of the refund that was made by hand. */
function meansBack(refund: RefundRow, charge: TransactionRow) {
  const [first] = charge.means;
  if (refund.method !== 'original') return plainMeans(refund.method satisfies PaymentMethod, refund.amount);
  if (first === undefined) return plainMeans('other', refund.amount);
  const once = { dealType: 'regular', installments: 1, firstAmount: null, restAmount: null } as const;
  return { ...first, ...once };
}
