import type { Sql } from './pool.ts';

/**
 * Each deletes up to `limit` of the oldest rows that are older than `days`, and returns how many they were. A smaller number
 * than the limit means that nothing is left. System role.
 */
export type PurgeBatch = (sql: Sql, days: number, limit: number) => Promise<number>;

/** Keys with their stored answers, but those that a request holds. */
export const purgeIdempotencyKeys: PurgeBatch = async (sql, days, limit) =>
  countOf(
    sql,
    `WITH old AS (
       SELECT workspace_id, scope, key FROM idempotency_keys
       WHERE created_at < now() - make_interval(days => $1) AND (lease_until IS NULL OR lease_until < now())
       ORDER BY created_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
     gone AS (
       DELETE FROM idempotency_keys k USING old
       WHERE k.workspace_id = old.workspace_id AND k.scope = old.scope AND k.key = old.key RETURNING k.key)
     SELECT count(*)::int AS count FROM gone`,
    days,
    limit,
  );

/**
 * Events with their deliveries and attempts. An event stays while it, or an earlier one of its stream, waits for an endpoint
 * that is still there. It also stays while an earlier one of its payment is young: what is left has no gap.
 */
export const purgeEvents: PurgeBatch = async (sql, days, limit) =>
  countOf(
    sql,
    `WITH old AS (
       SELECT e.id FROM events e
       WHERE e.created_at < now() - make_interval(days => $1)
         AND NOT EXISTS (
           SELECT FROM event_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id AND w.status <> 'deleted'
           WHERE d.status = 'waiting' AND d.event_id = e.id)
         AND NOT EXISTS (
           SELECT FROM event_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id AND w.status <> 'deleted'
           WHERE d.status = 'waiting' AND d.subject = coalesce(e.payment_id, e.workspace_id) AND d.sequence < e.sequence)
         AND NOT EXISTS (
           SELECT FROM events earlier
           WHERE earlier.payment_id = e.payment_id AND earlier.sequence < e.sequence
             AND earlier.created_at >= now() - make_interval(days => $1))
       ORDER BY e.created_at, e.id LIMIT $2),
     attempts AS (DELETE FROM event_attempts a USING old WHERE a.event_id = old.id),
     deliveries AS (DELETE FROM event_deliveries d USING old WHERE d.event_id = old.id),
     gone AS (DELETE FROM events e USING old WHERE e.id = old.id RETURNING e.id)
     SELECT count(*)::int AS count FROM gone`,
    days,
    limit,
  );

/**
 * What a webhook brought: body, headers and the sender's address. The row stays with its hash, so that a repeat is still known.
 * Nothing goes while the webhook is open, its payment is in review, or a dispute about it is open: it may be evidence.
 */
export const purgeWebhookBodies: PurgeBatch = async (sql, days, limit) =>
  countOf(
    sql,
    `WITH old AS (
       SELECT v.id FROM provider_events v
       WHERE v.received_at < now() - make_interval(days => $1)
         AND (v.body_sealed IS NOT NULL OR v.headers_sealed IS NOT NULL OR v.remote_address IS NOT NULL)
         AND (v.handled_at IS NOT NULL OR v.verdict <> 'accepted')
         AND NOT EXISTS (SELECT FROM payments p WHERE p.id = v.payment_id AND p.review IS NOT NULL)
         AND NOT EXISTS (SELECT FROM disputes d WHERE d.payment_id = v.payment_id AND d.closed_at IS NULL)
       ORDER BY v.received_at, v.id LIMIT $2 FOR NO KEY UPDATE OF v SKIP LOCKED),
     emptied AS (
       UPDATE provider_events v SET body_sealed = NULL, headers_sealed = NULL, remote_address = NULL
       FROM old WHERE v.id = old.id RETURNING v.id)
     SELECT count(*)::int AS count FROM emptied`,
    days,
    limit,
  );

async function countOf(sql: Sql, statement: string, days: number, limit: number): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(statement, [days, limit]);
  return rows[0]?.count ?? 0;
}
