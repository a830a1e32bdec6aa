import { ERASED } from '../domain/erasure.ts';
import { BEGINNING, hideReason } from './audit-chain.ts';
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
  const { reasonHash, reasonSalt } = hideReason(entry.reason);
  await tx.query(
    `INSERT INTO audit_log (workspace_id, sequence, at, actor, action, reason, reason_hash, reason_salt, subject_id, detail, link)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      entry.workspaceId,
      sequence,
      at,
      entry.actor,
      entry.action,
      entry.reason,
      reasonHash,
      reasonSalt,
      entry.subjectId,
      JSON.stringify(entry.detail),
      chain.link(rows[0]?.link ?? BEGINNING, { ...entry, sequence, at, reasonHash }),
    ],
  );
}

const COLUMNS = `workspace_id AS "workspaceId", sequence, at, actor, action, reason, reason_hash AS "reasonHash", reason_salt AS "reasonSalt",
  subject_id AS "subjectId", detail, link`;

/** Why something was done to these things, or to the files, webhooks and events of these payments. */
export async function listReasonsAbout(
  tx: Sql,
  workspaceId: string,
  {
    subjectIds,
    paymentIds,
  }: { readonly subjectIds: readonly string[]; readonly paymentIds: readonly string[] },
): Promise<{ readonly sequence: number; readonly reason: string }[]> {
  const { rows } = await tx.query<{ sequence: number; reason: string }>(
    `SELECT sequence, reason FROM audit_log WHERE workspace_id = $1 AND reason IS NOT NULL AND (subject_id = ANY($2)
       OR subject_id IN (SELECT id FROM exports WHERE workspace_id = $1 AND options ->> 'paymentId' = ANY($3))
       OR subject_id IN (SELECT id FROM provider_events WHERE payment_id = ANY($3))
       OR subject_id IN (SELECT id FROM events WHERE payment_id = ANY($3)))
     ORDER BY sequence`,
    [workspaceId, subjectIds, paymentIds],
  );
  return rows;
}

/** Takes the reasons of these entries away. Their links still fit; the log must say that they were erased (`ERASURE`). */
export async function eraseReasons(
  tx: Sql,
  workspaceId: string,
  sequences: readonly number[],
): Promise<void> {
  await tx.query(
    `UPDATE audit_log SET reason = $3, reason_salt = NULL WHERE workspace_id = $1 AND sequence = ANY($2)`,
    [workspaceId, sequences, ERASED],
  );
}

/** A workspace's whole chain, in order. */
export async function listAudit(sql: Sql, workspaceId: string): Promise<AuditRow[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_log WHERE workspace_id = $1 ORDER BY sequence`,
    [workspaceId],
  );
  return rows;
}

/** Newest first, one more than `limit`. `to` is not included; `after` is the sequence of the last entry seen. */
export async function listAuditPage(
  tx: Sql,
  page: {
    readonly workspaceId: string;
    readonly from?: Date | undefined;
    readonly to?: Date | undefined;
    readonly actor?: string | undefined;
    readonly action?: string | undefined;
    readonly subjectId?: string | undefined;
    readonly after?: number | undefined;
    readonly limit: number;
  },
): Promise<AuditRow[]> {
  const { rows } = await tx.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_log
     WHERE workspace_id = $1 AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)
       AND ($4::text IS NULL OR actor = $4) AND ($5::text IS NULL OR action = $5)
       AND ($6::text IS NULL OR subject_id = $6) AND ($7::bigint IS NULL OR sequence < $7)
     ORDER BY sequence DESC LIMIT $8`,
    [
      page.workspaceId,
      page.from,
      page.to,
      page.actor,
      page.action,
      page.subjectId,
      page.after,
      page.limit + 1,
    ],
  );
  return rows;
}

/** An entry with the link of the one before it, which its own link covers. Null: it is the first. */
export interface ProvenEntry extends AuditRow {
  readonly previousLink: Buffer | null;
}

/** What was done to these things, in order. */
export async function listAuditAbout(
  tx: Sql,
  workspaceId: string,
  subjectIds: readonly string[],
): Promise<ProvenEntry[]> {
  const { rows } = await tx.query<ProvenEntry>(
    `SELECT ${COLUMNS}, (SELECT p.link FROM audit_log p
       WHERE p.workspace_id = audit_log.workspace_id AND p.sequence = audit_log.sequence - 1) AS "previousLink"
     FROM audit_log WHERE workspace_id = $1 AND subject_id = ANY($2) ORDER BY sequence`,
    [workspaceId, subjectIds],
  );
  return rows;
}

/** The last entry of an audit log now. */
export async function findAuditHead(tx: Sql, workspaceId: string): Promise<AuditHead | null> {
  const { rows } = await tx.query<AuditHead>(
    `SELECT workspace_id AS "workspaceId", sequence, link FROM audit_log WHERE workspace_id = $1
     ORDER BY sequence DESC LIMIT 1`,
    [workspaceId],
  );
  return rows[0] ?? null;
}

/** The last entry of an audit log. */
export interface AuditHead {
  readonly workspaceId: string;
  readonly sequence: number;
  readonly link: Buffer;
}

/** The heads reported last. */
export async function listReportedHeads(sql: Sql): Promise<AuditHead[]> {
  const { rows } = await sql.query<AuditHead>(
    'SELECT workspace_id AS "workspaceId", sequence, link FROM audit_heads ORDER BY workspace_id',
  );
  return rows;
}

/** The workspaces whose head is due: it has changed, and none was reported for this many seconds. */
export async function listDueHeads(
  sql: Sql,
  { pauseSeconds, limit }: { readonly pauseSeconds: number; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT w.id FROM workspaces w LEFT JOIN audit_heads h ON h.workspace_id = w.id
     WHERE coalesce(h.reported_at < now() - make_interval(secs => $1), true)
       AND EXISTS (SELECT FROM audit_log a WHERE a.workspace_id = w.id AND a.sequence > coalesce(h.sequence, 0))
     ORDER BY h.reported_at NULLS FIRST LIMIT $2`,
    [pauseSeconds, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Marks the present head of an audit log as reported, and returns it. Null if another worker was first, or if the log
 * no longer holds the head before. That one stays, so that `npm run verify-audit` finds it missing.
 */
export async function markHeadReported(
  tx: Sql,
  workspaceId: string,
  pauseSeconds: number,
): Promise<AuditHead | null> {
  const { rows } = await tx.query<AuditHead>(
    `INSERT INTO audit_heads AS h (workspace_id, sequence, link)
     SELECT workspace_id, sequence, link FROM audit_log WHERE workspace_id = $1 ORDER BY sequence DESC LIMIT 1
     ON CONFLICT (workspace_id) DO UPDATE
       SET sequence = excluded.sequence, link = excluded.link, reported_at = now()
       WHERE h.sequence < excluded.sequence AND h.reported_at < now() - make_interval(secs => $2)
         AND EXISTS (SELECT FROM audit_log a
                     WHERE a.workspace_id = h.workspace_id AND a.sequence = h.sequence AND a.link = h.link)
     RETURNING workspace_id AS "workspaceId", sequence, link`,
    [workspaceId, pauseSeconds],
  );
  return rows[0] ?? null;
}

/** The workspaces that have an audit log. */
export async function listAudited(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'SELECT DISTINCT workspace_id AS id FROM audit_log ORDER BY workspace_id',
  );
  return rows.map(({ id }) => id);
}
