import { newId } from '../domain/ids.ts';
import type { PaymentStatus } from '../domain/payment.ts';
import type { Sql } from './pool.ts';

/** The payment whose history it is. */
export interface PaymentOwner {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** A line of the timeline. `summary` is a sentence for people; it holds no name and no secret. */
export interface NewLine {
  readonly kind: string;
  readonly summary: string;
  readonly from?: PaymentStatus;
  readonly to?: PaymentStatus;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** An event to be sent out: only `src/history` makes one. */
export interface NewEvent {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Owes the events just written (`told`) to the endpoints that want their type, and makes the streams due that hold them.
 * It is in the statement that writes the events, so none is owed to an endpoint made later and none is forgotten.
 */
const OWED_TO_ENDPOINTS = `
     owed AS (
       INSERT INTO event_deliveries (endpoint_id, event_id, workspace_id, subject, sequence)
       SELECT e.id, told.id, told.workspace_id, coalesce(told.payment_id, told.workspace_id), told.sequence
       FROM told JOIN webhook_endpoints e ON e.workspace_id = told.workspace_id
       WHERE e.status <> 'deleted' AND (e.event_types IS NULL OR told.type = ANY (e.event_types))
       RETURNING endpoint_id, subject, workspace_id),
     streams AS (
       INSERT INTO event_streams (endpoint_id, subject, workspace_id)
       SELECT DISTINCT endpoint_id, subject, workspace_id FROM owed ORDER BY endpoint_id, subject
       ON CONFLICT (endpoint_id, subject) DO UPDATE SET has_news = true,
         due_at = coalesce(event_streams.due_at, now()),
         waits_since = CASE WHEN event_streams.due_at IS NULL THEN now() ELSE event_streams.waits_since END)`;

/**
 * Writes a timeline line of a payment and its events in one statement. Updating the counter locks the payment's row,
 * so that the sequence of its events has no gaps and no doubles.
 */
export async function insertHistory(
  tx: Sql,
  { workspaceId, paymentId }: PaymentOwner,
  line: NewLine,
  events: readonly NewEvent[] = [],
): Promise<void> {
  const { rows } = await tx.query<{ events: number }>(
    `WITH line AS (
       INSERT INTO payment_log (workspace_id, payment_id, kind, summary, from_status, to_status, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7)),
     counted AS (
       UPDATE payments SET event_sequence = event_sequence + cardinality($8::text[])
       WHERE id = $2 AND cardinality($8::text[]) > 0 RETURNING event_sequence),
     told AS (
       INSERT INTO events (id, workspace_id, payment_id, type, sequence, facts)
       SELECT given.id, $1, $2, given.type, event_sequence - cardinality($8::text[]) + given.place, given.facts::jsonb
       FROM unnest($8::text[], $9::text[], $10::text[]) WITH ORDINALITY AS given (id, type, facts, place), counted
       RETURNING id, workspace_id, payment_id, type, sequence),${OWED_TO_ENDPOINTS}
     SELECT count(*)::int AS events FROM told`,
    [
      workspaceId,
      paymentId,
      line.kind,
      line.summary,
      line.from ?? null,
      line.to ?? null,
      JSON.stringify(line.detail ?? {}),
      // Sorted, so that the order of the ids is that of the sequence.
      events.map(() => newId('event')).sort(),
      events.map(({ type }) => type),
      events.map(({ facts }) => JSON.stringify({ paymentId, ...facts })),
    ],
  );
  if (rows[0]?.events !== events.length)
    throw new Error(`payment ${paymentId} is not in workspace ${workspaceId}`);
}

/** Locks workspaces in the order of their ids, so that two writers of their events never deadlock. */
export async function lockWorkspaces(tx: Sql, workspaceIds: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM workspaces WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [
    workspaceIds,
  ]);
}

/**
 * Writes one event about no payment for each workspace, in the transaction of what it reports. The events of a
 * workspace are numbered without gaps. A caller that writes several events locks all their workspaces first.
 */
export async function insertWorkspaceEvent(
  tx: Sql,
  workspaceIds: readonly string[],
  event: NewEvent,
): Promise<void> {
  await lockWorkspaces(tx, workspaceIds);
  const { rows } = await tx.query<{ events: number }>(
    `WITH counted AS (
       UPDATE workspaces SET event_sequence = event_sequence + 1 WHERE id = ANY($1) RETURNING id, event_sequence),
     told AS (
       INSERT INTO events (id, workspace_id, type, sequence, facts)
       SELECT given.event_id, counted.id, $3, counted.event_sequence, $4
       FROM unnest($1::text[], $2::text[]) AS given (workspace_id, event_id) JOIN counted ON counted.id = given.workspace_id
       RETURNING id, workspace_id, payment_id, type, sequence),${OWED_TO_ENDPOINTS}
     SELECT count(*)::int AS events FROM told`,
    [
      workspaceIds,
      workspaceIds.map(() => newId('event')),
      event.type,
      JSON.stringify({ paymentId: null, ...event.facts }),
    ],
  );
  if (rows[0]?.events !== workspaceIds.length)
    throw new Error('an event is about a workspace that is not there');
}

/**
 * Writes an event for one endpoint alone, whatever types it wants: a test. It is a stream of its own, so that it waits
 * for no other event. Returns its id.
 */
export async function insertTestEvent(
  tx: Sql,
  { endpoint, eventId }: { endpoint: { readonly id: string; readonly workspaceId: string }; eventId: string },
  event: NewEvent,
): Promise<string> {
  await tx.query(
    `WITH counted AS (
       UPDATE workspaces SET event_sequence = event_sequence + 1 WHERE id = $2 RETURNING event_sequence),
     told AS (
       INSERT INTO events (id, workspace_id, type, sequence, facts)
       SELECT $1, $2, $4, event_sequence, $5 FROM counted RETURNING sequence),
     owed AS (
       INSERT INTO event_deliveries (endpoint_id, event_id, workspace_id, subject, sequence)
       SELECT $3, $1, $2, $1, sequence FROM told)
     INSERT INTO event_streams (endpoint_id, subject, workspace_id) VALUES ($3, $1, $2)`,
    [
      eventId,
      endpoint.workspaceId,
      endpoint.id,
      event.type,
      JSON.stringify({ paymentId: null, ...event.facts }),
    ],
  );
  return eventId;
}
