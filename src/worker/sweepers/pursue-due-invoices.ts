import { listOverdueInvoices } from '../../db/manual-payments.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';

const PAGE = 100;

/**
 * Post-dated cheques that fell due and have no tax invoice: lets their timers look again. It is for what a timer cannot
 * know. Examples are another time zone of the workspace, a receipt that came through a review, or a rule of the books
 * that was put right.
 */
export async function pursueDueInvoices(deps: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'pursueDueInvoice'>;
  readonly logger: Logger;
}): Promise<void> {
  for (const ids of await listOverdueInvoices(deps.pool, PAGE)) {
    try {
      await deps.temporal.pursueDueInvoice(ids);
    } catch (error) {
      deps.logger.warn({ err: error, paymentId: ids.paymentId }, 'a tax invoice waits for Temporal');
      return;
    }
  }
}
