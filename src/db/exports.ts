import { FILE_DAYS } from '../domain/export.ts';
import type { ExportOrder, ExportStatus } from '../domain/export.ts';
import type { Sql } from './pool.ts';

/** An export as stored. */
export interface ExportRow extends ExportOrder {
  readonly id: string;
  readonly workspaceId: string;
  readonly status: ExportStatus;
  /** Rows in the file so far, and in the whole file; null while nobody has counted. */
  readonly rows: number;
  readonly totalRows: number | null;
  /** How often a worker began to make the file. It tells the pieces of one try from those of the next. */
  readonly attempt: number;
  /** Why there is no file, as a sentence. */
  readonly failure: string | null;
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly expiresAt: Date | null;
}

const COLUMNS = `id, workspace_id AS "workspaceId", kind, format, from_day AS "from", to_day AS "to", locale, currency, options, status,
  rows, total_rows AS "totalRows", attempt, failure, file_name AS "fileName", size_bytes AS "sizeBytes", sha256,
  created_at AS "createdAt", started_at AS "startedAt", completed_at AS "completedAt", expires_at AS "expiresAt"`;

/** Stores an export as `queued`. Workers look for it. */
export async function insertExport(
  tx: Sql,
  { id, workspaceId, ...order }: ExportOrder & Pick<ExportRow, 'id' | 'workspaceId'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO exports (id, workspace_id, kind, format, from_day, to_day, locale, currency, options, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued')`,
    [
      id,
      workspaceId,
      order.kind,
      order.format,
      order.from,
      order.to,
      order.locale,
      order.currency,
      JSON.stringify(order.options),
    ],
  );
}

/** An export, in whatever state. Null: `tx` sees none. */
export async function findExport(tx: Sql, id: string): Promise<ExportRow | null> {
  const { rows } = await tx.query<ExportRow>(`SELECT ${COLUMNS} FROM exports WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** Newest first, one more than `limit`. */
export async function listExports(
  tx: Sql,
  page: { readonly workspaceId: string; readonly afterId: string | null; readonly limit: number },
): Promise<ExportRow[]> {
  const { rows } = await tx.query<ExportRow>(
    `SELECT ${COLUMNS} FROM exports WHERE workspace_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [page.workspaceId, page.afterId, page.limit + 1],
  );
  return rows;
}

/** How many of a workspace wait or run. */
export async function countWaitingExports(tx: Sql, workspaceId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) FROM exports WHERE workspace_id = $1 AND status IN ('queued', 'running')`,
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

/**
 * How many exports of all workspaces come before each of these, which wait; the one that runs is one of them. Workspaces
 * take turns, so an export of the second round waits for the first round of all others.
 */
export async function placesInQueue(sql: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ id: string; before: number }>(
    `SELECT id, before FROM (
       SELECT id, row_number() OVER (ORDER BY round, id) - 1 AS before FROM (
         SELECT id, row_number() OVER (PARTITION BY workspace_id ORDER BY status = 'running' DESC, id) AS round
         FROM exports WHERE status IN ('queued', 'running')) AS rounds) AS places
     WHERE id = ANY($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, before }) => [id, before]));
}

/**
 * Takes the export that comes next in a workspace. Only one job a workspace runs, so one that is `running` already was left
 * by a worker that died: it is made anew. Null if there is nothing to do.
 */
export async function takeExport(tx: Sql, workspaceId: string): Promise<ExportRow | null> {
  const { rows } = await tx.query<ExportRow>(
    `UPDATE exports SET status = 'running', attempt = attempt + 1, rows = 0, total_rows = NULL, started_at = now()
     WHERE id = (SELECT id FROM exports WHERE workspace_id = $1 AND status IN ('queued', 'running')
                 ORDER BY status = 'running' DESC, id LIMIT 1 FOR NO KEY UPDATE)
     RETURNING ${COLUMNS}`,
    [workspaceId],
  );
  return rows[0] ?? null;
}

/** One try to make a file. Everything that it writes is refused once the export was cancelled or taken by another try. */
export type ExportTry = Pick<ExportRow, 'id' | 'workspaceId' | 'attempt'>;

const OF_THIS_TRY = `id = $1 AND attempt = $2 AND status = 'running'`;

/** False if this try is not the present one any more. */
export async function setProgress(
  tx: Sql,
  { id, attempt }: ExportTry,
  progress: { readonly rows: number; readonly totalRows: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE exports SET rows = $3, total_rows = $4 WHERE ${OF_THIS_TRY}`, [
    id,
    attempt,
    progress.rows,
    progress.totalRows,
  ]);
  return rowCount === 1;
}

/**
 * Gives this try a minute of the clock that no other file of the workspace has: now, or the one after the last. Null if it is
 * not the present try any more. Source: docs/reference/uniform-structure.md, "Files and encoding".
 */
export async function takeMinute(tx: Sql, { id, workspaceId, attempt }: ExportTry): Promise<Date | null> {
  const { rows } = await tx.query<{ minute: Date }>(
    `UPDATE exports SET run_minute = greatest(date_trunc('minute', now()),
       (SELECT max(run_minute) + interval '1 minute' FROM exports others WHERE others.workspace_id = $3 AND others.id <> $1))
     WHERE ${OF_THIS_TRY} RETURNING run_minute AS minute`,
    [id, attempt, workspaceId],
  );
  return rows[0]?.minute ?? null;
}

/** False if this try is not the present one any more. */
export async function completeExport(
  tx: Sql,
  { id, attempt }: ExportTry,
  file: {
    readonly fileName: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly rows: number;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE exports SET status = 'completed', completed_at = now(), expires_at = now() + make_interval(days => $3),
       file_name = $4, size_bytes = $5, sha256 = $6, rows = $7, total_rows = $7
     WHERE ${OF_THIS_TRY}`,
    [id, attempt, FILE_DAYS, file.fileName, file.sizeBytes, file.sha256, file.rows],
  );
  return rowCount === 1;
}

/**
 * Ends the export. `failure` is a sentence for people without secrets. Changes nothing if this try is not the present
 * one.
 */
export async function failExport(tx: Sql, { id, attempt }: ExportTry, failure: string): Promise<void> {
  await tx.query(`UPDATE exports SET status = 'failed', failure = $3 WHERE ${OF_THIS_TRY}`, [
    id,
    attempt,
    failure,
  ]);
}

/** False if it had ended. */
export async function cancelExport(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE exports SET status = 'cancelled' WHERE id = $1 AND status IN ('queued', 'running')`,
    [id],
  );
  return rowCount === 1;
}

/** Workspaces with exports that have not ended, the oldest of them older than this. */
export async function listWaitingWorkspaces(sql: Sql, seconds: number): Promise<string[]> {
  const { rows } = await sql.query<{ workspaceId: string }>(
    `SELECT workspace_id AS "workspaceId" FROM exports WHERE status IN ('queued', 'running')
     GROUP BY workspace_id HAVING min(created_at) < now() - make_interval(secs => $1)`,
    [seconds],
  );
  return rows.map(({ workspaceId }) => workspaceId);
}
