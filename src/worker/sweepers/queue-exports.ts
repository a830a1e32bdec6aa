import { deleteExpiredFiles } from '../../db/export-pieces.ts';
import { listWaitingWorkspaces } from '../../db/exports.ts';
import type { Pool } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { withoutTransaction } from '../../db/transaction.ts';

const WAITED_SECONDS = 10;
const MOST_FILES = 20;

/**
 * Queues exports whose job was lost with the process that should have queued it, and deletes files that have expired. A
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
  for (const workspaceId of await listWaitingWorkspaces(sql, WAITED_SECONDS))
    await queue.enqueue('export', { workspaceId }, workspaceId);
  await deleteExpiredFiles(sql, MOST_FILES);
}
