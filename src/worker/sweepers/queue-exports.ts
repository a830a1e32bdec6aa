import { deleteExpiredFiles } from '../../db/export-pieces.ts';
import { listWaitingWorkspaces } from '../../db/exports.ts';
import type { Pool } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { withoutTransaction } from '../../db/transaction.ts';
import { sweepEach } from './sweep-each.ts';

const WAITED_SECONDS = 10;
const MOST_FILES = 20;

/**
 * Deletes files that have expired, and queues exports whose job was lost with the process that should have queued it. A
 * second job of a workspace waits for the first one and then finds nothing to do.
 */
export async function queueExports({
  pool,
  queue,
}: {
  pool: Pool;
  queue: Pick<Queue, 'enqueue'>;
}): Promise<void> {
  const sql = withoutTransaction(pool);
  await deleteExpiredFiles(sql, MOST_FILES);
  await sweepEach(await listWaitingWorkspaces(sql, WAITED_SECONDS), {
    idsOf: (workspaceId) => ({ workspaceId }),
    run: (workspaceId) => queue.enqueue('export', { workspaceId }, workspaceId),
  });
}
