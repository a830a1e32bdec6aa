import { BEGINNING } from './audit-chain.ts';
import type { AuditChain, AuditEntry, AuditRow } from './audit-chain.ts';
import type { Sql } from './pool.ts';

/**
 * Appends to the workspace's chain, in the transaction of what it reports. Writers of one workspace wait for each
 * other, so that each entry links to the one before.
 */
export async function insertAudit(tx: Sql, entry: AuditEntry, chain: AuditChain): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit/' || $1, 0))`, [entry.workspaceId]);
  const { rows } = await tx.query<{ sequence: number; link: Buffer }>(
    'SELECT sequence, link FROM audit_log WHERE workspace_id = $1 ORDER BY sequence DESC LIMIT 1',
    [entry.workspaceId],
  );
  const sequence = (rows[0]?.sequence ?? 0) + 1;
  const at = new Date();
  await tx.query(
    `INSERT INTO audit_log (workspace_id, sequence, at, actor, action, reason, subject_id, detail, link)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.workspaceId,
      sequence,
      at,
      entry.actor,
      entry.action,
      entry.reason,
      entry.subjectId,
      JSON.stringify(entry.detail),
      chain.link(rows[0]?.link ?? BEGINNING, { ...entry, sequence, at }),
    ],
  );
}

/** A workspace's whole chain, in order. */
export async function listAudit(sql: Sql, workspaceId: string): Promise<AuditRow[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT workspace_id AS "workspaceId", sequence, at, actor, action, reason, subject_id AS "subjectId", detail, link
     FROM audit_log WHERE workspace_id = $1 ORDER BY sequence`,
    [workspaceId],
  );
  return rows;
}

/** The workspaces that have an audit log. */
export async function listAudited(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'SELECT DISTINCT workspace_id AS id FROM audit_log ORDER BY workspace_id',
  );
  return rows.map(({ id }) => id);
}
