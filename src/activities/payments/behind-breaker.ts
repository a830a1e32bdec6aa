import { activityInfo } from '@temporalio/activity';
import { isRefusedLong } from '../../db/circuit-breakers.ts';
import { findAccountBehind } from '../../db/provider-accounts.ts';
import type { Concern } from '../../db/provider-accounts.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ActivityContext } from '../context.ts';

/**
 * What waits behind a breaker looks at it every few seconds, for hours: it asks the breaker first, and reads all that a call
 * needs only when it may call.
 * @throws ProviderError `circuit_open`
 */
export async function passBreaker(
  { pool, adapters }: Pick<ActivityContext, 'pool' | 'adapters'>,
  about: { readonly workspaceId: string } & Concern,
): Promise<void> {
  if (activityInfo().attempt === 1) return;
  const account = await inWorkspace(pool, about.workspaceId, (tx) => findAccountBehind(tx, about));
  if (account !== null) await adapters.mayCall(account, account.mode);
}

/**
 * Whether a call failed because the provider refuses our keys, and has done so for longer than a webhook is waited for: then
 * nobody waits until a person has renewed them.
 */
export async function failsForKeys(
  { pool }: Pick<ActivityContext, 'pool'>,
  paymentId: string,
  error: unknown,
): Promise<boolean> {
  const mayBe = isProviderError(error) && ['credentials_invalid', 'circuit_open'].includes(error.code);
  return mayBe && (await isRefusedLong(pool, paymentId));
}
