import { isDeepStrictEqual } from 'node:util';
import type { Mode } from '../../domain/workspace.ts';
import type { ApiContext } from '../context.ts';
import type { PlannedAccount } from './account-store.ts';
import { toAccountProblem } from './check-credentials.ts';
import { DEFAULT_OPTIONS } from './account-order.ts';
import type { AccountOrder } from './account-order.ts';

/**
 * Completes the credentials for storage. If they lack something that came from the vendor itself (Stripe's webhook
 * secret), the stored one is used. If there is none, our webhook address is registered with the vendor.
 * @throws Problem if the vendor refuses that or does not answer
 */
export async function completeCredentials(
  context: Pick<ApiContext, 'adapters' | 'publicUrl'>,
  order: AccountOrder,
  plan: PlannedAccount,
  mode: Mode,
): Promise<unknown> {
  const { known } = plan;
  if (known !== null) {
    const stored = context.adapters.openCredentials(known.id, known.credentialsSealed);
    if (isPartOf(order.credentials, stored)) return stored;
  }
  const url = `${context.publicUrl}/webhooks/${order.face.name}/${plan.token}`;
  const options = { ...DEFAULT_OPTIONS, ...order.options };
  try {
    return await order.face.complete(order.credentials, options, mode, url);
  } catch (error) {
    throw toAccountProblem(error, order.face.name);
  }
}

function isPartOf(given: unknown, stored: unknown): boolean {
  if (!isRecord(given) || !isRecord(stored)) return false;
  return isDeepStrictEqual({ ...stored, ...given }, stored);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
