import { findAccountByWebhookToken } from '../../db/provider-accounts.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';

/** The account that a webhook belongs to. */
export interface WebhookAccount {
  readonly account: AccountRow;
  readonly workspace: Workspace;
}

/** How long an account is cached. New secrets are noticed at once all the same. */
const FRESH_MS = 5_000;
const MAX_REMEMBERED = 1_000;

/** Finds accounts by the unguessable part of their webhook address, without a query for each webhook. */
export interface WebhookAccounts {
  /** Null if the address is unknown. `isFresh`: reads it again, because a signature was wrong. */
  find(provider: string, token: string, isFresh?: boolean): Promise<WebhookAccount | null>;
}

/** Makes the finder of one API process, with its own cache. Accounts of invoice services are never found. */
export function createWebhookAccounts({ pool }: Pick<ApiContext, 'pool'>): WebhookAccounts {
  const known = new Map<string, { receiver: WebhookAccount; readAt: number }>();
  /** Reads under way: a burst of webhooks at once waits for one. */
  const reading = new Map<string, Promise<WebhookAccount | null>>();

  const read = async (hash: Buffer): Promise<WebhookAccount | null> => {
    const account = await findAccountByWebhookToken(pool, hash);
    if (account?.family !== 'payment') return null;
    const workspace = await findWorkspace(pool, account.workspaceId);
    return workspace === null ? null : { account, workspace };
  };
  const readOnce = (key: string, hash: Buffer): Promise<WebhookAccount | null> => {
    const begun = reading.get(key) ?? read(hash).finally(() => reading.delete(key));
    reading.set(key, begun);
    return begun;
  };
  const remember = (key: string, receiver: WebhookAccount): void => {
    if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value ?? '');
    known.set(key, { receiver, readAt: performance.now() });
  };

  return {
    find: async (provider, token, isFresh = false) => {
      const hash = hashSecret(token);
      const key = hash.toString('hex');
      const kept = isFresh ? undefined : known.get(key);
      const isStillFresh = kept !== undefined && performance.now() - kept.readAt < FRESH_MS;
      const receiver = isStillFresh ? kept.receiver : await (isFresh ? read(hash) : readOnce(key, hash));
      if (receiver?.account.provider !== provider) return null;
      if (!isStillFresh) remember(key, receiver);
      return receiver;
    },
  };
}
