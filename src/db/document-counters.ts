import type { DocumentType } from '../domain/tax-document.ts';
import type { Sql } from './pool.ts';

/** First number of each series still to be given, as the workspace set it. */
export type FirstNumbers = Partial<Record<DocumentType, number>>;

/**
 * Makes a series go on from `first`. Never lowered: returns false where the series has already reached it.
 */
export async function raiseFirstNumber(
  tx: Sql,
  workspaceId: string,
  series: DocumentType,
  first: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO document_counters AS c (workspace_id, series, last_number) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, series) DO UPDATE SET last_number = excluded.last_number
       WHERE c.last_number <= excluded.last_number`,
    [workspaceId, series, first - 1],
  );
  return rowCount === 1;
}

/** The next number of every series that has one. */
export async function listNextNumbers(tx: Sql, workspaceId: string): Promise<FirstNumbers> {
  const { rows } = await tx.query<{ series: DocumentType; next: number }>(
    'SELECT series, last_number + 1 AS next FROM document_counters WHERE workspace_id = $1',
    [workspaceId],
  );
  return Object.fromEntries(rows.map((row) => [row.series, row.next]));
}
