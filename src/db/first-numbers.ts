import type { DocumentType } from '../domain/tax-document.ts';
import type { Sql } from './pool.ts';

/** The first number of each series that has no document yet, as the workspace set it. */
export type FirstNumbers = Partial<Record<DocumentType, number>>;

/**
 * `lower`: the series has already reached that number. `started`: it has documents, so skipping numbers would leave a
 * gap.
 */
export type FirstNumberVerdict = 'set' | 'lower' | 'started';

/** Sets the first number of a series. Waits for a document that is being numbered. */
export async function setFirstNumber(
  tx: Sql,
  workspaceId: string,
  series: DocumentType,
  first: number,
): Promise<FirstNumberVerdict> {
  const inserted = await tx.query(
    `INSERT INTO document_counters (workspace_id, series, last_number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [workspaceId, series, first - 1],
  );
  if (inserted.rowCount === 1) return 'set';
  const { rows } = await tx.query<{ next: number }>(
    `SELECT last_number + 1 AS next FROM document_counters WHERE workspace_id = $1 AND series = $2 FOR NO KEY UPDATE`,
    [workspaceId, series],
  );
  const next = rows[0]?.next ?? first;
  if (first <= next) return first === next ? 'set' : 'lower';
  // A separate statement after the lock, so that it sees the document that was waited for.
  const { rowCount } = await tx.query(
    `UPDATE document_counters SET last_number = $3 WHERE workspace_id = $1 AND series = $2
       AND NOT EXISTS (SELECT FROM tax_documents WHERE workspace_id = $1 AND series = $2)`,
    [workspaceId, series, first - 1],
  );
  return rowCount === 1 ? 'set' : 'started';
}

/** The next number of every series that has one. */
export async function listNextNumbers(tx: Sql, workspaceId: string): Promise<FirstNumbers> {
  const { rows } = await tx.query<{ series: DocumentType; next: number }>(
    'SELECT series, last_number + 1 AS next FROM document_counters WHERE workspace_id = $1',
    [workspaceId],
  );
  return Object.fromEntries(rows.map((row) => [row.series, row.next]));
}

/** The last number of every series. Nobody else takes numbers of the workspace until the transaction ends. */
export async function lockLastNumbers(tx: Sql, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ series: string; last: string }>(
    'SELECT series, last_number::text AS last FROM document_counters WHERE workspace_id = $1 FOR NO KEY UPDATE',
    [workspaceId],
  );
  return new Map(rows.map(({ series, last }) => [series, Number(last)]));
}

/** For documents that were written with these numbers in the same transaction. */
export async function setLastNumbers(
  tx: Sql,
  workspaceId: string,
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  await tx.query(
    `INSERT INTO document_counters (workspace_id, series, last_number)
     SELECT $1, series, last FROM unnest($2::text[], $3::bigint[]) AS given (series, last)
     ON CONFLICT (workspace_id, series) DO UPDATE SET last_number = excluded.last_number`,
    [workspaceId, [...numbers.keys()], [...numbers.values()]],
  );
}
