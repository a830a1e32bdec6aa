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
       RETURNING 1)
     SELECT count(*)::int AS events FROM told`,
    [
      workspaceId,
      paymentId,
      line.kind,
      line.summary,
      line.from ?? null,
      line.to ?? null,
      JSON.stringify(line.detail ?? {}),
      events.map(() => newId('event')),
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
  const { rowCount } = await tx.query(
    `WITH counted AS (
       UPDATE workspaces SET event_sequence = event_sequence + 1 WHERE id = ANY($1) RETURNING id, event_sequence)
     INSERT INTO events (id, workspace_id, type, sequence, facts)
     SELECT given.event_id, counted.id, $3, counted.event_sequence, $4
     FROM unnest($1::text[], $2::text[]) AS given (workspace_id, event_id) JOIN counted ON counted.id = given.workspace_id`,
    [
      workspaceIds,
      workspaceIds.map(() => newId('event')),
      event.type,
      JSON.stringify({ paymentId: null, ...event.facts }),
    ],
  );
  if (rowCount !== workspaceIds.length) throw new Error('an event is about a workspace that is not there');
}
