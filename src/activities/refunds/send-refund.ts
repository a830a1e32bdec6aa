import { activityInfo } from '@temporalio/activity';
import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import {
  askPersonAbout,
  listRefunds,
  markAnswered,
  markUnknown,
  releaseSending,
  setProviderRefundId,
  setRefundOutcome,
  takeSending,
} from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { withBank } from '../../domain/disputed-money.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ProviderError } from '../../domain/provider-error.ts';
import { givenBack, isInFlight } from '../../domain/standing.ts';
import { tell } from '../../history/tell.ts';
import type { ProviderRefund, RefundOrder } from '../../providers/payments/payment-provider.ts';
import { updateStanding, readStanding, writeStanding } from '../books/update-standing.ts';
import { comeBack, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { passBreaker } from '../behind-breaker.ts';
import { toPageHandle, toTransactionHandle } from '../books/vendor-handles.ts';
import { judgeBooks } from '../books/judge-books.ts';
import { loadPayment } from '../books/load-payment.ts';
import { leftByTransactions } from '../books/match-refund.ts';
import type { LoadedPayment } from '../books/load-payment.ts';
import { recordRefundTransaction } from '../books/record-refund-transaction.ts';
import { isThroughVendor, loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/** `look_up`: the vendor must be asked for the outcome. `reason` is a code of ours. */
export type RefundAttempt =
  | { readonly state: 'moved' }
  | { readonly state: 'look_up' }
  | { readonly state: 'failed'; readonly reason: string };

const LOOK_AGAIN_MS = 3_000;

/**
 * Sends the refund, once. The row is marked as sent before the call. The mark is cleared only if the call is known not
 * to have arrived. So neither a second worker nor a second try can send it again.
 * @throws ApplicationFailure if nothing was sent: the same call may be made later
 */
export function createSendRefund(context: ActivityContext) {
  return async function sendRefund(ids: RefundIds): Promise<RefundAttempt> {
    await passBreaker(context, ids).catch((error: unknown) => {
      throw retryable(error);
    });
    const loaded = await inWorkspace(context.pool, ids.workspaceId, (tx) => loadRefund(tx, ids));
    if (loaded.refund.status !== 'pending' || loaded.refund.transactionId !== null) return { state: 'moved' };
    if (!isThroughVendor(loaded)) return handOver(context, loaded);
    // Everything that can fail on our side comes before the mark: after it, the refund may have been sent.
    const about = { workspaceId: ids.workspaceId, paymentId: loaded.payment.id };
    const full = await loadPayment(context.pool, about);
    const provider = context.adapters.payment(full.account, full.workspace.mode);
    if (provider.refund === undefined) return { state: 'failed', reason: 'unsupported_operation' };
    const give = provider.refund.bind(provider, toOrder(context, loaded, full));
    const turn = await takeTurn(context, loaded);
    if (turn === 'nothing_left') return { state: 'failed', reason: turn };
    if (turn === 'taken') return becomeUnknown(context, loaded, 'an earlier try may have sent the refund');
    return send(context, loaded, give);
  };
}

/** How long to wait for another refund of the payment: half a second more each time, at most half a minute. */
const busyMs = (): number => Math.min(activityInfo().attempt, 60) * 500;

/**
 * Takes the right to send. Only one refund of a payment may be sent and unanswered. Of two, a person or a vendor who
 * speaks of "the refund" could mean either. `taken`: an earlier try has the right. `nothing_left`: what went back since
 * the order (in the vendor's dashboard, to the bank) leaves less than its amount.
 * @throws ApplicationFailure `busy`, to come back, while there is another
 */
function takeTurn(
  { pool }: ActivityContext,
  { refund, payment, charge }: LoadedRefund,
): Promise<'mine' | 'taken' | 'nothing_left'> {
  return inWorkspace(pool, payment.workspaceId, async (tx) => {
    await lockPayment(tx, payment.id);
    const { refunds } = await readBooks(tx, payment.id);
    if (refunds.some((other) => other.id !== refund.id && isInFlight(other)))
      throw comeBack('busy', 'another refund of this payment is still waiting for its answer', busyMs());
    if (!(await takeSending(tx, refund.id))) return 'taken';
    const others = refunds.filter(({ id }) => id !== refund.id);
    const gone = givenBack(charge.id, others) + withBank(charge, await listDisputes(tx, payment.id));
    if (gone + refund.amount <= charge.amount) return 'mine';
    await releaseSending(tx, refund.id);
    return 'nothing_left';
  });
}

async function send(
  context: ActivityContext,
  loaded: LoadedRefund,
  give: () => Promise<ProviderRefund>,
): Promise<RefundAttempt> {
  const { refund, payment, charge } = loaded;
  try {
    const answer = await give();
    if (answer.status === 'unseen')
      return await becomeUnknown(context, loaded, 'the provider accepted the refund but does not list it');
    return await inWorkspace(context.pool, payment.workspaceId, async (tx) => {
      await lockPayment(tx, payment.id);
      await markAnswered(tx, refund.id);
      if (answer.transactionId !== null) await setProviderRefundId(tx, refund.id, answer.transactionId);
      if (answer.status === 'pending' || answer.transactionId === null) {
        await setRefundOutcome(tx, refund.id, 'known', new Date(Date.now() + LOOK_AGAIN_MS));
        return { state: 'look_up' };
      }
      const [refunds, transactions] = await Promise.all([
        listRefunds(tx, payment.id),
        listTransactions(tx, payment.id),
      ]);
      const others = refunds.filter(({ id }) => id !== refund.id);
      if (refund.amount > leftByTransactions(charge, others, transactions)) return askWhatMoved(tx, refund);
      const told = { providerTransactionId: answer.transactionId, rawCode: answer.rawCode };
      await recordRefundTransaction(tx, { refund, charge, accountId: payment.accountId }, told);
      // A transaction of the same amount may have been matched with this refund before. Then it is matched again.
      await judgeBooks(tx, (await lockPayment(tx, payment.id)) ?? payment);
      return { state: 'moved' };
    });
  } catch (error) {
    if (!isProviderError(error)) throw error;
    return afterError(context, loaded, error);
  }
}

/** The vendor answers of more than the charge has left: most likely of a refund that is in the books already. */
async function askWhatMoved(tx: Sql, { id, paymentId }: RefundRow): Promise<RefundAttempt> {
  await setRefundOutcome(tx, id, 'unknown', new Date(Date.now() + LOOK_AGAIN_MS));
  await askPersonAbout(tx, id);
  await updateStanding(tx, paymentId);
  return { state: 'look_up' };
}

/** Not arrived: try later. Refused: it ends. Anything else: unknown, so it is looked up. */
async function afterError(
  context: ActivityContext,
  loaded: LoadedRefund,
  error: ProviderError,
): Promise<RefundAttempt> {
  if (error.retry === 'unknown') return becomeUnknown(context, loaded, error.message);
  const mayComeBack =
    error.retry === 'safe' || error.code === 'credentials_invalid' || error.retryAfterMs !== null;
  if (!mayComeBack) return { state: 'failed', reason: error.code };
  await inWorkspace(context.pool, loaded.payment.workspaceId, (tx) => releaseSending(tx, loaded.refund.id));
  throw retryable(error);
}

function becomeUnknown(
  context: ActivityContext,
  { refund, payment }: LoadedRefund,
  why: string,
): Promise<RefundAttempt> {
  return inWorkspace(context.pool, payment.workspaceId, async (tx: Sql) => {
    // Locks the payment before its refund, in the same order as everywhere.
    await lockPayment(tx, payment.id);
    if (!(await markUnknown(tx, refund.id, new Date(Date.now() + LOOK_AGAIN_MS))))
      throw comeBack(
        'busy',
        'the refund has ended, or an earlier try knows that it did not arrive',
        busyMs(),
      );
    const kept = await readStanding(tx, payment.id);
    const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
    const told = tell(tx, owner, {
      kind: 'refund_unknown',
      summary: `The outcome of the refund is unknown (${why}). The provider is being asked. The refund is not sent again`,
      detail: { refundId: refund.id },
    });
    await Promise.all([told, writeStanding(tx, kept)]);
    return { state: 'look_up' };
  });
}

/** A refund by hand has happened when it is recorded. */
function handOver(
  context: ActivityContext,
  { refund, payment, charge }: LoadedRefund,
): Promise<RefundAttempt> {
  return inWorkspace(context.pool, payment.workspaceId, async (tx) => {
    const told = { providerTransactionId: refund.id, rawCode: refund.method };
    await recordRefundTransaction(tx, { refund, charge, accountId: null }, told);
    return { state: 'moved' };
  });
}

function toOrder(
  { secrets }: ActivityContext,
  { refund, payment, charge }: LoadedRefund,
  { pages }: LoadedPayment,
): RefundOrder {
  const page = pages.find(({ accountId }) => accountId === charge.accountId);
  return {
    refundId: refund.id,
    paymentId: payment.takenFrom ?? payment.id,
    charge: {
      ...toTransactionHandle(secrets, charge),
      amount: charge.amount,
      paidAt: charge.paidAt,
    },
    page: page === undefined ? null : toPageHandle(secrets, page),
    amount: refund.amount,
    currency: refund.currency,
    idempotencyKey: refund.id,
  };
}
