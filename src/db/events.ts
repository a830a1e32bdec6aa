import type { EventFacts, EventType } from '../domain/events.ts';
import { newId } from '../domain/ids.ts';
import type { Sql } from './pool.ts';

/**
 * Writes outgoing events of a payment in the transaction of what they tell. The payment's row is locked by the
 * counter's update, so the sequence has no hole and no double.
 */
export async function insertPaymentEvents(
  tx: Sql,
  owner: { workspaceId: string; paymentId: string },
  events: readonly { type: EventType; facts: EventFacts }[],
): Promise<void> {
  const { rows } = await tx.query<{ last: number }>(
    'UPDATE payments SET event_sequence = event_sequence + $2 WHERE id = $1 RETURNING event_sequence AS last',
    [owner.paymentId, events.length],
  );
  const last = rows[0]?.last;
  if (last === undefined) throw new Error(`payment ${owner.paymentId} is not in this workspace`);
  for (const [index, event] of events.entries()) {
    const sequence = last - events.length + index + 1;
    const facts = { paymentId: owner.paymentId, ...event.facts };
    await tx.query(
      'INSERT INTO events (id, workspace_id, payment_id, type, sequence, facts) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId('event'), owner.workspaceId, owner.paymentId, event.type, sequence, JSON.stringify(facts)],
    );
  }
}

/**
 * Writes one event about no payment for each of the workspaces, in the transaction of what it tells; numbered per
 * workspace, without a hole. Workspaces are locked in the order of their ids, so that two such writers never wait for
 * each other in a circle.
 */
export async function insertWorkspaceEvent(
  tx: Sql,
  workspaceIds: readonly string[],
  event: { type: EventType; facts: EventFacts },
): Promise<void> {
  await tx.query('SELECT id FROM workspaces WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [
    workspaceIds,
  ]);
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
