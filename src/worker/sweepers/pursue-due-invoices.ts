import { listOverdueInvoices } from '../../db/manual-payments.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { sweepEach } from './sweep-each.ts';

const PAGE = 100;
const REACH_MS = 1_000;

/**
 * Post-dated cheques that fell due and have no tax invoice: lets their timers look again. It is for what a timer cannot
 * know. Examples are another time zone of the workspace, a receipt that came through a review, or a rule of the books
 * that was put right.
 */
export async function pursueDueInvoices({
  pool,
  temporal,
}: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'pursueDueInvoice' | 'isReachable'>;
}): Promise<void> {
  await sweepEach(await listOverdueInvoices(pool, PAGE), {
    idsOf: ({ paymentId }) => ({ paymentId }),
    run: (ids) => temporal.pursueDueInvoice(ids),
    mayGoOn: () => temporal.isReachable(REACH_MS),
  });
}
