import { listOwedRequests, markNudged } from '../../db/payment-requests.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { sweepEach } from './sweep-each.ts';

/** The API has just written these and signals the workflow itself. */
const FRESH_SECONDS = 5;
const PAGE = 100;
const REACH_MS = 1_000;

/** Signals the payment request workflows that the API could not: to start, or to look again. */
export async function pursueOwedRequests({
  pool,
  temporal,
}: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'pursueRequest' | 'isReachable'>;
}): Promise<void> {
  await sweepEach(await listOwedRequests(pool, FRESH_SECONDS, PAGE), {
    idsOf: ({ paymentId }) => ({ paymentId }),
    run: async ({ owedSince, ...ids }) => {
      await temporal.pursueRequest(ids);
      await markNudged(pool, ids.paymentId, owedSince);
    },
    mayGoOn: () => temporal.isReachable(REACH_MS),
  });
}
