import type { ActivityContext } from '../../activities/context.ts';
import type { Queue } from '../../db/queue.ts';
import { listAccountsToReconcile } from '../../db/reconciliation.ts';
import type { ReconcileJob } from '../../db/reconciliation.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { reconcileAccount } from './reconcile-account.ts';
import { reconcilePayments } from './reconcile-payments.ts';

/** When it runs automatically: after the nightly jobs of the vendors, before businesses open. */
const BY_ITSELF = { cron: '10 3 * * *', timeZone: 'Asia/Jerusalem' } as const;

/** Inactive accounts are compared if anything happened at them within this many days. */
const DAYS_BACK = 90;
const DAY_MS = 86_400_000;

type Deps = ActivityContext & {
  readonly queue: Pick<Queue, 'enqueue' | 'work' | 'repeat'>;
  readonly temporal: Pick<Temporal, 'checkPayment'>;
};

/**
 * Compares our books with those of payment providers and invoice services, every night and on demand. Asking about
 * the payment brings missing money into the books, as a webhook would. Every remaining difference is shown to a
 * person once, and never corrected automatically.
 */
export async function startReconciling(deps: Deps): Promise<void> {
  await deps.queue.repeat('reconcile', { kind: 'all', workspaceId: null }, BY_ITSELF);
  await deps.queue.work('reconcile', async (job) => {
    try {
      await run(deps, job, new Date(Date.now() - DAYS_BACK * DAY_MS));
    } catch (error) {
      deps.logger.warn({ err: error, kind: job.kind }, 'a reconciliation stopped and will start again');
      throw error;
    }
  });
}

async function run(deps: Deps, job: ReconcileJob, since: Date): Promise<void> {
  if (job.kind === 'payments') return reconcilePayments(deps, job);
  if (job.kind === 'account') return reconcileAccount(deps, job);
  const accounts = await listAccountsToReconcile(deps.pool, { since, workspaceId: job.workspaceId });
  for (const { id: accountId, workspaceId } of accounts)
    await deps.queue.enqueue(
      'reconcile',
      { kind: 'account', workspaceId, accountId },
      `account/${accountId}`,
    );
}
