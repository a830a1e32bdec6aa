import {
  activateAccount,
  deactivateAccount,
  findAccountByKey,
  insertActiveAccount,
  renewCredentials,
} from '../../db/provider-accounts.ts';
import { isDeepStrictEqual } from 'node:util';
import { inWorkspace } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { Problem } from '../../domain/problems.ts';
import { newId, newToken } from '../../domain/ids.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import type { ProviderFamily } from './account-families.ts';
import { DEFAULT_OPTIONS } from './account-order.ts';
import type { AccountOrder } from './account-order.ts';
import { placeIn } from '../../sealed-places.ts';

/** The place of the sealed webhook token of an account. The worker opens it there too. */
export function webhookTokenPlace(accountId: string) {
  return placeIn('provider_accounts.webhook_token', accountId);
}

/** The id and webhook address of an account, before anything of it is stored. */
export interface PlannedAccount {
  readonly id: string;
  readonly token: string;
  /** The stored row of the same vendor account. */
  readonly known: AccountRow | null;
}

/** Finds the row of the same vendor account, or makes ids for a new one. */
export async function planAccount(
  context: ApiContext,
  family: ProviderFamily,
  order: AccountOrder & { workspaceId: string },
): Promise<PlannedAccount> {
  const { pool, secrets } = context;
  const known = await inWorkspace(pool, order.workspaceId, (tx) =>
    findAccountByKey(tx, keyOf(family, order)),
  );
  if (known === null) return { id: newId('account'), token: newToken(), known };
  const token = secrets.open(webhookTokenPlace(known.id), known.webhookTokenSealed);
  return { id: known.id, token: token.toString(), known };
}

function keyOf(family: ProviderFamily, order: AccountOrder & { workspaceId: string }) {
  return {
    workspaceId: order.workspaceId,
    family: family.name,
    provider: order.face.name,
    accountKeyHash: hashSecret(order.face.accountKey(order.credentials)),
  };
}

/**
 * Activates an account whose credentials were tested. The same vendor account keeps its row, its address and, unless
 * the request sets them, its options. Another vendor account gets its own row, and the old row stays for existing
 * links. The caller has locked the workspace.
 */
export async function storeAccount(
  context: ApiContext,
  tx: Sql,
  family: ProviderFamily,
  order: AccountOrder & { workspaceId: string },
  plan: PlannedAccount,
): Promise<AccountRow> {
  const key = keyOf(family, order);
  const known = await findAccountByKey(tx, key);
  await deactivateAccount(tx, order.workspaceId, family.name);
  if (known?.id !== plan.known?.id) {
    throw new Problem('conflict', 'another request is changing this account; try again', {
      retryAfterSeconds: 1,
    });
  }
  if (known === null) {
    const options = { ...DEFAULT_OPTIONS, ...order.options };
    return insertActiveAccount(tx, {
      ...key,
      ...toNewSecrets(context, order.credentials, plan),
      options,
    });
  }
  const stored = context.adapters.openCredentials(known.id, known.credentialsSealed);
  if (!isDeepStrictEqual(stored, order.credentials)) {
    await renewCredentials(tx, known.id, {
      credentialsSealed: context.adapters.sealCredentials(known.id, order.credentials),
      previousSealed: context.adapters.sealCredentials(known.id, stored, 'previous'),
    });
  }
  return activateAccount(tx, known.id, { ...known.options, ...order.options });
}

function toNewSecrets(
  { adapters, secrets }: ApiContext,
  credentials: unknown,
  { id, token }: PlannedAccount,
) {
  return {
    id,
    credentialsSealed: adapters.sealCredentials(id, credentials),
    webhookTokenHash: hashSecret(token),
    webhookTokenSealed: secrets.seal(webhookTokenPlace(id), token),
  };
}
