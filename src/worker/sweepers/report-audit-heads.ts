import { listDueHeads, markHeadReported } from '../../db/audit-log.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { Logger } from '../../logger.ts';
import { sweepEach } from './sweep-each.ts';

const HOUR_SECONDS = 3_600;
const AT_A_TIME = 100;

/**
 * Reports the last entry of each audit log that has grown, at most once an hour. It goes into our log, and to the app
 * as event `audit.head`. Both lie outside the database, so that entries which somebody removes from the end are missed
 * (`npm run verify-audit`).
 */
export async function reportAuditHeads(
  { pool, logger }: { readonly pool: Pool; readonly logger: Logger },
  pauseSeconds = HOUR_SECONDS,
): Promise<void> {
  await sweepEach(await listDueHeads(pool, { pauseSeconds, limit: AT_A_TIME }), {
    idsOf: (workspaceId) => ({ workspaceId }),
    run: async (workspaceId) => {
      const head = await inWorkspace(pool, workspaceId, (tx) => reportHead(tx, workspaceId, pauseSeconds));
      if (head !== null) logger.info({ auditHead: head }, 'the head of an audit log');
    },
  });
}

/** Null: another worker has reported it. */
async function reportHead(tx: Sql, workspaceId: string, pauseSeconds: number): Promise<object | null> {
  const reported = await markHeadReported(tx, workspaceId, pauseSeconds);
  if (reported === null) return null;
  const facts = { sequence: reported.sequence, link: reported.link.toString('hex') };
  await tellWorkspaces(tx, [workspaceId], { type: 'audit.head', facts });
  return { workspaceId, ...facts };
}
