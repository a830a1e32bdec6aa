import type { Sql } from './pool.ts';

/**
 * Seconds since the oldest movement of money began whose outcome is unknown; 0 where all are known. A payment that is
 * unknown for its refund's sake counts from that refund. System role.
 */
export async function oldestUnknownSeconds(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ seconds: number }>(
    `SELECT coalesce(extract(epoch FROM now() - min(since)), 0)::float8 AS seconds FROM (
       SELECT coalesce(sent_at, created_at) AS since FROM refunds WHERE outcome = 'unknown'
       UNION ALL
       SELECT created_at FROM payments p WHERE outcome = 'unknown'
         AND NOT EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND r.outcome = 'unknown')) AS unknown`,
  );
  return rows[0]?.seconds ?? 0;
}
