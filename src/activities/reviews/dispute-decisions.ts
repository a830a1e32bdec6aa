import { readBooks } from '../../db/books.ts';
import { listDisputes, markDisputesResolved } from '../../db/disputes.ts';
import type { DisputeRow } from '../../db/disputes.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { isDecided, takenBy } from '../../domain/disputed-money.ts';
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
  const taken = await listDecided(decision, 'refund');
  const issued: string[] = [];
  for (const charge of await listCharges(tx, payment.id)) {
    const own = taken.filter(({ chargeId }) => (chargeId ?? original?.chargeId) === charge.id);
    const isDocumented = charge.id === original?.chargeId;
    issued.push(...(await bookTakenByBank(decision, charge, { disputes: own, isDocumented })));
  }
  await markDisputesResolved(tx, payment.id, 'refund', idsOf(taken));
  return issued;
}

/**
 * The disputes that the person decided about, as far as they are what they were.
 * @throws RangeError if none is left
 */
async function listDecided(
  { tx, payment, resolution }: Decision,
  action: 'refund' | 'dismiss',
): Promise<readonly DisputeRow[]> {
  const disputes = await listDisputes(tx, payment.id);
  const decided = disputes.filter((one) => isDecided(one, action, resolution.disputes));
  if (decided.length === 0) throw new RangeError('the dispute has changed since');
  return decided;
}

const idsOf = (disputes: readonly Pick<DisputeRow, 'id'>[]): readonly string[] =>
  disputes.map(({ id }) => id);

/**
 * Everything the bank took of a charge is in the books as given back, and nothing is sent to the vendor. What is left of the
 * document is credited, and a person is asked about the rest. Returns the issued documents.
 * @throws RangeError if a dispute is in another currency, and the person did not say what it came to
 */
export async function bookTakenByBank(
  { tx, payment, resolution }: Decision,
  charge: TransactionRow,
  {
    disputes,
    isDocumented,
  }: {
    readonly disputes: readonly DisputeRow[];
    readonly isDocumented: boolean;
  },
): Promise<readonly string[]> {
  if (disputes.length === 0) return [];
  const amount = takenBy(disputes, charge.currency, resolution.disputes);
  if (amount === null)
    throw new RangeError(`the dispute is not in ${charge.currency}, and nobody said what the bank took`);
  const refundId = await orderRefund(tx, payment, {
    charge,
    isDocumented,
    origin: 'dispute',
    reason: resolution.reason,
    amount,
  });
  const ids = { workspaceId: payment.workspaceId, refundId };
  const loaded = await loadRefund(tx, ids);
  const told = { providerTransactionId: refundId, rawCode: 'dispute_lost' };
  await recordRefundTransaction(tx, { refund: loaded.refund, charge: loaded.charge, accountId: null }, told);
  await markDisputesResolved(tx, payment.id, 'refund', idsOf(disputes));
  const { documentId } = await settleRefundIn(tx, await loadRefund(tx, ids));
  return documentId === null ? [] : [documentId];
}

/** Bad debt: the document stays valid although the money is gone. */
export async function writeOffLostDispute(decision: Decision): Promise<readonly string[]> {
  const { tx, payment } = decision;
  await markDisputesResolved(tx, payment.id, 'dismiss', idsOf(await listDecided(decision, 'dismiss')));
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
