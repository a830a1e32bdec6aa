import type { ActivityContext } from '../../activities/context.ts';
import { findDispute, listDisputedPayments } from '../../db/disputes.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { findTransaction } from '../../db/provider-transactions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isDisputeNews } from '../../domain/standing.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { ProviderDispute } from '../../providers/payments/payment-provider.ts';

/**
 * Payments of an account whose disputes must be asked about. The vendor lists a dispute that our books lack, or hold
 * with another status; or a dispute of ours may still change. Disputes of charges that are not ours are ignored.
 */
export async function compareDisputes(
  { pool, adapters }: Pick<ActivityContext, 'pool' | 'adapters'>,
  account: AccountRow,
  workspace: Workspace,
  range: { readonly from: Date; readonly until: Date },
): Promise<readonly string[]> {
  const { id: accountId, workspaceId } = account;
  const found = new Set(await inWorkspace(pool, workspaceId, (tx) => listDisputedPayments(tx, accountId)));
  const listing = adapters.payment(account, workspace.mode).listDisputes?.(range) ?? [];
  for await (const told of listing) {
    const paymentId = await paymentOfNews(pool, account, told);
    if (paymentId !== null) found.add(paymentId);
  }
  return [...found];
}

function paymentOfNews(
  pool: ActivityContext['pool'],
  { id: accountId, workspaceId }: AccountRow,
  { disputeId, transactionId, status }: ProviderDispute,
): Promise<string | null> {
  return inWorkspace(pool, workspaceId, async (tx) => {
    const known = await findDispute(tx, accountId, disputeId);
    if (!isDisputeNews(known?.status ?? null, status)) return null;
    return (await findTransaction(tx, accountId, transactionId))?.paymentId ?? null;
  });
}
