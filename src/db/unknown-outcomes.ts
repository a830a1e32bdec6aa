import type { Sql } from './pool.ts';

/**
 * Age in seconds of the oldest charge or refund with an unknown outcome; 0 if there is none. If a payment is unknown
 * because of a refund, its age is that of the refund. System role.
 */
export async function oldestUnknownSeconds(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ seconds: number }>(
    `SELECT coalesce(extract(epoch FROM now() - min(since)), 0)::float8 AS seconds FROM (
       SELECT coalesce(sent_at, created_at) AS since FROM refunds
       WHERE outcome = 'unknown' AND status = 'pending'
       UNION ALL
       SELECT created_at FROM payments p WHERE outcome = 'unknown'
         AND NOT EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND r.outcome = 'unknown' AND r.status = 'pending')) AS unknown`,
  );
  return rows[0]?.seconds ?? 0;
}
