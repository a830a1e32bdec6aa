import { listOwedRequests, markNudged } from '../../db/payment-requests.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';

/** The API has just written these and signals the workflow itself. */
const FRESH_SECONDS = 5;
const PAGE = 100;

/** Signals the payment request workflows that the API could not: to start, or to look again. */
export async function pursueOwedRequests(deps: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'pursueRequest'>;
  readonly logger: Logger;
}): Promise<void> {
  for (const { owedSince, ...ids } of await listOwedRequests(deps.pool, FRESH_SECONDS, PAGE)) {
    try {
      await deps.temporal.pursueRequest(ids);
    } catch (error) {
      deps.logger.warn({ err: error, paymentId: ids.paymentId }, 'a payment request waits for Temporal');
      return;
    }
    await markNudged(deps.pool, ids.paymentId, owedSince);
  }
}
