import type { Scope } from '../domain/scopes.ts';
import type { Sql } from './pool.ts';

/** An API key without its secret. */
export interface ApiKeyRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** From when on it works no more. */
  readonly expiresAt: Date | null;
}

const COLUMNS = `id, workspace_id AS "workspaceId", name, scopes, prefix, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"`;

/** Inserts a key and returns when it was created. */
export async function insertApiKey(
  tx: Sql,
  key: Omit<ApiKeyRow, 'createdAt' | 'lastUsedAt'> & { secretHash: Buffer },
): Promise<Date> {
  const { rows } = await tx.query<{ createdAt: Date }>(
    `INSERT INTO api_keys (id, workspace_id, name, scopes, prefix, secret_hash, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     RETURNING created_at AS "createdAt"`,
    [key.id, key.workspaceId, key.name, key.scopes, key.prefix, key.secretHash, key.expiresAt],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`the API key ${key.id} was not inserted`);
  return row.createdAt;
}

/**
 * Finds a key by the hash of its secret, as the system role; also one that has expired. Records the use at most once a
 * minute, to save writes.
 */
export async function findApiKeyBySecret(sql: Sql, secretHash: Buffer): Promise<ApiKeyRow | null> {
  const { rows } = await sql.query<ApiKeyRow>(
    `SELECT ${COLUMNS} FROM api_keys WHERE secret_hash = $1 AND revoked_at IS NULL`,
    [secretHash],
  );
  const key = rows[0];
  if (!key) return null;
  if (key.lastUsedAt === null || key.lastUsedAt.getTime() < Date.now() - 60_000) {
    await sql.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [key.id]);
  }
  return key;
}

/** Keys that were not revoked, newest first. Expired ones are among them; no secret is. */
export async function listApiKeys(tx: Sql, workspaceId: string): Promise<ApiKeyRow[]> {
  const { rows } = await tx.query<ApiKeyRow>(
    `SELECT ${COLUMNS} FROM api_keys WHERE workspace_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id DESC`,
    [workspaceId],
  );
  return rows;
}

/** Revokes a key; true if it was active. */
export async function revokeApiKey(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
    [id],
  );
  return rowCount === 1;
}
