import { isUniqueViolation } from './pool.ts';
import type { Sql } from './pool.ts';

/** One use of a key: workspace, method + path, and the key itself. */
export interface IdempotencyUse {
  readonly workspaceId: string;
  readonly scope: string;
  readonly key: string;
  readonly requestHash: Buffer;
}

/** What is stored under a key. */
export interface IdempotencyRow {
  readonly requestHash: Buffer;
  readonly resourceId: string | null;
  readonly isLeased: boolean;
  readonly responseStatus: number | null;
  readonly responseSealed: Buffer | null;
}

const LEASE_SECONDS = 15;

/** How long an answer with a secret is kept: long enough to repeat a request whose connection was lost. */
const SECRET_MINUTES = 15;

/** An answer that is over counts as gone, also before it is deleted. */
const RESPONSE = 'CASE WHEN answer_until < now() THEN NULL ELSE response_sealed END AS "responseSealed"';

/**
 * Takes a key for the first time, or takes it over from a request that died. Null if taken; else the row in the way
 * (another body, a running request, or a stored answer).
 */
export async function takeIdempotencyKey(
  tx: Sql,
  use: IdempotencyUse,
  resourceId: string,
): Promise<IdempotencyRow | { takenOver: string } | null> {
  const { rowCount } = await tx.query(
    `INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, resource_id, lease_until)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
     ON CONFLICT (workspace_id, scope, key) DO NOTHING`,
    [use.workspaceId, use.scope, use.key, use.requestHash, resourceId, LEASE_SECONDS],
  );
  if (rowCount === 1) return null;
  const { rows } = await tx.query<IdempotencyRow>(
    `SELECT request_hash AS "requestHash", resource_id AS "resourceId", coalesce(lease_until > now(), false) AS "isLeased",
       response_status AS "responseStatus", ${RESPONSE}
     FROM idempotency_keys WHERE workspace_id = $1 AND scope = $2 AND key = $3 FOR NO KEY UPDATE`,
    [use.workspaceId, use.scope, use.key],
  );
  const row = rows[0];
  if (!row) throw new Error('an idempotency key vanished while it was being taken');
  const isFree = row.responseStatus === null && !row.isLeased && row.requestHash.equals(use.requestHash);
  if (!isFree || row.resourceId === null) return row;
  await tx.query(
    `UPDATE idempotency_keys SET lease_until = now() + make_interval(secs => $4)
     WHERE workspace_id = $1 AND scope = $2 AND key = $3`,
    [use.workspaceId, use.scope, use.key, LEASE_SECONDS],
  );
  return { takenOver: row.resourceId };
}

/** Stores the answer, until the purge; one that holds a secret for `SECRET_MINUTES`. */
export async function upsertAnswer(
  tx: Sql,
  use: IdempotencyUse,
  answer: { status: number; sealed: Buffer; resourceId: string | null; holdsSecret: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, resource_id, response_status, response_sealed,
       answer_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN now() + make_interval(mins => $9) END)
     ON CONFLICT (workspace_id, scope, key) DO UPDATE
       SET response_status = excluded.response_status, response_sealed = excluded.response_sealed,
         answer_until = excluded.answer_until, lease_until = NULL
       WHERE idempotency_keys.response_status IS NULL AND idempotency_keys.request_hash = excluded.request_hash`,
    [
      use.workspaceId,
      use.scope,
      use.key,
      use.requestHash,
      answer.resourceId,
      answer.status,
      answer.sealed,
      answer.holdsSecret,
      SECRET_MINUTES,
    ],
  );
}

/** Releases a key without an answer, so that the same request may be tried again at once. */
export async function releaseIdempotencyKey(tx: Sql, use: IdempotencyUse): Promise<void> {
  await tx.query(
    `UPDATE idempotency_keys SET lease_until = NULL
     WHERE workspace_id = $1 AND scope = $2 AND key = $3 AND response_status IS NULL`,
    [use.workspaceId, use.scope, use.key],
  );
}

/** The earlier use of a key that made a workspace, under whichever workspace it stands. System role. */
export async function findKeyOfWorkspace(
  sql: Sql,
  key: string,
): Promise<(Omit<IdempotencyRow, 'isLeased'> & { readonly workspaceId: string }) | null> {
  const { rows } = await sql.query<Omit<IdempotencyRow, 'isLeased'> & { readonly workspaceId: string }>(
    `SELECT workspace_id AS "workspaceId", request_hash AS "requestHash", resource_id AS "resourceId",
       response_status AS "responseStatus", response_sealed AS "responseSealed"
     FROM idempotency_keys WHERE scope = 'POST /v1/workspaces' AND key = $1`,
    [key],
  );
  return rows[0] ?? null;
}

/** Whether an error says that a twin made a workspace with this key. */
export function isKeyOfWorkspaceTaken(error: unknown): boolean {
  return isUniqueViolation(error, 'idempotency_keys_one_workspace_a_key');
}

/** Deletes answers with secrets that have been kept long enough. Their keys stay used until the purge. System role. */
export async function forgetSecrets(sql: Sql): Promise<void> {
  await sql.query(
    `UPDATE idempotency_keys SET response_sealed = NULL, answer_until = NULL WHERE answer_until < now()`,
  );
}
