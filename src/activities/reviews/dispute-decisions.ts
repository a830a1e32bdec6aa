import { readBooks } from '../../db/books.ts';
import { listDisputes, markDisputesResolved } from '../../db/disputes.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { sumMinor } from '../../domain/money.ts';
import { tell } from '../../history/tell.ts';
import { recordRefundTransaction } from '../books/record-refund-transaction.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import { loadRefund } from '../refunds/load-refund.ts';
import { settleRefundIn } from '../refunds/settle-refund.ts';
import type { Decision } from './decisions.ts';
import { orderRefund } from './order-refund.ts';

/** The bank took the money: a credit document, and no refund to be sent. Only documented money can be credited. */
export async function creditLostDispute(decision: Decision): Promise<readonly string[]> {
  const { tx, payment } = decision;
  const { original } = await readBooks(tx, payment.id);
  const taken = (await listDisputes(tx, payment.id)).filter(
    ({ resolution, status }) => resolution === null && ['open', 'lost'].includes(status),
  );
  const issued: string[] = [];
  for (const charge of await listCharges(tx, payment.id)) {
    const own = taken.filter(({ chargeId }) => (chargeId ?? original?.chargeId) === charge.id);
    const isDocumented = charge.id === original?.chargeId;
    issued.push(...(await bookTakenByBank(decision, charge, { disputes: own, isDocumented })));
  }
  await markDisputesResolved(tx, payment.id, 'refund');
  return issued;
}

/**
 * Everything the bank took of a charge is in the books as given back, and nothing is sent to the vendor. What is left of the
 * document is credited, and a person is asked about the rest. Returns the issued documents.
 */
export async function bookTakenByBank(
  { tx, payment, resolution }: Decision,
  charge: TransactionRow,
  {
    disputes,
    isDocumented,
  }: {
    readonly disputes: readonly { readonly id: string; readonly amount: number }[];
    readonly isDocumented: boolean;
  },
): Promise<readonly string[]> {
  if (disputes.length === 0) return [];
  const refundId = await orderRefund(tx, payment, {
    charge,
    isDocumented,
    origin: 'dispute',
    reason: resolution.reason,
    amount: sumMinor(disputes.map(({ amount }) => amount)),
  });
  const ids = { workspaceId: payment.workspaceId, refundId };
  const loaded = await loadRefund(tx, ids);
  const told = { providerTransactionId: refundId, rawCode: 'dispute_lost' };
  await recordRefundTransaction(tx, { refund: loaded.refund, charge: loaded.charge, accountId: null }, told);
  await markDisputesResolved(
    tx,
    payment.id,
    'refund',
    disputes.map(({ id }) => id),
  );
  const { documentId } = await settleRefundIn(tx, await loadRefund(tx, ids));
  return documentId === null ? [] : [documentId];
}

/** Bad debt: the document stays valid although the money is gone. */
export async function writeOffLostDispute({ tx, payment }: Decision): Promise<readonly string[]> {
  await markDisputesResolved(tx, payment.id, 'dismiss');
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const kept = await readStanding(tx, payment.id);
  const told = tell(tx, owner, {
    kind: 'dispute_written_off',
    summary: 'A person recorded the disputed money as bad debt. The document stays valid',
    ...changeOf(kept),
  });
  await Promise.all([told, writeStanding(tx, kept)]);
  return [];
}
