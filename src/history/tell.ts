import { insertHistory, insertTestEvent, insertWorkspaceEvent } from '../db/history.ts';
import type { PaymentOwner } from '../db/history.ts';
import type { Sql } from '../db/pool.ts';
import { newId } from '../domain/ids.ts';
import type { PaymentStatus } from '../domain/payment.ts';
import { EVENT_FACTS } from './event-facts.ts';
import type { OutgoingEvent } from './event-facts.ts';
import type { LineKind } from './line-kinds.ts';

/** What happened to a payment: one line of its timeline, and the events that the app gets for it. */
export interface Happening {
  readonly kind: LineKind;
  /** A sentence for people. It holds no name and no secret. */
  readonly summary: string;
  readonly from?: PaymentStatus;
  readonly to?: PaymentStatus;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  readonly events?: readonly OutgoingEvent[];
}

/** Writes what happened to a payment, in the transaction that makes it happen. */
export function tell(tx: Sql, owner: PaymentOwner, happening: Happening): Promise<void> {
  const { events = [], ...line } = happening;
  return insertHistory(tx, owner, line, events.map(toThin));
}

/** Reports something that is about no payment to workspaces, in the transaction that makes it happen. */
export function tellWorkspaces(
  tx: Sql,
  workspaceIds: readonly string[],
  event: OutgoingEvent,
): Promise<void> {
  return insertWorkspaceEvent(tx, workspaceIds, toThin(event));
}

/** Writes an event of type `test` for one endpoint alone. Returns its id. */
export function tellEndpoint(
  tx: Sql,
  endpoint: { readonly id: string; readonly workspaceId: string },
  eventId = newId('event'),
): Promise<string> {
  return insertTestEvent(
    tx,
    { endpoint, eventId },
    toThin({ type: 'test', facts: { endpointId: endpoint.id } }),
  );
}

/** Only fields of the schema are sent. */
function toThin({ type, facts }: OutgoingEvent): { type: string; facts: Record<string, unknown> } {
  const read = EVENT_FACTS[type].safeParse(facts);
  // A RangeError is final: a person is asked, and the transaction is not repeated for ever.
  if (!read.success) throw new RangeError(`the facts of ${type} have another shape: ${read.error.message}`);
  return { type, facts: read.data };
}
