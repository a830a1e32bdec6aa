import type { Sql } from './pool.ts';

/** How many rows broke a rule of the books when they were last checked. */
export interface BooksCheck {
  readonly rule: string;
  readonly broken: number;
  readonly checkedAt: Date;
}

/** Stores the last check of every rule. A rule that is checked no longer is forgotten. System role. */
export async function storeBooksChecks(
  tx: Sql,
  checks: readonly Pick<BooksCheck, 'rule' | 'broken'>[],
): Promise<void> {
  const rules = checks.map(({ rule }) => rule);
  await tx.query('DELETE FROM books_checks WHERE rule <> ALL ($1)', [rules]);
  await tx.query(
    `INSERT INTO books_checks (rule, broken, checked_at)
     SELECT rule, broken, now() FROM unnest($1::text[], $2::bigint[]) AS checked (rule, broken)
     ON CONFLICT (rule) DO UPDATE SET broken = excluded.broken, checked_at = excluded.checked_at`,
    [rules, checks.map(({ broken }) => broken)],
  );
}

/** The last check of every rule; empty before the first. System role. */
export async function listBooksChecks(sql: Sql): Promise<BooksCheck[]> {
  const { rows } = await sql.query<BooksCheck>(
    'SELECT rule, broken, checked_at AS "checkedAt" FROM books_checks ORDER BY rule',
  );
  return rows;
}
