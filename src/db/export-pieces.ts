import type { ExportTry } from './exports.ts';
import type { Sql } from './pool.ts';

/** Adds the next piece of a file. False if this try is not the present one any more. */
export async function insertPiece(
  tx: Sql,
  { id, workspaceId, attempt }: ExportTry,
  piece: { readonly number: number; readonly bytes: Buffer },
): Promise<boolean> {
  // The lock makes a cancellation wait, so that it finds every piece that it must delete.
  const { rowCount } = await tx.query(
    `WITH present AS (SELECT id FROM exports WHERE id = $1 AND attempt = $2 AND status = 'running' FOR SHARE)
     INSERT INTO export_pieces (export_id, attempt, number, workspace_id, bytes)
     SELECT id, $2, $3, $4, $5 FROM present`,
    [id, attempt, piece.number, workspaceId, piece.bytes],
  );
  return rowCount === 1;
}

/** The bytes of one piece. Null past the last piece, or where another try made the file. */
export async function findPiece(
  tx: Sql,
  { id, attempt }: Pick<ExportTry, 'id' | 'attempt'>,
  number: number,
): Promise<Buffer | null> {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    'SELECT bytes FROM export_pieces WHERE export_id = $1 AND attempt = $2 AND number = $3',
    [id, attempt, number],
  );
  return rows[0]?.bytes ?? null;
}

/** Deletes what earlier tries left; with `attempt` null everything. */
export async function deletePieces(tx: Sql, exportId: string, attempt: number | null): Promise<void> {
  await tx.query('DELETE FROM export_pieces WHERE export_id = $1 AND ($2::int IS NULL OR attempt < $2)', [
    exportId,
    attempt,
  ]);
}

/** Deletes the files of some exports that have expired. Returns of how many; the exports stay in the list. */
export async function deleteExpiredFiles(sql: Sql, limit: number): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `WITH expired AS (
       SELECT id FROM exports e WHERE expires_at < now()
         AND EXISTS (SELECT FROM export_pieces p WHERE p.export_id = e.id) ORDER BY expires_at LIMIT $1),
     gone AS (DELETE FROM export_pieces p USING expired WHERE p.export_id = expired.id)
     SELECT count(*) FROM expired`,
    [limit],
  );
  return rows[0]?.count ?? 0;
}
