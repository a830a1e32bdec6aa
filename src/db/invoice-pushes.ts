import type { Sql } from './pool.ts';

/** The push of one document to the workspace's invoice service. */
export interface PushRow {
  readonly documentId: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly service: string;
  readonly status: 'pending' | 'pushed' | 'failed';
  readonly externalId: string | null;
  readonly externalNumber: string | null;
  readonly externalUrl: string | null;
  readonly allocationNumber: string | null;
  readonly lastError: string | null;
}

const COLUMNS = `document_id AS "documentId", workspace_id AS "workspaceId", account_id AS "accountId", service, status,
  external_id AS "externalId", external_number AS "externalNumber", external_url AS "externalUrl",
  allocation_number AS "allocationNumber", last_error AS "lastError"`;

/** Requests a push in the transaction that issues the document, so that it cannot be forgotten. */
export async function insertPush(
  tx: Sql,
  push: { documentId: string; workspaceId: string; accountId: string; service: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO invoice_pushes (document_id, workspace_id, account_id, service, status) VALUES ($1, $2, $3, $4, 'pending')
     ON CONFLICT (document_id) DO NOTHING`,
    [push.documentId, push.workspaceId, push.accountId, push.service],
  );
}

/** How the push of a document stands. Null: it is pushed nowhere. */
export async function findPush(tx: Sql, documentId: string): Promise<PushRow | null> {
  const { rows } = await tx.query<PushRow>(`SELECT ${COLUMNS} FROM invoice_pushes WHERE document_id = $1`, [
    documentId,
  ]);
  return rows[0] ?? null;
}

/** The same for several documents, by document id. Those that are pushed nowhere are left out. */
export async function listPushes(tx: Sql, documentIds: readonly string[]): Promise<Map<string, PushRow>> {
  const { rows } = await tx.query<PushRow>(
    `SELECT ${COLUMNS} FROM invoice_pushes WHERE document_id = ANY($1)`,
    [documentIds],
  );
  return new Map(rows.map((row) => [row.documentId, row]));
}

const LEASE_SECONDS = 20;

/** Locks the push for one try; false if another try holds it or no push is due. */
export async function leasePush(tx: Sql, documentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET lease_until = now() + make_interval(secs => $2)
     WHERE document_id = $1 AND status = 'pending' AND (lease_until IS NULL OR lease_until < now())`,
    [documentId, LEASE_SECONDS],
  );
  return rowCount === 1;
}

/** Extends the lock of a push that takes long. `seconds` 0 releases it. */
export async function extendPushLease(tx: Sql, documentId: string, seconds = LEASE_SECONDS): Promise<void> {
  await tx.query(
    `UPDATE invoice_pushes SET lease_until = now() + make_interval(secs => $2)
     WHERE document_id = $1 AND status <> 'pushed'`,
    [documentId, seconds],
  );
}

/** How soon after a push its allocation number is first asked for. */
const FIRST_ALLOCATION_WAIT = '5 seconds';

/**
 * Records where the invoice service keeps the document; true the first time only. `awaitsAllocation`: its number is
 * still missing.
 */
export async function markPushed(
  tx: Sql,
  pushed: {
    documentId: string;
    externalId: string;
    number: string;
    url: string | null;
    allocationNumber: string | null;
    awaitsAllocation: boolean;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET status = 'pushed', external_id = $2, external_number = $3, external_url = $4,
       allocation_number = $5, last_error = NULL, kept_at = NULL, pushed_at = now(),
       allocation_due_at = CASE WHEN $6 THEN now() + interval '${FIRST_ALLOCATION_WAIT}' END
     WHERE document_id = $1 AND status <> 'pushed'`,
    [
      pushed.documentId,
      pushed.externalId,
      pushed.number,
      pushed.url,
      pushed.allocationNumber,
      pushed.awaitsAllocation,
    ],
  );
  return rowCount === 1;
}

/** The service refused the document finally; false if no push was due. */
export async function markPushFailed(tx: Sql, documentId: string, error: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET status = 'failed', last_error = $2 WHERE document_id = $1 AND status = 'pending'`,
    [documentId, error],
  );
  return rowCount === 1;
}

/** A person decided that refused documents stay as they are: no more questions are asked about them. */
export async function keepFailedPushes(tx: Sql, paymentId: string): Promise<void> {
  await tx.query(
    `UPDATE invoice_pushes SET status = 'failed', kept_at = now()
     WHERE status <> 'pushed' AND last_error IS NOT NULL AND kept_at IS NULL
       AND document_id IN (SELECT id FROM tax_documents WHERE payment_id = $1)`,
    [paymentId],
  );
}

/** Requests a failed push again, which is the only way back; false if none had failed. */
export async function reopenPush(tx: Sql, documentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET status = 'pending', kept_at = NULL WHERE document_id = $1 AND status = 'failed'`,
    [documentId],
  );
  return rowCount === 1;
}

/**
 * Failed pushes that were requested again and that no try holds now, at most `limit`, in no order. Only they are pending with an
 * error of before. `status <> 'pushed'` is the condition of the index. System role, for the sweep.
 */
export async function listRepeatedPushes(
  sql: Sql,
  limit: number,
): Promise<{ readonly workspaceId: string; readonly documentId: string }[]> {
  const { rows } = await sql.query<{ workspaceId: string; documentId: string }>(
    `SELECT workspace_id AS "workspaceId", document_id AS "documentId" FROM invoice_pushes
     WHERE status <> 'pushed' AND status = 'pending' AND last_error IS NOT NULL AND (lease_until IS NULL OR lease_until < now())
     ORDER BY random() LIMIT $1`,
    [limit],
  );
  return rows;
}

/**
 * Pushed documents whose allocation number is due to be asked for now, and when each is due next. That is after a
 * quarter of its age, 5 s to 6 h, until it is 30 days old. What one process takes, no other gets. System role, for the
 * sweep.
 */
export async function claimAllocationWaits(sql: Sql, limit: number): Promise<PushRow[]> {
  const { rows } = await sql.query<PushRow>(
    `UPDATE invoice_pushes
     SET allocation_due_at = CASE WHEN pushed_at > now() - interval '30 days'
       THEN now() + least(greatest((now() - pushed_at) / 4, interval '${FIRST_ALLOCATION_WAIT}'), interval '6 hours') END
     WHERE document_id IN (
       SELECT document_id FROM invoice_pushes WHERE allocation_due_at <= now()
       ORDER BY allocation_due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [limit],
  );
  return rows;
}

/** The number that came after the push; true the first time only. */
export async function setAllocationNumber(tx: Sql, documentId: string, number: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET allocation_number = $2, allocation_due_at = NULL
     WHERE document_id = $1 AND allocation_number IS NULL`,
    [documentId, number],
  );
  return rowCount === 1;
}
