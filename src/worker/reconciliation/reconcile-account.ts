import type { ActivityContext } from '../../activities/context.ts';
import { findAccount, setComparedUntil } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { Queue } from '../../db/queue.ts';
import { listPaymentsToAsk } from '../../db/reconciliation.ts';
import type { ComparedPeriod, SuspectPayment } from '../../db/reconciliation.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { listUnreadablePayments } from '../../db/unreadable-rows.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { reconcileInvoices } from './reconcile-invoices.ts';
import { compareDisputes } from './compare-disputes.ts';
import { compareListing } from './compare-listing.ts';

type Deps = ActivityContext & { readonly queue: Pick<Queue, 'enqueue'> };

/** Payments per job: at a slow vendor they take minutes. */
const PAYMENTS_A_JOB = 50;

const DAY_MS = 86_400_000;
/** A vendor may show a transaction this long after it happened. */
const LAG_DAYS = 2;
const MOST_DAYS = 90;

/**
 * The compared period: from the last comparison, minus the possible delay of a vendor. However long comparisons failed
 * (refused keys, a machine that was down), the next one continues from there. At most 90 days back, also for the
 * first one.
 */
export function periodOf(comparedUntil: Date | null, now: Date): ComparedPeriod {
  const last = Math.min(comparedUntil?.getTime() ?? 0, now.getTime() - DAY_MS);
  const from = Math.max(last - LAG_DAYS * DAY_MS, now.getTime() - MOST_DAYS * DAY_MS);
  return { from: new Date(from), lastAt: new Date(Math.max(last, from)), until: now };
}

/** Compares one account with its vendor. Payments that must be asked about become separate jobs. */
export async function reconcileAccount(
  deps: Deps,
  { workspaceId, accountId }: { readonly workspaceId: string; readonly accountId: string },
): Promise<void> {
  const now = new Date();
  const [account, workspace] = await inWorkspace(deps.pool, workspaceId, async (tx) => [
    await findAccount(tx, accountId),
    await findWorkspace(tx, workspaceId),
  ]);
  if (account === null || workspace === null) throw new Error(`account ${accountId} is gone`);
  const period = periodOf(account.comparedUntil, now);
  if (account.family === 'invoice') await reconcileInvoices(deps, account, workspace, period.from);
  else if (await askAboutPayments(deps, account, workspace, period)) return;
  await inWorkspace(deps.pool, workspaceId, (tx) => setComparedUntil(tx, accountId, now));
}

/**
 * Queues jobs that ask about payments. They mark the account as compared once they are done. False if there are none.
 */
async function askAboutPayments(
  deps: Deps,
  account: AccountRow,
  workspace: Workspace,
  period: ComparedPeriod,
): Promise<boolean> {
  const { id: accountId, workspaceId } = account;
  const compared = { accountId, until: period.until.toISOString() };
  const payments = await suspectsOf(deps, account, workspace, period);
  for (let at = 0; at < payments.length; at += PAYMENTS_A_JOB) {
    const some = payments.slice(at, at + PAYMENTS_A_JOB);
    const job = { kind: 'payments', workspaceId, payments: some, compared } as const;
    await deps.queue.enqueue('reconcile', job, `payments/${some[0]?.id ?? ''}`);
  }
  return payments.length > 0;
}

/**
 * Payments that a list gives a reason to ask about, and those that could not be read last. If the vendor has no list,
 * all that may have changed.
 */
async function suspectsOf(
  deps: Deps,
  account: AccountRow,
  workspace: Workspace,
  period: ComparedPeriod,
): Promise<readonly SuspectPayment[]> {
  const { id: accountId, provider, workspaceId } = account;
  const unread = await inWorkspace(deps.pool, workspaceId, (tx) => listUnreadablePayments(tx, accountId));
  const listing = deps.adapters.payment(account, workspace.mode).listPayments?.(period);
  if (listing === undefined) {
    const ids = await inWorkspace(deps.pool, workspaceId, (tx) => listPaymentsToAsk(tx, accountId, period));
    deps.logger.info(
      { provider, workspaceId, accountId, payments: ids.length },
      'payments are being asked about',
    );
    return withOthers([], [...ids, ...unread]);
  }
  const { payments: moved, foreign } = await compareListing(deps, account, listing, period);
  const disputed = await compareDisputes(deps, account, workspace, period);
  const payments = withOthers(moved, [...disputed, ...unread]);
  deps.metrics.reconciliation.inc({ provider, kind: 'foreign_transaction' }, foreign);
  const counts = { payments: payments.length, foreign };
  deps.logger.info({ provider, workspaceId, accountId, ...counts }, 'a listing was compared');
  return payments;
}

/** Each payment once: asking about it shows its disputes too, and whether it can be read again. */
function withOthers(moved: readonly SuspectPayment[], ids: readonly string[]): SuspectPayment[] {
  const others = [...new Set(ids)].filter((id) => !moved.some((one) => one.id === id));
  return [...moved, ...others.map((id) => ({ id, listed: [], unlisted: [] }))];
}
