import { findProviderEvent, markHandled } from '../../db/provider-events.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import type { Sql } from '../../db/pool.ts';

/** Ids that a signal brought, and the payment it was sent to. Anybody who reaches Temporal can send one. */
export interface Signalled {
  readonly paymentId: string;
  readonly eventIds: readonly string[];
}

/** The inbox rows among them that are accepted and really this payment's. */
export async function listOwnEvents(
  tx: Sql,
  { paymentId, eventIds }: Signalled,
): Promise<ProviderEventRow[]> {
  const found: ProviderEventRow[] = [];
  for (const id of eventIds) {
    const event = await findProviderEvent(tx, id);
    if (event?.paymentId === paymentId && event.verdict === 'accepted') found.push(event);
  }
  return found;
}

/** Notes what came of them. Another payment's row is not touched: it still waits for its own workflow. */
export async function markOwnHandled(tx: Sql, signalled: Signalled, handledAs: string): Promise<void> {
  const own = await listOwnEvents(tx, signalled);
  await markHandled(
    tx,
    own.map(({ id }) => id),
    handledAs,
  );
}
