import type { Sql } from './pool.ts';

/** A document about which the authority is asked now. */
export interface AllocationRequest {
  readonly documentId: string;
  readonly workspaceId: string;
  /** Earlier tries. */
  readonly tries: number;
}

const LEASE = '60 seconds';

/**
 * Takes documents that wait for a number in workspaces that are connected: those that were never asked about, and those whose next
 * try is due. A taken one is nobody else's for a minute. System role.
 */
export async function claimAllocationRequests(sql: Sql, most: number): Promise<AllocationRequest[]> {
  const { rows } = await sql.query<AllocationRequest>(
    `WITH due AS (
       SELECT d.id, d.workspace_id FROM tax_documents d
       JOIN tax_authority_connections c ON c.workspace_id = d.workspace_id
         AND c.refresh_token_sealed IS NOT NULL AND c.broken_at IS NULL
       LEFT JOIN allocation_requests r ON r.document_id = d.id
       WHERE d.status = 'allocation_required' AND (r.document_id IS NULL OR (r.status = 'waiting' AND r.due_at <= now()))
       ORDER BY d.created_at LIMIT $1)
     INSERT INTO allocation_requests AS r (document_id, workspace_id, due_at)
     SELECT id, workspace_id, now() + interval '${LEASE}' FROM due
     ON CONFLICT (document_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE r.status = 'waiting' AND r.due_at <= now()
     RETURNING document_id AS "documentId", workspace_id AS "workspaceId", tries`,
    [most],
  );
  return rows;
}

/** A try that came to no decision, and when the next one is. `error` holds no secret. */
export async function putOffAllocation(
  tx: Sql,
  documentId: string,
  { error, seconds }: { readonly error: string; readonly seconds: number },
): Promise<void> {
  await tx.query(
    `UPDATE allocation_requests SET tries = tries + 1, last_error = $2, due_at = now() + make_interval(secs => $3)
     WHERE document_id = $1 AND status = 'waiting'`,
    [documentId, error, seconds],
  );
}

/** Ends the asking: the authority gave a number. The number itself lies on the document. */
export async function markAllocated(tx: Sql, documentId: string): Promise<void> {
  await tx.query(
    `UPDATE allocation_requests SET status = 'approved', tries = tries + 1, last_error = NULL WHERE document_id = $1`,
    [documentId],
  );
}

/** The authority refused the number; false where that was known. */
export async function markAllocationRefused(tx: Sql, documentId: string, code: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE allocation_requests SET status = 'refused', refusal_code = $2, tries = tries + 1, last_error = NULL
     WHERE document_id = $1 AND status = 'waiting'`,
    [documentId, code],
  );
  return rowCount === 1;
}

/** Has the authority asked again now; false if it was not asked about this document, or is asked at this moment. */
export async function askAgain(tx: Sql, documentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE allocation_requests SET status = 'waiting', refusal_code = NULL, due_at = now()
     WHERE document_id = $1 AND status <> 'approved'`,
    [documentId],
  );
  return rowCount === 1;
}

/** How many documents of the workspace wait for a number, and how many of them were refused one. */
export async function countAwaiting(
  tx: Sql,
  workspaceId: string,
): Promise<{ readonly waiting: number; readonly refused: number }> {
  const { rows } = await tx.query<{ waiting: number; refused: number }>(
    `SELECT count(*)::int AS waiting, count(*) FILTER (WHERE r.status = 'refused')::int AS refused
     FROM tax_documents d LEFT JOIN allocation_requests r ON r.document_id = d.id
     WHERE d.workspace_id = $1 AND d.status = 'allocation_required'`,
    [workspaceId],
  );
  return rows[0] ?? { waiting: 0, refused: 0 };
}
