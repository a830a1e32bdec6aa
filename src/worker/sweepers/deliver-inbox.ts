import type { Pool } from '../../db/pool.ts';
import { acceptEarlyEvents, claimDue, unclaim } from '../../db/provider-events.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';

const AT_A_TIME = 500;
const REACH_MS = 1_000;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Temporal;
  readonly logger: Logger;
}

/**
 * Delivers what the API's first try could not, what came before the charge that it names, and again what is still open, at
 * widening gaps. A payment is told once, however many rows it has: its next question answers all of them. One that fails keeps no other waiting; while Temporal
 * is away all of them wait for the next sweep.
 */
export async function deliverInbox(deps: Deps): Promise<void> {
  await acceptEarlyEvents(deps.pool);
  const failed: string[] = [];
  let isAway = false;
  for (const [event, ...more] of byPayment(await claimDue(deps.pool, AT_A_TIME))) {
    if (!isAway && (await deliver(deps, event))) continue;
    failed.push(event.id, ...more.map(({ id }) => id));
    isAway ||= !(await deps.temporal.isReachable(REACH_MS));
  }
  if (failed.length > 0) await unclaim(deps.pool, failed);
}

type Rows = [ProviderEventRow, ...ProviderEventRow[]];

function byPayment(events: readonly ProviderEventRow[]): Iterable<Rows> {
  const groups = new Map<string | null, Rows>();
  for (const event of events) {
    const group = groups.get(event.paymentId);
    if (group === undefined) groups.set(event.paymentId, [event]);
    else group.push(event);
  }
  return groups.values();
}

async function deliver({ temporal, logger }: Deps, event: ProviderEventRow): Promise<boolean> {
  if (event.paymentId === null) return true;
  const { id, workspaceId, paymentId } = event;
  try {
    await temporal.deliverEvent({ workspaceId, paymentId, id });
    return true;
  } catch (error) {
    logger.warn({ err: error, providerEventId: id }, 'a webhook could not be delivered yet');
    return false;
  }
}
