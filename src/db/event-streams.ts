import { newId } from '../domain/ids.ts';
import type { AttemptFailure } from '../domain/webhook-endpoint.ts';
import type { Sql } from './pool.ts';

/** A stream that a worker took, with the event that is sent next and the endpoint that gets it. */
export interface TakenStream {
  readonly endpointId: string;
  readonly subject: string;
  readonly workspaceId: string;
  readonly turn: number;
  /** Failed tries of this event. */
  readonly tries: number;
  readonly url: string;
  readonly apiVersion: string;
  readonly secretSealed: Buffer;
  /** The replaced secret while it is still valid. */
  readonly previousSealed: Buffer | null;
  readonly failingSince: Date | null;
  readonly eventId: string;
  readonly type: string;
  readonly sequence: number;
  readonly createdAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** How many streams a worker takes: of a good endpoint, of a failing one, and in all. */
export interface Room {
  readonly ofOne: number;
  readonly ofFailing: number;
  readonly inAll: number;
}

/** A try takes 10 s at most. After this time its worker counts as dead, and another one tries. */
const LEASE_SECONDS = 30;

/**
 * The enabled endpoints with a stream that is due. It steps from endpoint to endpoint by index, however long the
 * backlog of one is. Where nothing waits it costs next to nothing, since workers ask this all the time. System role.
 */
export async function listOwedEndpoints(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `WITH RECURSIVE owed AS (
       (SELECT endpoint_id, due_at FROM event_streams WHERE due_at IS NOT NULL ORDER BY endpoint_id, due_at LIMIT 1)
       UNION ALL
       SELECT next.endpoint_id, next.due_at FROM owed CROSS JOIN LATERAL (
         SELECT endpoint_id, due_at FROM event_streams WHERE due_at IS NOT NULL AND endpoint_id > owed.endpoint_id
         ORDER BY endpoint_id, due_at LIMIT 1) next)
     SELECT e.id FROM owed JOIN webhook_endpoints e ON e.id = owed.endpoint_id
     WHERE owed.due_at <= now() AND e.status = 'enabled'`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes due streams of these endpoints, the longest due ones of each first. A worker that has `busy` streams of an
 * endpoint takes so many fewer of it, so one endpoint never takes the room of another. System role.
 */
export async function claimDueStreams(
  sql: Sql,
  endpointIds: readonly string[],
  busy: ReadonlyMap<string, number>,
  { ofOne, ofFailing, inAll }: Room,
): Promise<TakenStream[]> {
  const { rows } = await sql.query<TakenStream | EmptyStream>(
    `WITH room AS (
       SELECT e.id, greatest(0, CASE WHEN e.failing_since IS NULL THEN $3::int ELSE $4::int END - asked.busy) AS free
       FROM unnest($1::text[], $2::int[]) AS asked (id, busy)
       JOIN webhook_endpoints e ON e.id = asked.id AND e.status = 'enabled'),
     due AS MATERIALIZED (
       SELECT s.endpoint_id, s.subject FROM room CROSS JOIN LATERAL (
         SELECT endpoint_id, subject FROM event_streams WHERE endpoint_id = room.id AND due_at <= now()
         ORDER BY due_at LIMIT room.free FOR NO KEY UPDATE SKIP LOCKED) s
       LIMIT $5),
     taken AS (
       UPDATE event_streams s SET due_at = now() + make_interval(secs => $6), has_news = false, turn = turn + 1
       FROM due WHERE s.endpoint_id = due.endpoint_id AND s.subject = due.subject RETURNING s.*)
     SELECT t.endpoint_id AS "endpointId", t.subject, t.workspace_id AS "workspaceId", t.turn, t.tries,
       e.url, e.api_version AS "apiVersion", e.secret_sealed AS "secretSealed",
       CASE WHEN e.previous_valid_until > now() THEN e.previous_sealed END AS "previousSealed",
       e.failing_since AS "failingSince", v.id AS "eventId", v.type, v.sequence, v.created_at AS "createdAt", v.facts
     FROM taken t JOIN webhook_endpoints e ON e.id = t.endpoint_id
     LEFT JOIN LATERAL (
       SELECT event_id FROM event_deliveries d
       WHERE d.endpoint_id = t.endpoint_id AND d.subject = t.subject AND d.status = 'waiting'
       ORDER BY d.sequence LIMIT 1) first ON true
     LEFT JOIN events v ON v.id = first.event_id`,
    [endpointIds, endpointIds.map((id) => busy.get(id) ?? 0), ofOne, ofFailing, inAll, LEASE_SECONDS],
  );
  const taken: TakenStream[] = [];
  for (const row of rows) {
    if (row.eventId === null) await restStream(sql, row);
    else taken.push(row);
  }
  return taken;
}

/** A stream of which nothing waits any more: an event that was to be sent again was being sent already. */
interface EmptyStream {
  readonly endpointId: string;
  readonly subject: string;
  readonly turn: number;
  readonly eventId: null;
}

async function restStream(sql: Sql, { endpointId, subject, turn }: EmptyStream): Promise<void> {
  await sql.query(
    `UPDATE event_streams SET due_at = CASE WHEN has_news THEN now() END
     WHERE endpoint_id = $1 AND subject = $2 AND turn = $3`,
    [endpointId, subject, turn],
  );
}

/** One try as it went. `failure` null: the endpoint took the event. */
export interface Attempt {
  readonly at: Date;
  readonly durationMs: number;
  readonly failure: AttemptFailure | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

type Sent = Pick<TakenStream, 'endpointId' | 'subject' | 'workspaceId' | 'turn' | 'eventId'>;

const NOTED = `noted AS (
       INSERT INTO event_attempts (endpoint_id, event_id, workspace_id, id, at, duration_ms, failure, status, error, answer)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))`;

const toValues = ({ endpointId, eventId, workspaceId }: Sent, attempt: Attempt): readonly unknown[] => [
  endpointId,
  eventId,
  workspaceId,
  newId('attempt', attempt.at.getTime()),
  attempt.at,
  attempt.durationMs,
  attempt.failure,
  attempt.status,
  attempt.error,
  attempt.answer,
];

/**
 * Records a try after which the event waits no more: the next one of its stream is due. Returns whether there is one.
 * An event that was added since the stream was taken is not in this statement's sight, so the row itself tells of it.
 */
export async function endDelivery(
  sql: Sql,
  sent: Sent,
  attempt: Attempt,
  status: 'delivered' | 'given_up',
): Promise<boolean> {
  const { rows } = await sql.query<{ isDue: boolean }>(
    `WITH ${NOTED},
     ended AS (UPDATE event_deliveries SET status = $11 WHERE event_id = $2 AND endpoint_id = $1),
     recovered AS (
       UPDATE webhook_endpoints SET failing_since = NULL
       WHERE id = $1 AND $11 = 'delivered' AND failing_since IS NOT NULL)
     UPDATE event_streams SET tries = 0, waits_since = now(), due_at = CASE WHEN has_news OR EXISTS (
         SELECT FROM event_deliveries d
         WHERE d.endpoint_id = $1 AND d.subject = $12 AND d.status = 'waiting' AND d.event_id <> $2) THEN now() END
     WHERE endpoint_id = $1 AND subject = $12 AND turn = $13 RETURNING due_at IS NOT NULL AS "isDue"`,
    [...toValues(sent, attempt), status, sent.subject, sent.turn],
  );
  return rows[0]?.isDue ?? false;
}

/** Records a failed try. The stream waits for `pauseMs`, and the endpoint counts as failing from its first failure on. */
export async function retryDelivery(sql: Sql, sent: Sent, attempt: Attempt, pauseMs: number): Promise<void> {
  await sql.query(
    `WITH ${NOTED},
     failing AS (UPDATE webhook_endpoints SET failing_since = now() WHERE id = $1 AND failing_since IS NULL)
     UPDATE event_streams SET tries = tries + 1, due_at = now() + make_interval(secs => $11)
     WHERE endpoint_id = $1 AND subject = $12 AND turn = $13`,
    [...toValues(sent, attempt), pauseMs / 1_000, sent.subject, sent.turn],
  );
}

/** Tries everything that waits for an endpoint now, with all its tries before it. */
export async function hastenStreams(tx: Sql, endpointId: string): Promise<void> {
  await tx.query(
    'UPDATE event_streams SET due_at = now(), tries = 0, waits_since = now() WHERE endpoint_id = $1 AND due_at IS NOT NULL',
    [endpointId],
  );
}

/** Seconds since the stream that waits longest made progress: at endpoints that are enabled, and at those that are off. */
export async function oldestWaitingSeconds(sql: Sql): Promise<{ enabled: number; off: number }> {
  const { rows } = await sql.query<{ enabled: number; off: number }>(
    `SELECT coalesce(max(age) FILTER (WHERE e.status = 'enabled'), 0)::float8 AS enabled,
       coalesce(max(age) FILTER (WHERE e.status IN ('paused', 'disabled')), 0)::float8 AS off
     FROM (SELECT endpoint_id, extract(epoch FROM now() - min(waits_since)) AS age FROM event_streams
           WHERE due_at IS NOT NULL GROUP BY endpoint_id) AS waiting
     JOIN webhook_endpoints e ON e.id = waiting.endpoint_id`,
  );
  return rows[0] ?? { enabled: 0, off: 0 };
}
