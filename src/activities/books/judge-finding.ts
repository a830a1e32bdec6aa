import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findTransaction } from '../../db/provider-transactions.ts';
import type { PaymentFinding, ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { Kept } from './update-standing.ts';
import { runOrAsk } from './run-or-ask.ts';
import type { ActivityContext } from '../context.ts';
import { judgeBooks, toVerification } from './judge-books.ts';
import { recordDisputes } from './judge-dispute.ts';
import type { DisputeNews } from './judge-dispute.ts';
import type { LoadedPayment } from './load-payment.ts';
import { recordTransaction } from './record-transaction.ts';
import { noteUnreadable } from './unreadable-rows.ts';
import type { Verification } from './verification.ts';

/**
 * Records what the provider reported and returns what it means, in one transaction. Repeating it changes nothing. If
 * a rule of ours refuses it, a person is asked.
 */
export function judgeFinding(
  context: ActivityContext,
  loaded: LoadedPayment,
  finding: PaymentFinding,
): Promise<Verification> {
  const { id: paymentId, workspaceId } = loaded.payment;
  return runOrAsk(
    context,
    { workspaceId, paymentId, subject: 'what the provider tells' },
    async (tx) => {
      const payment = await getLockedPayment(tx, paymentId);
      await noteUnreadable(tx, payment, finding.unreadable, loaded.loadedAt);
      const otherIds = new Set(await record(context, tx, { ...loaded, payment }, finding));
      const disputes = await recordDisputes(tx, payment, finding.disputes);
      for (const { paymentId: id } of disputes) if (id !== payment.id) otherIds.add(id);
      for (const id of otherIds) await judge(tx, await getLockedPayment(tx, id), disputes);
      return judge(tx, payment, disputes);
    },
    (_tx, kept) => Promise.resolve(notWrittenDown(kept)),
  );
}

/**
 * The report may be about money. As long as it is not in the books, a person has to look, and no payer is waited for.
 */
function notWrittenDown(kept: Kept): Verification {
  const verification = toVerification(kept);
  return verification.verdict === 'unchanged' ? { ...verification, verdict: 'held' } : verification;
}

function judge(tx: Sql, payment: PaymentRow, disputes: readonly DisputeNews[]): Promise<Verification> {
  const own = disputes.filter(({ paymentId }) => paymentId === payment.id).map(({ told }) => told);
  return judgeBooks(tx, payment, own);
}

async function getLockedPayment(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await lockPayment(tx, id);
  if (payment === null) throw new Error(`payment ${id} is gone`);
  return payment;
}

/**
 * Records what the vendor reported about this payment. A refund of a charge that became a separate payment belongs to
 * that payment, although the vendor has both under one id. Returns the ids of such payments.
 */
async function record(
  context: ActivityContext,
  tx: Sql,
  { payment, account, workspace }: LoadedPayment,
  { transactions }: PaymentFinding,
): Promise<readonly string[]> {
  const mustAcknowledge = context.adapters.payment(account, workspace.mode).acknowledge !== undefined;
  const askedId = payment.takenFrom ?? payment.id;
  const otherIds = new Set<string>();
  for (const told of transactions) {
    if (told.reference !== null && told.reference !== askedId) continue;
    const ownerId = await ownerOf(tx, payment, told);
    const isOwn = ownerId === payment.id;
    if (!isOwn && payment.takenFrom !== null) continue;
    await recordTransaction(context, tx, { ...payment, id: ownerId }, told, mustAcknowledge);
    if (!isOwn) otherIds.add(ownerId);
  }
  return [...otherIds];
}

async function ownerOf(tx: Sql, payment: PaymentRow, told: ProviderTransaction): Promise<string> {
  const charge =
    told.kind === 'refund' && told.refundOf !== null
      ? await findTransaction(tx, payment.accountId, told.refundOf)
      : null;
  return charge?.paymentId ?? payment.takenFrom ?? payment.id;
}
