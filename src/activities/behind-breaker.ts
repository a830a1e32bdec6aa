import { activityInfo } from '@temporalio/activity';
import { isRefusedLong } from '../db/breakers.ts';
import { findAccountBehind } from '../db/provider-accounts.ts';
import type { Concern } from '../db/provider-accounts.ts';
import { inWorkspace } from '../db/transaction.ts';
import { isProviderError } from '../domain/provider-error.ts';
import type { ActivityContext } from './context.ts';

/**
 * Calls that wait for a breaker check it every few seconds, for hours. So they check it first, and read everything
 * else only if they may call.
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
 * Whether a call failed because the provider has refused our keys for longer than the webhook grace. Then nothing
 * waits for the provider until a person has renewed the keys.
 */
export async function failsForKeys(
  { pool }: Pick<ActivityContext, 'pool'>,
  paymentId: string,
  error: unknown,
): Promise<boolean> {
  const mayBe = isProviderError(error) && ['credentials_invalid', 'circuit_open'].includes(error.code);
  return mayBe && (await isRefusedLong(pool, paymentId));
}
