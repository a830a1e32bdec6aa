import { activityInfo } from '@temporalio/activity';
import { findAccountOfPayment } from '../../db/provider-accounts.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ActivityContext } from '../context.ts';

/**
 * What waits behind a breaker looks at it every few seconds, for hours: it asks the breaker first, and reads all that a call
 * needs only when it may call.
 * @throws ProviderError `circuit_open`
 */
export async function passBreaker(
  { pool, adapters }: Pick<ActivityContext, 'pool' | 'adapters'>,
  { workspaceId, paymentId }: { readonly workspaceId: string; readonly paymentId: string },
): Promise<void> {
  if (activityInfo().attempt === 1) return;
  const account = await inWorkspace(pool, workspaceId, (tx) => findAccountOfPayment(tx, paymentId));
  if (account !== null) await adapters.mayCall(account, account.mode);
}
