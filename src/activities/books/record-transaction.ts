import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import {
  findTransaction,
  oweAcknowledgement,
  setRawCode,
  upsertTransaction,
} from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { newId } from '../../domain/ids.ts';
import { toSumText } from '../../domain/money.ts';
import { tell } from '../../history/tell.ts';
import type { ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { placeIn } from '../../sealed-places.ts';

/**
 * Records one transaction that the vendor reported. One that is known to have succeeded stays so. `mustAcknowledge`:
 * the vendor requires an acknowledgement of the charge.
 */
export async function recordTransaction(
  { secrets }: Pick<ActivityContext, 'secrets'>,
  tx: Sql,
  payment: PaymentRow,
  told: ProviderTransaction,
  mustAcknowledge: boolean,
): Promise<void> {
  if (payment.accountId === null) throw new Error(`payment ${payment.id} has no provider to tell of it`);
  // A secret is sealed for its row. The row may exist without one, after a charge that was first declined.
  const known =
    told.secret === null ? null : await findTransaction(tx, payment.accountId, told.transactionId);
  const id = known?.id ?? newId('transaction');
  const { row, isNews } = await upsertTransaction(tx, {
    id,
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    accountId: payment.accountId,
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
  });
  if (isNews) await welcome(tx, payment, told, row, mustAcknowledge);
  const isTakenBack = told.kind === 'refund' && told.status === 'declined' && row.status === 'succeeded';
  if (!isTakenBack) return;
  await setRawCode(tx, row.id, told.rawCode);
  await askWhoseMoney(tx, payment, row);
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
  payment: PaymentRow,
  told: ProviderTransaction,
  row: TransactionRow,
  mustAcknowledge: boolean,
): Promise<void> {
  const isCharge = row.kind === 'charge' && row.status === 'succeeded';
  if (isCharge && mustAcknowledge) await oweAcknowledgement(tx, row.id);
  const sum = toSumText(told.amount, told.currency);
  await tell(
    tx,
    { workspaceId: payment.workspaceId, paymentId: payment.id },
    {
      kind: `${told.kind}_${told.status}`,
      summary: `${payment.provider} says: ${told.kind} of ${sum} ${told.status} (code ${told.rawCode})`,
      detail: { transactionId: told.transactionId, paidAt: told.paidAtRaw },
    },
  );
}
