import type { Sql } from './pool.ts';

/** The connection of a workspace with the tax authority, as stored. */
export interface ConnectionRow {
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly refreshTokenSealed: Buffer | null;
  readonly refreshExpiresAt: Date | null;
  readonly accessTokenSealed: Buffer | null;
  readonly accessExpiresAt: Date | null;
  readonly connectedAt: Date | null;
  readonly brokenAt: Date | null;
}

const COLUMNS = `workspace_id AS "workspaceId", user_id AS "userId", refresh_token_sealed AS "refreshTokenSealed",
  refresh_expires_at AS "refreshExpiresAt", access_token_sealed AS "accessTokenSealed",
  access_expires_at AS "accessExpiresAt", connected_at AS "connectedAt", broken_at AS "brokenAt"`;

const STATE_LIFE = '15 minutes';

/** Begins a connection. An earlier one goes on until the new one is there. */
export async function beginConnection(
  tx: Sql,
  begun: { readonly workspaceId: string; readonly userId: string | null; readonly stateHash: Buffer },
): Promise<Date> {
  const { rows } = await tx.query<{ until: Date }>(
    `INSERT INTO tax_authority_connections (workspace_id, user_id, state_hash, state_expires_at)
     VALUES ($1, $2, $3, now() + interval '${STATE_LIFE}')
     ON CONFLICT (workspace_id) DO UPDATE SET user_id = EXCLUDED.user_id, state_hash = EXCLUDED.state_hash,
       state_expires_at = EXCLUDED.state_expires_at
     RETURNING state_expires_at AS until`,
    [begun.workspaceId, begun.userId, begun.stateHash],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a connection that was begun is not there');
  return row.until;
}

/** The connection of a workspace, its tokens still sealed. Null: it was never connected. */
export async function findConnection(tx: Sql, workspaceId: string): Promise<ConnectionRow | null> {
  const { rows } = await tx.query<ConnectionRow>(
    `SELECT ${COLUMNS} FROM tax_authority_connections WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
}

/** Takes what came back with a code, once. System role: a browser knows no workspace. @returns null where nobody waits for it */
export async function takeState(sql: Sql, stateHash: Buffer): Promise<string | null> {
  const { rows } = await sql.query<{ workspaceId: string }>(
    `UPDATE tax_authority_connections SET state_hash = NULL, state_expires_at = NULL
     WHERE state_hash = $1 AND state_expires_at > now() RETURNING workspace_id AS "workspaceId"`,
    [stateHash],
  );
  return rows[0]?.workspaceId ?? null;
}

/** Tokens, sealed, with how long they are good. */
export interface SealedTokens {
  readonly refreshTokenSealed: Buffer;
  readonly refreshSeconds: number;
  readonly accessTokenSealed: Buffer;
  readonly accessSeconds: number;
}

/** Stores new tokens in place of the ones before, and ends a renewal. */
export async function storeTokens(tx: Sql, workspaceId: string, tokens: SealedTokens): Promise<void> {
  await tx.query(
    `UPDATE tax_authority_connections SET refresh_token_sealed = $2, refresh_expires_at = now() + make_interval(secs => $3),
       access_token_sealed = $4, access_expires_at = now() + make_interval(secs => $5),
       connected_at = coalesce(CASE WHEN broken_at IS NULL THEN connected_at END, now()), broken_at = NULL,
       renewing_until = NULL, warned_at = NULL
     WHERE workspace_id = $1`,
    [
      workspaceId,
      tokens.refreshTokenSealed,
      tokens.refreshSeconds,
      tokens.accessTokenSealed,
      tokens.accessSeconds,
    ],
  );
}

const RENEWAL_SECONDS = 60;

/** Lets one process use the refresh token; false while another does, or where there is none. */
export async function leaseRenewal(tx: Sql, workspaceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_authority_connections SET renewing_until = now() + make_interval(secs => $2)
     WHERE workspace_id = $1 AND refresh_token_sealed IS NOT NULL AND broken_at IS NULL
       AND (renewing_until IS NULL OR renewing_until < now())`,
    [workspaceId, RENEWAL_SECONDS],
  );
  return rowCount === 1;
}

/** Lets other processes use the refresh token again, before the lease ends by itself. */
export async function releaseRenewal(tx: Sql, workspaceId: string): Promise<void> {
  await tx.query('UPDATE tax_authority_connections SET renewing_until = NULL WHERE workspace_id = $1', [
    workspaceId,
  ]);
}

/** The authority takes the tokens no more; true the first time. */
export async function markBroken(tx: Sql, workspaceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_authority_connections SET broken_at = now(), renewing_until = NULL
     WHERE workspace_id = $1 AND refresh_token_sealed IS NOT NULL AND broken_at IS NULL`,
    [workspaceId],
  );
  return rowCount === 1;
}

/** Forgets the tokens; false if there were none. */
export async function forgetConnection(tx: Sql, workspaceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_authority_connections SET refresh_token_sealed = NULL, refresh_expires_at = NULL, access_token_sealed = NULL,
       access_expires_at = NULL, connected_at = NULL, broken_at = NULL, renewing_until = NULL, warned_at = NULL,
       state_hash = NULL, state_expires_at = NULL
     WHERE workspace_id = $1 AND refresh_token_sealed IS NOT NULL`,
    [workspaceId],
  );
  return rowCount === 1;
}

/** Connections whose refresh token ends within so many days. */
export async function listEndingConnections(sql: Sql, days: number): Promise<ConnectionRow[]> {
  const { rows } = await sql.query<ConnectionRow>(
    `SELECT ${COLUMNS} FROM tax_authority_connections
     WHERE broken_at IS NULL AND refresh_expires_at < now() + make_interval(days => $1) ORDER BY refresh_expires_at`,
    [days],
  );
  return rows;
}

/** Marks that the workspace was warned of the end; true the first time. */
export async function markWarned(tx: Sql, workspaceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE tax_authority_connections SET warned_at = now() WHERE workspace_id = $1 AND warned_at IS NULL',
    [workspaceId],
  );
  return rowCount === 1;
}
