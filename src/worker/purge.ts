import type { Pool } from '../db/pool.ts';
import { purgeEvents, purgeIdempotencyKeys, purgeWebhookBodies } from '../db/purge.ts';
import type { PurgeBatch } from '../db/purge.ts';
import type { Queue } from '../db/queue.ts';
import { withoutTransaction } from '../db/transaction.ts';
import type { Retention } from '../domain/retention.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';

/** Before the nightly comparison and the check of the books, so that they do not meet. */
const BY_ITSELF = { cron: '10 2 * * *', timeZone: 'Asia/Jerusalem' } as const;

/** Rows of one statement: short locks, and little to do again if the process dies. */
const BATCH = 1_000;

/** What is purged, by the label of the metric. Whatever is not named here stays. */
const PURGES: Readonly<Record<string, { readonly purge: PurgeBatch; readonly kept: keyof Retention }>> = {
  idempotency_keys: { purge: purgeIdempotencyKeys, kept: 'idempotencyKeys' },
  events: { purge: purgeEvents, kept: 'events' },
  webhook_bodies: { purge: purgeWebhookBodies, kept: 'webhookBodies' },
};

interface Deps {
  readonly pool: Pool;
  readonly logger: Pick<Logger, 'info'>;
  readonly metrics: Pick<Metrics, 'purged'>;
  readonly retention: Retention;
}

/** Purges every night. */
export async function startPurging(
  deps: Deps & { readonly queue: Pick<Queue, 'work' | 'repeat'> },
): Promise<void> {
  await deps.queue.repeat('purge', {}, BY_ITSELF);
  await deps.queue.work('purge', () => purge(deps));
}

/**
 * Deletes what has stayed as long as it must, batch by batch until nothing is left. Each batch is a transaction of its own.
 * @param batch the most rows of one statement
 */
export async function purge({ pool, logger, metrics, retention }: Deps, batch = BATCH): Promise<void> {
  const sql = withoutTransaction(pool);
  for (const [what, { purge: purgeBatch, kept }] of Object.entries(PURGES)) {
    const days = retention[kept];
    let total = 0;
    let count: number;
    do {
      count = await purgeBatch(sql, days, batch);
      total += count;
      metrics.purged.inc({ what }, count);
    } while (count === batch);
    logger.info({ what, days, count: total }, 'what was old enough is purged');
  }
}
