import { setTimeout as pause } from 'node:timers/promises';
import type { ActivityContext } from '../../activities/context.ts';
import { askProvider } from '../../activities/books/ask-provider.ts';
import { loadPayment } from '../../activities/books/load-payment.ts';
import type { LoadedPayment } from '../../activities/books/load-payment.ts';
import { noteReadBack } from '../../activities/books/unreadable-rows.ts';
import { reportDifference } from './report-difference.ts';
import { findDispute } from '../../db/disputes.ts';
import { setComparedUntil } from '../../db/provider-accounts.ts';
import { listTransactions } from '../../db/reconciliation.ts';
import type { ListedTransaction, ReconcileJob, SuspectPayment } from '../../db/reconciliation.ts';
import type { Queue } from '../../db/queue.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { isDisputeNews } from '../../domain/standing.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { PaymentFinding, ProviderDispute } from '../../providers/payments/payment-provider.ts';
import { compareTransactions, hasNews } from './compare-transactions.ts';
import type { Comparison } from './compare-transactions.ts';

type Deps = ActivityContext & {
  readonly temporal: Pick<Temporal, 'checkPayment'>;
  readonly queue: Pick<Queue, 'enqueue'>;
};

/** Nobody waits for a reconciliation, so pauses between questions leave the vendor time for payers. */
const PAUSE_MS = 100;
const CHECK_MS = 20_000;

/**
 * Asks the vendor about each payment and compares. The payment's own check brings missing money into the books;
 * remaining differences are shown to a person. Payments that could not be compared become a separate job. If the
 * vendor answered for any payment, it counts as compared.
 * @throws if none could be compared: the job is repeated
 */
export async function reconcilePayments(
  deps: Deps,
  { workspaceId, payments, compared }: Omit<Extract<ReconcileJob, { kind: 'payments' }>, 'kind'>,
): Promise<void> {
  const failed: SuspectPayment[] = [];
  for (const suspect of payments) {
    if (!(await isCompared(deps, workspaceId, suspect))) failed.push(suspect);
    await pause(PAUSE_MS);
  }
  if (failed.length > 0 && failed.length === payments.length)
    throw new Error(`could not be compared: ${failed.map(({ id }) => id).join(', ')}`);
  if (compared !== undefined)
    await inWorkspace(deps.pool, workspaceId, (tx) =>
      setComparedUntil(tx, compared.accountId, new Date(compared.until)),
    );
  const [first] = failed;
  if (first === undefined) return;
  await deps.queue.enqueue(
    'reconcile',
    { kind: 'payments', workspaceId, payments: failed },
    `again/${first.id}`,
  );
}

/** One bad payment does not stop the others. */
async function isCompared(deps: Deps, workspaceId: string, suspect: SuspectPayment): Promise<boolean> {
  try {
    const loaded = await loadPayment(deps.pool, { workspaceId, paymentId: suspect.id });
    return await examine(deps, loaded, suspect);
  } catch (error) {
    deps.logger.warn({ err: error, paymentId: suspect.id }, 'a payment could not be compared');
    return false;
  }
}

/** False if the payment's own check was not answered. */
async function examine(deps: Deps, loaded: LoadedPayment, suspect: SuspectPayment): Promise<boolean> {
  const { account, payment } = loaded;
  const finding = await ask(deps, loaded);
  if (finding === null) {
    await reportUnlisted(deps, loaded, suspect);
    return true;
  }
  const told = unite(finding, payment.takenFrom ?? payment.id, suspect.listed);
  const before = await read(deps, loaded, told);
  if (!hasNews(before) && (await newDisputes(deps, loaded, finding)).length === 0) {
    await noteReadBack(deps, loaded, finding.unreadable);
    await report(deps, loaded, before);
    return true;
  }
  if (!(await check(deps, loaded))) return false;
  deps.metrics.reconciliation.inc({ provider: account.provider, kind: 'recognised' });
  await report(deps, loaded, await read(deps, loaded, told));
  await reportDisputes(deps, loaded, finding);
  return true;
}

