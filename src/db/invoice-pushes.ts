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

/** Asks for a push, in the transaction that issues the document: what is owed cannot be forgotten. */
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

export async function findPush(tx: Sql, documentId: string): Promise<PushRow | null> {
  const { rows } = await tx.query<PushRow>(`SELECT ${COLUMNS} FROM invoice_pushes WHERE document_id = $1`, [
    documentId,
  ]);
  return rows[0] ?? null;
}

export async function listPushes(tx: Sql, documentIds: readonly string[]): Promise<Map<string, PushRow>> {
  const { rows } = await tx.query<PushRow>(
    `SELECT ${COLUMNS} FROM invoice_pushes WHERE document_id = ANY($1)`,
    [documentIds],
  );
  return new Map(rows.map((row) => [row.documentId, row]));
}

const LEASE_SECONDS = 20;

/** Takes the push for one try; false where another try holds it or it is done. */
export async function leasePush(tx: Sql, documentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET lease_until = now() + make_interval(secs => $2)
     WHERE document_id = $1 AND status <> 'pushed' AND (lease_until IS NULL OR lease_until < now())`,
    [documentId, LEASE_SECONDS],
  );
  return rowCount === 1;
}

/** Holds on to a push that takes long. `seconds` 0 lets go. */
export async function extendPushLease(tx: Sql, documentId: string, seconds = LEASE_SECONDS): Promise<void> {
  await tx.query(
    `UPDATE invoice_pushes SET lease_until = now() + make_interval(secs => $2)
     WHERE document_id = $1 AND status <> 'pushed'`,
    [documentId, seconds],
  );
}

/** Notes where the document now lies; true the first time only. */
export async function markPushed(
  tx: Sql,
  pushed: {
    documentId: string;
    externalId: string;
    number: string;
    url: string | null;
    allocationNumber: string | null;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE invoice_pushes SET status = 'pushed', external_id = $2, external_number = $3, external_url = $4,
       allocation_number = $5, last_error = NULL, pushed_at = now()
     WHERE document_id = $1 AND status <> 'pushed'`,
    [pushed.documentId, pushed.externalId, pushed.number, pushed.url, pushed.allocationNumber],
  );
  return rowCount === 1;
}

export async function markPushFailed(tx: Sql, documentId: string, error: string): Promise<void> {
  await tx.query(
    `UPDATE invoice_pushes SET status = 'failed', last_error = $2 WHERE document_id = $1 AND status <> 'pushed'`,
    [documentId, error],
  );
}
