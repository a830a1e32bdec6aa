import type { Pool } from '../../db/pool.ts';
import { claimUndelivered, markSignalled } from '../../db/provider-events.ts';
import { transaction } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Engine } from '../../engine/engine.ts';

const CLAIM = {
  /** The API has just stored these and is signalling itself. */
  freshFor: 3,
  /** A signal that nothing came of for this long is sent again; the workflow knows rows it has seen. */
  signalledFor: 60,
  limit: 100,
};

/** Delivers what the API's first try could not. @throws when Temporal is away: the rows wait for the next sweep */
export async function deliverInbox(deps: { pool: Pool; engine: Engine }): Promise<void> {
  await transaction(deps.pool, async (tx) => {
    for (const event of await claimUndelivered(tx, CLAIM)) {
      const workspace = await findWorkspace(tx, event.workspaceId);
      if (event.paymentId === null || workspace === null) continue;
      await deps.engine.deliverEvent({
        workspaceId: event.workspaceId,
        paymentId: event.paymentId,
        id: event.id,
        print: workspace.receipt.print,
      });
      await markSignalled(tx, [event.id]);
    }
  });
}
