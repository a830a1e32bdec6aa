import { listEndingConnections, markWarned } from '../../db/tax-authority.ts';
import type { ConnectionRow } from '../../db/tax-authority.ts';
import { inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import { sweepEach } from '../sweepers/sweep-each.ts';
import { renewTokens } from './access-token.ts';
import type { TokenParts } from './access-token.ts';

/** A refresh token is used before it ends: its successor has a life of its own. */
const RENEW_DAYS = 30;
const WARN_DAYS = 14;
const DAY_MS = 86_400_000;

/** Renews connections with the tax authority that end soon, and warns of those that could not be renewed. */
export async function keepConnections(parts: TokenParts): Promise<void> {
  if (parts.taxAuthority === null) return;
  await sweepEach(await listEndingConnections(withoutTransaction(parts.pool), RENEW_DAYS), {
    idsOf: ({ workspaceId }) => ({ workspaceId }),
    run: async (connection) => {
      if (!(await tryToRenew(parts, connection))) await warn(parts, connection);
    },
  });
}

async function tryToRenew(parts: TokenParts, { workspaceId }: ConnectionRow): Promise<boolean> {
  const workspace = await inWorkspace(parts.pool, workspaceId, (tx) => findWorkspace(tx, workspaceId));
  if (workspace === null) return false;
  try {
    await renewTokens(parts, { workspaceId, mode: workspace.mode });
    return true;
  } catch (error) {
    if (isProviderError(error)) return false;
    throw error;
  }
}

async function warn({ pool }: TokenParts, { workspaceId, refreshExpiresAt }: ConnectionRow): Promise<void> {
  if (refreshExpiresAt === null || refreshExpiresAt.getTime() - Date.now() > WARN_DAYS * DAY_MS) return;
  await inWorkspace(pool, workspaceId, async (tx) => {
    if (!(await markWarned(tx, workspaceId))) return;
    const facts = { expiresAt: refreshExpiresAt.toISOString() };
    await tellWorkspaces(tx, [workspaceId], { type: 'tax_authority.connection_expiring', facts });
  });
}
