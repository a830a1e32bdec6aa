import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactionsByVendorId } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { PaymentFinding, ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { Kept } from './update-standing.ts';
import { runOrAsk } from './run-or-ask.ts';
import type { ActivityContext } from '../context.ts';
import { judgeBooks, toVerification } from './judge-books.ts';
import { recordDisputes } from './judge-dispute.ts';
import type { DisputeNews } from './judge-dispute.ts';
import type { LoadedPayment } from './load-payment.ts';
import { recordTransactions } from './record-transactions.ts';
import { noteUnreadable } from './unreadable-rows.ts';
import type { Verification } from './verification.ts';

/**
 * Records what the provider reported and returns what it means, in one transaction. Repeating it changes nothing. If
 * a rule of ours refuses it, a person is asked.
 */
export function judgeFinding(
  context: ActivityContext,
  loaded: LoadedPayment,
  finding: PaymentFinding,
): Promise<Verification> {
  const { id: paymentId, workspaceId } = loaded.payment;
  return runOrAsk(
    context,
    { workspaceId, paymentId, subject: 'what the provider tells' },
    async (tx) => {
      const payment = await getLockedPayment(tx, paymentId);
      const told = ownTransactions(payment, finding);
      const [known] = await Promise.all([
        readKnown(tx, payment, told),
        noteUnreadable(tx, payment, finding.unreadable, loaded.loadedAt),
      ]);
      const otherIds = new Set(await record(context, tx, { ...loaded, payment }, { told, known }));
      const disputes = await recordDisputes(tx, payment, finding.disputes);
      for (const { paymentId: id } of disputes) if (id !== payment.id) otherIds.add(id);
      for (const id of otherIds) await judge(tx, await getLockedPayment(tx, id), disputes);
      return judge(tx, payment, disputes);
    },
    (_tx, kept) => Promise.resolve(notWrittenDown(kept)),
  );
}

/**
 * The report may be about money. As long as it is not in the books, a person has to look, and no payer is waited for.
 */
function notWrittenDown(kept: Kept): Verification {
  const verification = toVerification(kept);
  return verification.verdict === 'unchanged' ? { ...verification, verdict: 'held' } : verification;
}

function judge(tx: Sql, payment: PaymentRow, disputes: readonly DisputeNews[]): Promise<Verification> {
  const own = disputes.filter(({ paymentId }) => paymentId === payment.id).map(({ told }) => told);
  return judgeBooks(tx, payment, own);
}

async function getLockedPayment(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await lockPayment(tx, id);
  if (payment === null) throw new Error(`payment ${id} is gone`);
  return payment;
}

/** What the vendor reported about this payment: it may have others on the same page. */
function ownTransactions(
  { id, takenFrom }: PaymentRow,
  { transactions }: PaymentFinding,
): readonly ProviderTransaction[] {
  return transactions.filter(({ reference }) => reference === null || reference === (takenFrom ?? id));
}

/** The rows that must be known before anything is recorded: of what has a secret, and of charges that money went back of. */
function readKnown(
  tx: Sql,
  { accountId }: PaymentRow,
  told: readonly ProviderTransaction[],
): Promise<TransactionRow[]> {
  const ids = told.flatMap((one) => [
    ...(one.secret === null ? [] : [one.transactionId]),
    ...chargeIdOf(one),
  ]);
  return listTransactionsByVendorId(tx, accountId, ids);
}

const chargeIdOf = ({ kind, refundOf }: ProviderTransaction): string[] =>
  kind === 'refund' && refundOf !== null ? [refundOf] : [];

/**
 * Records what the vendor reported about this payment. A refund of a charge that became a separate payment belongs to
 * that payment, although the vendor has both under one id. Returns the ids of such payments.
 */
async function record(
  context: ActivityContext,
  tx: Sql,
  { payment, account, workspace }: LoadedPayment,
  { told, known }: { told: readonly ProviderTransaction[]; known: readonly TransactionRow[] },
): Promise<readonly string[]> {
  const mustAcknowledge = context.adapters.payment(account, workspace.mode).acknowledge !== undefined;
  const owners = new Map(
    known.map(({ providerTransactionId, paymentId }) => [providerTransactionId, paymentId]),
  );
  const ownerOf = (one: ProviderTransaction): string =>
    chargeIdOf(one).map((id) => owners.get(id))[0] ?? payment.takenFrom ?? payment.id;
  const owned = told
    .map((one) => ({ told: one, paymentId: ownerOf(one) }))
    .filter(({ paymentId }) => paymentId === payment.id || payment.takenFrom === null);
  await recordTransactions(context, tx, payment, owned, { known, mustAcknowledge });
  return owned.map(({ paymentId }) => paymentId).filter((id) => id !== payment.id);
}
