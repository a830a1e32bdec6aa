import type { Sql } from '../../db/pool.ts';
import { upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { linkRefund } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { fromZonedStamp } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import { plainMeans, withheldIn } from '../../domain/means.ts';
import type { Means, PaymentMethod } from '../../domain/means.ts';

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
    means: meansBack(refund, charge),
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

/**
 * The means of payment of the charge, or of the refund that was made by hand. All of a charge goes back as it came: tax
 * that was withheld never came as money.
 */
function meansBack(refund: RefundRow, charge: TransactionRow): Means[] {
  const { amount } = refund;
  const isWhole = amount === charge.amount && charge.accountId === null;
  const tax = isWhole ? charge.means.filter(({ method }) => method === 'withheld') : [];
  if (refund.method !== 'original') {
    const money = plainMeans(refund.method satisfies PaymentMethod, amount - withheldIn(tax));
    return [money, ...tax];
  }
  const money = charge.means.filter(({ method }) => method !== 'withheld').map(atOnce);
  return isWhole ? [...money, ...tax] : [partOf(money, amount, charge)];
}

/** A part goes back by the first means, or by the one of several that came to just this sum, as a cheque that bounced. */
function partOf(money: readonly Means[], amount: number, { accountId }: TransactionRow): Means {
  const [first, ...others] = money;
  if (first === undefined) return plainMeans('other', amount);
  if (accountId !== null || others.length === 0) return { ...first, amount };
  const [same, ...alike] = money.filter((one) => one.amount === amount);
  if (same !== undefined && alike.length === 0) return same;
  // Which of several cheques it is nobody said, and a cheque without its number is none on paper.
  return plainMeans(first.method === 'check' ? 'other' : first.method, amount);
}

/** Money goes back at once, whatever instalments it came in. */
function atOnce(means: Means): Means {
  return { ...means, dealType: 'regular', installments: 1, firstAmount: null, restAmount: null };
}
