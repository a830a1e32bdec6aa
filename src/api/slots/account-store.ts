import { isDeepStrictEqual } from 'node:util';
import type { Sql } from '../../db/pool.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { newId, newToken } from '../../domain/ids.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import type { SlotFamily } from './slot-families.ts';
import { DEFAULT_OPTIONS } from './slot-order.ts';
import type { SlotOrder } from './slot-order.ts';

/** Where the sealed token of an account's webhook address lives; the worker opens it there too. */
export function webhookTokenPlace(accountId: string) {
  return { table: 'provider_accounts', rowId: accountId, column: 'webhook_token' };
}

/**
 * Puts an account in force whose credentials were found right. The same vendor account keeps its row, address and, where
 * the order says nothing, options; another gets a row of its own, and the old row stays for the links made through it.
 * The caller holds the workspace's lock.
 */
export async function storeAccount(
  context: ApiContext,
  tx: Sql,
  slot: SlotFamily,
  order: SlotOrder & { workspaceId: string },
): Promise<AccountRow> {
  const { providerAccounts } = context.db;
  const key = {
    workspaceId: order.workspaceId,
    family: slot.family,
    provider: order.face.name,
    accountKeyHash: hashSecret(order.face.accountKey(order.credentials)),
  };
  const known = await providerAccounts.findAccountByKey(tx, key);
  await providerAccounts.deactivateAccount(tx, order.workspaceId, slot.family);
  if (known === null) {
    const options = { ...DEFAULT_OPTIONS, ...order.options };
    return providerAccounts.insertActiveAccount(tx, {
      ...key,
      ...toNewSecrets(context, order.credentials),
      options,
    });
  }
  const stored = context.adapters.openCredentials(known.id, known.credentialsSealed);
  if (!isDeepStrictEqual(stored, order.credentials)) {
    const sealed = context.adapters.sealCredentials(known.id, order.credentials);
    await providerAccounts.renewCredentials(tx, known.id, sealed);
  }
  return providerAccounts.activateAccount(tx, known.id, { ...known.options, ...order.options });
}

function toNewSecrets({ adapters, secrets }: ApiContext, credentials: unknown) {
  const id = newId('account');
  const token = newToken();
  return {
    id,
    credentialsSealed: adapters.sealCredentials(id, credentials),
    webhookTokenHash: hashSecret(token),
    webhookTokenSealed: secrets.seal('link', webhookTokenPlace(id), token),
  };
}
