import type { Pool } from '../../db/pool.ts';
import {
  findConnection,
  leaseRenewal,
  markBroken,
  releaseRenewal,
  storeTokens,
} from '../../db/tax-authority.ts';
import type { ConnectionRow } from '../../db/tax-authority.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isProviderError, ProviderError } from '../../domain/provider-error.ts';
import type { Mode } from '../../domain/workspace.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { Logger } from '../../logger.ts';
import type { TaxAuthority } from '../../providers/tax-authority/tax-authority.ts';
import { openToken, sealTokens } from '../../sealed-tokens.ts';
import type { Secrets } from '../../secrets.ts';

/** What reading an access token needs. `taxAuthority` is null where none is configured. */
export interface TokenParts {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly taxAuthority: TaxAuthority | null;
  readonly logger: Logger;
}

/** The business whose token is wanted. */
export interface ConnectedBusiness {
  readonly workspaceId: string;
  readonly mode: Mode;
}

/** A token that ends sooner could end on the way. */
const LEAST_LIFE_MS = 30_000;

/**
 * An access token that is good for the next call.
 * @param isFresh a new one, because the authority refused the stored one
 * @throws ProviderError `credentials_invalid` where a person must connect again; others where no token is to be had now
 */
export async function readAccessToken(
  parts: TokenParts,
  business: ConnectedBusiness,
  isFresh = false,
): Promise<string> {
  const { workspaceId } = business;
  const connection = await inWorkspace(parts.pool, workspaceId, (tx) => findConnection(tx, workspaceId));
  if (connection === null || connection.accessTokenSealed === null || connection.brokenAt !== null)
    throw new ProviderError('credentials_invalid', 'tax authority: the business is not connected');
  const isGood = (connection.accessExpiresAt?.getTime() ?? 0) - Date.now() > LEAST_LIFE_MS;
  if (isGood && !isFresh)
    return openToken(parts.secrets, workspaceId, 'access_token', connection.accessTokenSealed);
  return renewTokens(parts, business);
}

/**
 * Uses the refresh token and stores what comes, one process at a time. A refresh token that the authority takes no more breaks the
 * connection, and the workspace is told once.
 */
export async function renewTokens(parts: TokenParts, business: ConnectedBusiness): Promise<string> {
  const { pool, taxAuthority } = parts;
  const { workspaceId, mode } = business;
  if (taxAuthority === null)
    throw new ProviderError('unreachable', 'tax authority: this installation is not registered there');
  const connection = await inWorkspace(pool, workspaceId, async (tx) =>
    (await leaseRenewal(tx, workspaceId)) ? findConnection(tx, workspaceId) : null,
  );
  if (connection === null)
    throw new ProviderError('unreachable', 'tax authority: another process renews the connection');
  try {
    const tokens = await taxAuthority.renew(mode, refreshTokenOf(parts, connection));
    await inWorkspace(pool, workspaceId, (tx) =>
      storeTokens(tx, workspaceId, sealTokens(parts.secrets, workspaceId, tokens)),
    );
    return tokens.accessToken;
  } catch (error) {
    await afterFailure(parts, business, error);
    throw error;
  }
}

async function afterFailure(
  { pool, logger }: TokenParts,
  { workspaceId }: ConnectedBusiness,
  error: unknown,
): Promise<void> {
  const isOver = isProviderError(error) && error.code === 'credentials_invalid';
  await inWorkspace(pool, workspaceId, async (tx) => {
    if (!isOver) return releaseRenewal(tx, workspaceId);
    if (!(await markBroken(tx, workspaceId))) return;
    await tellWorkspaces(tx, [workspaceId], { type: 'tax_authority.connection_broken', facts: {} });
  });
  logger.warn({ err: error, workspaceId }, 'the connection with the tax authority could not be renewed');
}

function refreshTokenOf(parts: TokenParts, { workspaceId, refreshTokenSealed }: ConnectionRow): string {
  if (refreshTokenSealed === null) throw new Error('a leased connection has no refresh token');
  return openToken(parts.secrets, workspaceId, 'refresh_token', refreshTokenSealed);
}
