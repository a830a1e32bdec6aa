import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findTransaction } from '../../db/provider-transactions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentFinding, ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { judgeBooks } from './judge-books.ts';
import { judgeDisputes } from './judge-dispute.ts';
import type { LoadedPayment } from './load-payment.ts';
import { recordMovement } from './record-finding.ts';
import { noteUnreadable } from './unreadable-rows.ts';
import type { Verification } from './verify-payment.ts';

/** Records what the provider told and says what it comes to. One transaction; telling it twice changes nothing. */
export function judgeFinding(
  context: ActivityContext,
  loaded: LoadedPayment,
  finding: PaymentFinding,
): Promise<Verification> {
  return inWorkspace(context.pool, loaded.payment.workspaceId, async (tx) => {
    const held = await mustLock(tx, loaded.payment.id);
    const payment = await noteUnreadable(tx, held, finding.unreadable);
    const { isTakenBack, otherIds } = await record(context, tx, { ...loaded, payment }, finding);
    for (const id of otherIds) await judgeBooks(tx, await mustLock(tx, id));
    const standing = await judgeDisputes(tx, payment, finding.disputes);
    return judgeBooks(tx, standing, isTakenBack);
  });
}

async function mustLock(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await lockPayment(tx, id);
  if (payment === null) throw new Error(`payment ${id} is gone`);
  return payment;
}

/**
 * Writes down what the vendor told of this payment. A refund of a charge that became a payment of its own is that
 * payment's, though the vendor knows both by one id; `otherIds` are those.
 */
async function record(
  context: ActivityContext,
  tx: Sql,
  { payment, account, workspace }: LoadedPayment,
  { transactions }: PaymentFinding,
): Promise<{ isTakenBack: boolean; otherIds: readonly string[] }> {
  const mustAcknowledge = context.adapters.payment(account, workspace.mode).acknowledge !== undefined;
  const askedId = payment.takenFrom ?? payment.id;
  const otherIds = new Set<string>();
  let isTakenBack = false;
  for (const told of transactions) {
    if (told.reference !== null && told.reference !== askedId) continue;
    const ownerId = await ownerOf(tx, payment, told);
    const isOwn = ownerId === payment.id;
    if (!isOwn && payment.takenFrom !== null) continue;
    const owner = isOwn ? payment : { ...payment, id: ownerId };
    const recorded = await recordMovement(context, tx, owner, told, mustAcknowledge);
    if (isOwn) isTakenBack ||= recorded.isTakenBack;
    else otherIds.add(ownerId);
  }
  return { isTakenBack, otherIds: [...otherIds] };
}

async function ownerOf(tx: Sql, payment: PaymentRow, told: ProviderTransaction): Promise<string> {
  const charge =
    told.kind === 'refund' && told.refundOf !== null
      ? await findTransaction(tx, payment.accountId, told.refundOf)
      : null;
  return charge?.paymentId ?? payment.takenFrom ?? payment.id;
}
