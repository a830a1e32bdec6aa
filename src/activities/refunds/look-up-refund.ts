import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import { askPersonAbout, setRefundOutcome } from '../../db/refunds.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { updateStanding } from '../books/update-standing.ts';
import { comeBack, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { askProvider } from '../books/ask-provider.ts';
import { passBreaker } from '../behind-breaker.ts';
import { judgeFinding } from '../books/judge-finding.ts';
import { loadPayment } from '../books/load-payment.ts';
import { pollDelayMs } from '../../domain/poll-schedule.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';
import { isNamedBy } from '../books/match-refund.ts';
import type { RefundAttempt } from './send-refund.ts';

/**
 * After this time a person is asked to look at the dashboard of the provider. That is soon if the outcome is unknown,
 * and later if the vendor is only slow (Grow's refunds by hand). The questions to the provider continue all the same.
 */
const PATIENCE_MS = { unknown: 15 * 60_000, known: 4 * 86_400_000 } as const;
const SOON_MS = 60_000;

/**
 * Asks the vendor about the outcome of the refund, repeatedly. It never sends the refund again, and never takes "not
 * there yet" for "failed". It ends when the vendor shows or refuses it, or a person has decided.
 */
export function createLookUpRefund(context: ActivityContext) {
  return async function lookUpRefund(ids: RefundIds): Promise<RefundAttempt> {
    const before = await inWorkspace(context.pool, ids.workspaceId, (tx) => loadRefund(tx, ids));
    if (before.refund.status !== 'pending') return { state: 'moved' };
    const failure = await ask(context, before).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    const outcome = await inWorkspace(context.pool, ids.workspaceId, (tx) => readOutcome(tx, ids));
    if (!('delayMs' in outcome)) return outcome;
    if (failure !== null) throw retryable(failure.error);
    throw comeBack('pending', 'the provider does not show the refund yet', outcome.delayMs);
  };
}

/** Records what the vendor now says about the payment. */
async function ask(context: ActivityContext, { payment }: LoadedRefund): Promise<void> {
  const ids = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await passBreaker(context, ids);
  const loaded = await loadPayment(context.pool, ids);
  await judgeFinding(context, loaded, await askProvider(context, loaded));
}

/** From the books, also if the vendor could not be asked: a person must learn of it all the same. */
async function readOutcome(tx: Sql, ids: RefundIds): Promise<RefundAttempt | { readonly delayMs: number }> {
  const { refund: held } = await loadRefund(tx, ids);
  await lockPayment(tx, held.paymentId);
  const loaded = await loadRefund(tx, ids);
  const { refund, payment } = loaded;
  if (refund.status !== 'pending' || refund.transactionId !== null) return { state: 'moved' };
  const transactions = await listTransactions(tx, payment.id);
  if (transactions.some((row) => row.status === 'declined' && isNamedBy(refund, row)))
    return { state: 'failed', reason: 'rejected' };
  return { delayMs: await wait(tx, loaded) };
}

/**
 * Records when the vendor is asked next; after a long time a person is asked too. Returns the milliseconds until
 * then.
 */
async function wait(tx: Sql, { refund, payment }: LoadedRefund): Promise<number> {
  const now = Date.now();
  const sentAt = (refund.sentAt ?? refund.createdAt).getTime();
  const delayMs = pollDelayMs({
    now,
    pollFrom: sentAt,
    graceMs: SOON_MS,
    giveUpAt: Number.MAX_SAFE_INTEGER,
  });
  await setRefundOutcome(tx, refund.id, refund.outcome, new Date(now + delayMs));
  if (now - sentAt > PATIENCE_MS[refund.outcome]) await askPersonAbout(tx, refund.id);
  await updateStanding(tx, payment.id);
  return delayMs;
}
