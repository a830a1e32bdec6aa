import type { Sql } from './pool.ts';

/** Workspaces whose id does not match the pattern. System role. */
export async function countWorkspacesBeside(sql: Sql, pattern: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM workspaces WHERE id !~ $1',
    [pattern],
  );
  return rows[0]?.count ?? 0;
}

/** Whether the workspace has a payment that no seed made. System role. */
export async function hasOwnPayments(sql: Sql, workspaceId: string): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT FROM payments WHERE workspace_id = $1 AND NOT metadata ? 'seeded' LIMIT 1`,
    [workspaceId],
  );
  return rows.length > 0;
}

/** Statistics of the tables that a seed filled, so that their plans are right at once. */
export async function analyzeTables(sql: Sql, tables: readonly string[]): Promise<void> {
  await sql.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
}
