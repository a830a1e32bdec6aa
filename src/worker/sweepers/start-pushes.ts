import { listRepeatedPushes } from '../../db/invoice-pushes.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { sweepEach } from './sweep-each.ts';

const AT_A_TIME = 50;
const REACH_MS = 1_000;

/**
 * Starts failed pushes that a person asked for again. The API stored the wish, but could not start the push or died before.
 * A push that is already running goes on, so starting it twice does no harm.
 */
export async function startPushes({
  pool,
  temporal,
}: {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'startPush' | 'isReachable'>;
}): Promise<void> {
  await sweepEach(await listRepeatedPushes(pool, AT_A_TIME), {
    idsOf: ({ documentId }) => ({ documentId }),
    run: (push) => temporal.startPush(push),
    mayGoOn: () => temporal.isReachable(REACH_MS),
  });
}
