import { listRepeatedPushes } from '../../db/invoice-pushes.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';

const AT_A_TIME = 50;

/**
 * Starts failed pushes that a person asked for again. The API stored the wish, but could not start the push or died before.
 * A push that is already running goes on, so starting it twice does no harm.
 */
export async function startPushes(deps: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'startPush'>;
  readonly logger: Logger;
}): Promise<void> {
  for (const push of await listRepeatedPushes(deps.pool, AT_A_TIME)) {
    try {
      await deps.temporal.startPush(push);
    } catch (error) {
      deps.logger.warn({ err: error, documentId: push.documentId }, 'a repeated push waits for Temporal');
      return;
    }
  }
}
