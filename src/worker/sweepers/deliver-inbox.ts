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
 * Signals payments about their webhooks: those that the API could not signal, those that came before their charge,
 * and, at growing intervals, those still open. A payment is signalled once, however many rows it has, because its
 * next question answers all of them. A failing one does not delay others. While Temporal is down, all wait for the
 * next sweep.
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
