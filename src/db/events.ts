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