/** Null if the vendor refuses to answer: it does not know a page or transaction that we name. */
async function ask(deps: Deps, loaded: LoadedPayment): Promise<PaymentFinding | null> {
  try {
    return await askProvider(deps, loaded);
  } catch (error) {
    if (!isProviderError(error) || error.code !== 'rejected') throw error;
    deps.logger.warn(
      { err: error, paymentId: loaded.payment.id },
      'a provider refuses to answer about a payment',
    );
    return null;
  }
}

/** Only the list decides: rows that it lacks are missing, and on the others it agreed. */
async function reportUnlisted(deps: Deps, loaded: LoadedPayment, { listed, unlisted }: SuspectPayment) {
  if (unlisted.length === 0) return;
  const books = await read(deps, loaded, listed);
  const told = books.booked.filter(({ transactionId }) => !unlisted.includes(transactionId));
  await report(deps, loaded, { ...books, told });
}

async function report(deps: Deps, loaded: LoadedPayment, comparison: Comparison): Promise<void> {
  const differences = compareTransactions(comparison, missesOf(deps, loaded), new Date());
  for (const difference of differences) await reportDifference(deps, loaded.account, difference);
}

/**
 * A payment without a page was created from the second charge of another payment, and is reported together with that
 * one.
 */
function missesOf({ adapters }: Deps, { account, workspace, pages }: LoadedPayment) {
  if (pages.length === 0) return 'none';
  return adapters.payment(account, workspace.mode).listPayments === undefined ? 'charges' : 'all';
}

/** What the vendor reports. The answer has priority over the list. `askedId`: the payment whose id the vendor has. */
function unite(
  { transactions }: PaymentFinding,
  askedId: string,
  listed: readonly ListedTransaction[],
): ListedTransaction[] {
  const own = transactions.filter(({ reference }) => reference === null || reference === askedId);
  return [...new Map([...listed, ...own].map((one) => [one.transactionId, one])).values()];
}

async function read(
  { pool }: Deps,
  { account, payment }: LoadedPayment,
  told: readonly ListedTransaction[],
): Promise<Comparison> {
  const transactionIds = told.map(({ transactionId }) => transactionId);
  const booked = await inWorkspace(pool, payment.workspaceId, (tx) =>
    listTransactions(tx, account.id, { transactionIds, paymentId: payment.id }),
  );
  const isBooked = (one: ListedTransaction): boolean =>
    booked.some(({ transactionId }) => transactionId === one.transactionId);
  // For a payment created from a second charge, the vendor also reports the transactions of the other payment. If the
  // books lack those, the other payment brings them in.
  const own = payment.takenFrom === null ? told : told.filter(isBooked);
  return { paymentId: payment.id, provider: account.provider, told: own, booked };
}

/** Disputes that our books lack, or have with an earlier status. */
async function newDisputes(
  { pool }: Deps,
  { account, payment }: LoadedPayment,
  { disputes }: PaymentFinding,
): Promise<readonly ProviderDispute[]> {
  if (disputes.length === 0) return [];
  const known = await inWorkspace(pool, payment.workspaceId, async (tx) => {
    const rows = [];
    for (const { disputeId } of disputes) rows.push(await findDispute(tx, account.id, disputeId));
    return rows;
  });
  return disputes.filter(({ status }, index) => isDisputeNews(known[index]?.status ?? null, status));
}

/** Differences that the payment's own check did not resolve. */
async function reportDisputes(deps: Deps, loaded: LoadedPayment, finding: PaymentFinding): Promise<void> {
  const { account, payment } = loaded;
  for (const { disputeId, status } of await newDisputes(deps, loaded, finding)) {
    await reportDifference(deps, account, {
      paymentId: payment.id,
      kind: 'other_dispute',
      subject: `${disputeId} ${status}`,
      summary: `${account.provider} says that the dispute ${disputeId} is ${status}; our books do not show this`,
    });
  }
}

/** The payment's own workflow asks, records and decides. If it has ended, a late one does. */
async function check({ temporal }: Deps, { payment }: LoadedPayment): Promise<boolean> {
  const { id, workspaceId } = payment;
  const { state } = await temporal.checkPayment({ id, workspaceId }, CHECK_MS);
  return state === 'done';
}
