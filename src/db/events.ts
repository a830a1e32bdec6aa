import type { AttemptFailure } from '../domain/webhook-endpoint.ts';
import { conditions } from './conditions.ts';
import type { Sql } from './pool.ts';

/** An event as stored. */
export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly createdAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
}

const COLUMNS = 'id, type, sequence, created_at AS "createdAt", facts';

/** An outgoing event. Null: `tx` sees none, or its days are over and it was purged. */
export async function findEvent(tx: Sql, id: string): Promise<EventRow | null> {
  const { rows } = await tx.query<EventRow>(`SELECT ${COLUMNS} FROM events WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** Newest first, one more than `limit`. */
export async function listEvents(
  tx: Sql,
  page: {
    readonly workspaceId: string;
    readonly type: string | null;
    readonly paymentId: string | null;
    readonly afterId: string | null;
    readonly limit: number;
  },
): Promise<EventRow[]> {
  const { where, values, add } = conditions('workspace_id', page.workspaceId);
  add((n) => `type = $${n}`, page.type ?? undefined);
  // The expression keeps PostgreSQL from walking all events of the workspace in search of those of one payment.
  add((n) => `payment_id = $${n}`, page.paymentId ?? undefined);
  add((n) => `id < $${n}`, page.afterId ?? undefined);
  values.push(page.limit + 1);
  const order = page.paymentId === null ? 'id' : "(id || '')";
  const { rows } = await tx.query<EventRow>(
    `SELECT ${COLUMNS} FROM events WHERE ${where.join(' AND ')} ORDER BY ${order} DESC LIMIT $${values.length}`,
    values,
  );
  return rows;
}

/** A try to deliver an event to an endpoint. `failure` null: taken. */
export interface AttemptRow {
  readonly id: string;
  readonly endpointId: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly failure: AttemptFailure | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

/** The tries of an event, newest first, one more than `limit`. */
export async function listAttempts(
  tx: Sql,
  page: {
    readonly eventId: string;
    readonly endpointId: string | null;
    readonly afterId: string | null;
    readonly limit: number;
  },
): Promise<AttemptRow[]> {
  const { rows } = await tx.query<AttemptRow>(
    `SELECT id, endpoint_id AS "endpointId", at, duration_ms AS "durationMs", failure, status, error, answer
     FROM event_attempts
     WHERE event_id = $1 AND ($2::text IS NULL OR endpoint_id = $2) AND ($3::text IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [page.eventId, page.endpointId, page.afterId, page.limit + 1],
  );
  return rows;
}

/** The endpoints that an event was owed to and that are still there. */
export async function listEndpointsOf(tx: Sql, eventId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT e.id FROM event_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
     WHERE d.event_id = $1 AND e.status <> 'deleted' ORDER BY e.id`,
    [eventId],
  );
  return rows.map(({ id }) => id);
}

/** Streams are locked before deliveries, as by a worker that records a try (`event-streams.ts`). */
const AGAIN = `
     locked AS MATERIALIZED (
       SELECT s.subject FROM event_streams s WHERE s.endpoint_id = $1 AND s.subject IN (SELECT subject FROM picked)
       ORDER BY s.subject FOR NO KEY UPDATE),
     again AS (
       UPDATE event_deliveries d SET status = 'waiting' FROM picked
       WHERE d.event_id = picked.event_id AND d.endpoint_id = $1 AND d.subject IN (SELECT subject FROM locked)
       RETURNING d.subject),
     streams AS (
       UPDATE event_streams s SET has_news = true, due_at = now(), tries = 0, waits_since = now()
       WHERE s.endpoint_id = $1 AND s.subject IN (SELECT subject FROM again))
     SELECT count(*)::int AS count FROM again`;

/**
 * Sends an event to an endpoint again, now and with all its tries before it. Only events that the endpoint was owed.
 * Streams are changed for one endpoint at a time, so that two callers never wait for each other.
 */
export async function redeliver(sql: Sql, endpointId: string, eventId: string): Promise<void> {
  await sql.query(
    `WITH picked AS (SELECT event_id, subject FROM event_deliveries WHERE event_id = $2 AND endpoint_id = $1),${AGAIN}`,
    [endpointId, eventId],
  );
}

/**
 * Sends everything again that an endpoint did not take: events given up, and those whose next try is due later.
 * @param since only events from then on
 * @returns how many
 */
export async function redeliverFailed(tx: Sql, endpointId: string, since: Date | null): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `WITH picked AS (
       SELECT d.event_id, d.subject FROM event_deliveries d JOIN events v ON v.id = d.event_id
       WHERE d.endpoint_id = $1 AND ($2::timestamptz IS NULL OR v.created_at >= $2)
         AND (d.status = 'given_up' OR d.status = 'waiting' AND EXISTS (
           SELECT FROM event_streams s WHERE s.endpoint_id = $1 AND s.subject = d.subject AND s.tries > 0))),${AGAIN}`,
    [endpointId, since],
  );
  return rows[0]?.count ?? 0;
}
