import type { Sql } from './pool.ts';

/** How fast the bucket of a name fills, and how much it holds. */
export interface Bucket {
  readonly perSecond: number;
  readonly capacity: number;
}

/**
 * Takes what was spent from the bucket that all processes share, and returns what is left. Less than nothing if they
 * spent more together than it held. System role.
 */
export async function spendTokens(sql: Sql, name: string, spent: number, bucket: Bucket): Promise<number> {
  const { rows } = await sql.query<{ tokens: number }>(
    `INSERT INTO rate_limits AS kept (name, tokens, at)
     VALUES ($1, $3::float8 - $2::float8, clock_timestamp())
     ON CONFLICT (name) DO UPDATE SET at = clock_timestamp(),
       tokens = least($3, kept.tokens + greatest(0, extract(epoch FROM clock_timestamp() - kept.at)) * $4::float8) - $2
     RETURNING tokens`,
    [name, spent, bucket.capacity, bucket.perSecond],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the bucket of a rate limit was not written');
  return row.tokens;
}
