import { findLastMonth, insertAccountantMail, listMailingWorkspaces } from '../../db/accountant-months.ts';
import { insertExport } from '../../db/exports.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import { lockWorkspace } from '../../db/workspaces.ts';
import { dueMonths, rangeOf } from '../../domain/accountant-month.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import { sweepEach } from './sweep-each.ts';

interface Deps {
  readonly pool: Pool;
  readonly queue: Pick<Queue, 'enqueue'>;
}

/**
 * Orders the file of each month whose day has come, and the mail that carries it, in one transaction. So whatever
 * crashes, a month is ordered once. The file is made by `worker/exports/`, the mail is sent by `worker/mails/`.
 */
export async function orderAccountantMonths({ pool, queue }: Deps, now = new Date()): Promise<void> {
  await sweepEach(await listMailingWorkspaces(withoutTransaction(pool)), {
    idsOf: ({ workspaceId }) => ({ workspaceId }),
    run: async ({ workspaceId, timeZone, accountantMonth, lastMonth }) => {
      if (dueMonths(accountantMonth, { today: dayInZone(now, timeZone), lastMonth }).length === 0) return;
      await inWorkspace(pool, workspaceId, (tx) => order(tx, workspaceId, now));
      // A job that is lost here is queued again by `queue-exports.ts`.
      await queue.enqueue('export', { workspaceId }, workspaceId);
    },
  });
}

/** Reads the setting again under its lock: it may have been changed, and another worker may have been first. */
async function order(tx: Sql, workspaceId: string, now: Date): Promise<void> {
  const workspace = await lockWorkspace(tx, workspaceId);
  const accountantMonth = workspace?.accountantMonth ?? null;
  if (workspace === null || accountantMonth === null) return;
  const { timeZone, locale, currency } = workspace;
  const lastMonth = await findLastMonth(tx, workspaceId);
  for (const month of dueMonths(accountantMonth, { today: dayInZone(now, timeZone), lastMonth })) {
    const exportId = newId('export');
    const file = { kind: 'bundle', format: 'zip', ...rangeOf(month), locale, currency, options: {} } as const;
    await insertExport(tx, { id: exportId, workspaceId, ...file });
    const recipient = accountantMonth.to;
    await insertAccountantMail(tx, { id: newId('mail'), workspaceId, month, exportId, recipient, locale });
  }
}
