import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { oweAcknowledgement, setRawCode, upsertTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { newId } from '../../domain/ids.ts';
import { toSumText } from '../../domain/money.ts';
import { tell } from '../../history/tell.ts';
import type { ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { placeIn } from '../../sealed-places.ts';

/** A transaction that the vendor reported, and the payment of ours that it belongs to. */
export interface OwnedTransaction {
  readonly paymentId: string;
  readonly told: ProviderTransaction;
}

/**
 * Records transactions that the vendor reported. One that is known to have succeeded stays so. `known`: the rows of those
 * that come with a secret, as far as there are any. `mustAcknowledge`: the vendor requires an acknowledgement of each
 * charge. A payer whose card was declined five times costs as many round trips as one who paid at once.
 */
export async function recordTransactions(
  { secrets }: Pick<ActivityContext, 'secrets'>,
  tx: Sql,
  payment: PaymentRow,
  owned: readonly OwnedTransaction[],
  { known, mustAcknowledge }: { known: readonly TransactionRow[]; mustAcknowledge: boolean },
): Promise<void> {
  // A secret is sealed for its row. The row may exist without one, after a charge that was first declined.
  const ids = new Map(known.map(({ providerTransactionId, id }) => [providerTransactionId, id]));
  const recorded = await Promise.all(
    owned.map(async (one) => {
      const id = ids.get(one.told.transactionId) ?? newId('transaction');
      ids.set(one.told.transactionId, id);
      return { ...one, ...(await upsertTransaction(tx, toRow(secrets, payment, one, id))) };
    }),
  );
  await Promise.all(
    recorded.flatMap((one) => (one.isNews ? [welcome(tx, payment, one, mustAcknowledge)] : [])),
  );
  for (const { paymentId, told, row } of recorded) {
    const isTakenBack = told.kind === 'refund' && told.status === 'declined' && row.status === 'succeeded';
    if (!isTakenBack) continue;
    await setRawCode(tx, row.id, told.rawCode);
    await askWhoseMoney(tx, { ...payment, id: paymentId }, row);
  }
}

function toRow(
  secrets: ActivityContext['secrets'],
  { id: askedId, workspaceId, accountId }: PaymentRow,
  { paymentId, told }: OwnedTransaction,
  id: string,
): Omit<TransactionRow, 'createdAt'> {
  if (accountId === null) throw new Error(`payment ${askedId} has no provider to tell of it`);
  return {
    id,
    workspaceId,
    paymentId,
    accountId,
    providerTransactionId: told.transactionId,
    kind: told.kind,
    status: told.status,
    amount: told.amount,
    currency: told.currency,
    // The vendor's clock may be ahead of ours: no document may be dated tomorrow.
    paidAt: new Date(Math.min(told.paidAt.getTime(), Date.now())),
    paidAtRaw: told.paidAtRaw,
    means: told.means,
    payerName: told.payerName,
    refundOf: told.refundOf,
    refundReference: told.refundReference,
    secretSealed:
      told.secret === null ? null : secrets.seal(placeIn('provider_transactions.secret', id), told.secret),
    refundableAmount: told.refundable,
    rawCode: told.rawCode,
    foreignDocument: told.foreignDocument,
  };
}

/** The refund had succeeded, and the vendor now says that it failed: a person decides. */
async function askWhoseMoney(tx: Sql, payment: PaymentRow, transaction: TransactionRow): Promise<void> {
  const refunds = await listRefunds(tx, payment.id);
  const refund = refunds.find((one) => [one.transactionId, one.recognisedId].includes(transaction.id));
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await askPerson(
    tx,
    refund === undefined
      ? { ...owner, reason: 'reconciliation', subject: `${transaction.id} taken back` }
      : { ...owner, reason: 'refund_reversed', subject: refund.id },
  );
}

async function welcome(
  tx: Sql,
  { workspaceId, provider }: PaymentRow,
  { paymentId, told, row }: OwnedTransaction & { readonly row: TransactionRow },
  mustAcknowledge: boolean,
): Promise<void> {
  const isCharge = row.kind === 'charge' && row.status === 'succeeded';
  const sum = toSumText(told.amount, told.currency);
  const summary = `${provider} says: ${told.kind} of ${sum} ${told.status} (code ${told.rawCode})`;
  const detail = { transactionId: told.transactionId, paidAt: told.paidAtRaw };
  await Promise.all([
    isCharge && mustAcknowledge ? oweAcknowledgement(tx, row.id) : null,
    tell(tx, { workspaceId, paymentId }, { kind: `${told.kind}_${told.status}`, summary, detail }),
  ]);
}
