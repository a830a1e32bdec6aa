import type { Sql } from './pool.ts';

/** The account at which a webhook was refused. */
export interface RefusedAt {
  readonly workspaceId: string;
  readonly accountId: string;
}

/** From this many in a row on, a refusal is not an accident. */
const MANY = 3;

/**
 * Counts a refused webhook and makes the open payments of its account due to be asked about. That is at once, but a
 * minute after the last time at the earliest. `isNews`: somebody must be told, once for each run of refusals and at
 * most once an hour. System role.
 */
export async function recordRefusal(
  tx: Sql,
  { accountId, workspaceId }: RefusedAt,
  reason: string,
): Promise<{ inARow: number; isNews: boolean }> {
  const { rows } = await tx.query<{ inARow: number; isNews: boolean }>(
    `INSERT INTO webhook_refusals AS r (account_id, workspace_id, reason) VALUES ($1, $2, $3)
     ON CONFLICT (account_id) DO UPDATE SET at = now(), reason = EXCLUDED.reason, in_a_row = r.in_a_row + 1,
       since = CASE WHEN r.in_a_row = 0 THEN now() ELSE r.since END,
       due_at = coalesce(r.due_at, greatest(now(), r.asked_at + interval '1 minute'))
     RETURNING in_a_row AS "inARow",
       in_a_row >= ${MANY} AND (told_at IS NULL OR (told_at < since AND told_at < now() - interval '1 hour')) AS "isNews"`,
    [accountId, workspaceId, reason],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a refusal was not recorded');
  if (row.isNews)
    await tx.query('UPDATE webhook_refusals SET told_at = now() WHERE account_id = $1', [accountId]);
  return row;
}

/**
 * Makes the open payments of an account due to be asked about, as `recordRefusal` does, without counting a refusal: its sender is
 * not to blame. System role.
 */
export async function askSoonAbout(
  sql: Sql,
  { accountId, workspaceId }: RefusedAt,
  reason: string,
): Promise<void> {
  await sql.query(
    `INSERT INTO webhook_refusals AS r (account_id, workspace_id, reason, in_a_row) VALUES ($1, $2, $3, 0)
     ON CONFLICT (account_id) DO UPDATE SET at = now(), reason = EXCLUDED.reason,
       due_at = coalesce(r.due_at, greatest(now(), r.asked_at + interval '1 minute'))`,
    [accountId, workspaceId, reason],
  );
}

/** The last refused webhook of an account. */
export interface LastRefusal {
  readonly at: Date;
  readonly reason: string;
  /** How many since the last good one; 0: one came after it. */
  readonly inARow: number;
}

/** Null: no webhook of the account was ever refused. */
export async function findLastRefusal(tx: Sql, accountId: string): Promise<LastRefusal | null> {
  const { rows } = await tx.query<LastRefusal>(
    'SELECT at, reason, in_a_row AS "inARow" FROM webhook_refusals WHERE account_id = $1',
    [accountId],
  );
  return rows[0] ?? null;
}

/** An account whose open payments are asked about. */
export interface DueRefusal extends RefusedAt {
  /** The older payments before this time come next; null: from the newest on. As text, because a Date has no microseconds. */
  readonly askedBefore: string | null;
}

/** Takes accounts whose payments are due. If the caller dies, they are due again after a minute. System role. */
export async function claimRefusals(sql: Sql, limit: number): Promise<DueRefusal[]> {
  const { rows } = await sql.query<DueRefusal>(
    `UPDATE webhook_refusals SET asked_at = now(), due_at = now() + interval '1 minute'
     WHERE account_id IN
       (SELECT account_id FROM webhook_refusals WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING account_id AS "accountId", workspace_id AS "workspaceId", asked_before::text AS "askedBefore"`,
    [limit],
  );
  return rows;
}

/** The payments were asked about. If another webhook was refused meanwhile, the account stays due. */
export async function finishRefusal(
  sql: Sql,
  { accountId, askedBefore }: Pick<DueRefusal, 'accountId' | 'askedBefore'>,
): Promise<void> {
  await sql.query(
    `UPDATE webhook_refusals SET asked_before = $2, due_at = CASE WHEN at > asked_at THEN due_at END WHERE account_id = $1`,
    [accountId, askedBefore],
  );
}

/** An unpaid payment that has a page. */
export interface OpenPayment {
  readonly id: string;
  readonly createdAt: string;
}

/** Payments of the account that somebody may be paying, newest first. */
export async function listOpenAt(
  sql: Sql,
  { accountId, workspaceId }: RefusedAt,
  page: { readonly before: string | null; readonly limit: number },
): Promise<OpenPayment[]> {
  const { rows } = await sql.query<OpenPayment>(
    `SELECT id, created_at::text AS "createdAt" FROM payments
     WHERE workspace_id = $1 AND account_id = $2 AND status = 'pending' AND created_at < coalesce($3::timestamptz, 'infinity')
     ORDER BY created_at DESC LIMIT $4`,
    [workspaceId, accountId, page.before, page.limit],
  );
  return rows;
}
