import type { Sql } from './pool.ts';

/** Who did what, and why. `detail` holds no secret. */
export interface AuditEntry {
  readonly workspaceId: string;
  readonly actor: string;
  readonly action: string;
  readonly reason: string | null;
  readonly subjectId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The entry's place in its workspace's chain, and what it is chained with. */
export type ChainLink = (previous: Buffer, entry: AuditEntry & { sequence: number; at: string }) => Buffer;

/**
 * Appends to the workspace's chain, in the transaction of what it tells. Entries of one workspace wait for each other,
 * so that each links to the one before.
 */
export async function insertAudit(tx: Sql, entry: AuditEntry, link: ChainLink): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit/' || $1, 0))`, [entry.workspaceId]);
  const { rows } = await tx.query<{ sequence: number; link: Buffer }>(
    'SELECT sequence, link FROM audit_log WHERE workspace_id = $1 ORDER BY sequence DESC LIMIT 1',
    [entry.workspaceId],
  );
  const sequence = (rows[0]?.sequence ?? 0) + 1;
  const at = new Date().toISOString();
  const chained = link(rows[0]?.link ?? Buffer.alloc(32), { ...entry, sequence, at });
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
      chained,
    ],
  );
}
