import { listDisputes } from '../../db/disputes.ts';
import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setRefunded } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { completeRefund } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { exponentOf, sumMinor, toMajorText } from '../../domain/money.ts';
import { judgeTransition } from '../../domain/payment.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import { statusAfterRefunds } from '../../domain/refund.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { issueCredit } from '../documents/issue-credit.ts';
import { documentEvents } from '../documents/issue-document.ts';
import { comeBack } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { endUnknown } from './end-unknown.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/** A refund may be noticed in the moment before its charge is documented. */
const DOCUMENT_SOON_MS = 2_000;

/** Where a refund ended, and the credit document that must still be printed and pushed. */
export interface RefundSettlement {
  readonly status: 'completed' | 'failed';
  readonly documentId: string | null;
}

/** One transaction: refund completed, sums and status changed, credit document numbered, events written. Twice changes nothing. */
export function createSettleRefund(context: Pick<ActivityContext, 'pool'>) {
  return async function settleRefund(ids: RefundIds): Promise<RefundSettlement> {
    return inWorkspace(context.pool, ids.workspaceId, async (tx) => {
      const { refund } = await loadRefund(tx, ids);
      await lockPayment(tx, refund.paymentId);
      return settleRefundIn(tx, await loadRefund(tx, ids));
    });
  };
}

/** The same inside a transaction that holds the payment. */
export async function settleRefundIn(tx: Sql, loaded: LoadedRefund): Promise<RefundSettlement> {
  const { refund, payment } = loaded;
  const documents = await listPaymentDocuments(tx, payment.id);
  if (refund.status !== 'pending') {
    const known = documents.find(({ refundId }) => refundId === refund.id);
    return { status: refund.status, documentId: known?.id ?? null };
  }
  await completeRefund(tx, refund.id);
  const { document, status } = refund.isDocumented
    ? await credited(tx, loaded, documents)
    : { document: null, status: payment.status };
  await setRefunded(tx, payment.id, { amount: payment.refundedAmount + refund.amount, status });
  await endUnknown(tx, loaded);
  await tell(tx, loaded, document, status);
  return { status: 'completed', documentId: document?.id ?? null };
}

async function credited(
  tx: Sql,
  loaded: LoadedRefund,
  documents: readonly DocumentRow[],
): Promise<{ document: DocumentRow; status: PaymentStatus }> {
  const original = documents.find(({ refundId }) => refundId === null);
  if (original === undefined) {
    throw comeBack('not_yet', `payment ${loaded.payment.id} has no document to credit yet`, DOCUMENT_SOON_MS);
  }
  const earlier = documents.filter(({ originalDocumentId }) => originalDocumentId === original.id);
  const document = await issueCredit(tx, { ...loaded, original, earlier });
  const all = sumMinor([...earlier, document].map(({ total }) => total));
  const status = statusAfterRefunds(original.total, all);
  return {
    document,
    status: (await isHeldByDispute(tx, loaded)) ? loaded.payment.status : reach(loaded.payment, status),
  };
}

/** Under a dispute only the dispute's own end changes the status. */
async function isHeldByDispute(tx: Sql, { payment, refund }: LoadedRefund): Promise<boolean> {
  if (payment.status !== 'disputed' || refund.origin === 'dispute') return false;
  return (await listDisputes(tx, payment.id)).some(({ status }) => status === 'open');
}

function reach(payment: PaymentRow, status: PaymentStatus): PaymentStatus {
  return judgeTransition(payment.status, status) === 'regression' ? payment.status : status;
}

async function tell(
  tx: Sql,
  { refund, payment }: LoadedRefund,
  document: DocumentRow | null,
  status: PaymentStatus,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const sum = `${toMajorText(refund.amount, exponentOf(refund.currency))} ${refund.currency}`;
  const paper =
    document === null
      ? 'no document stood for that money'
      : `${document.type} ${displayNumber(document.type, document.number)} was issued`;
  await insertLog(tx, {
    ...owner,
    kind: 'refunded',
    summary: `${sum} went back to the payer: ${paper}`,
    ...(status === payment.status ? {} : { from: payment.status, to: status }),
    detail: { refundId: refund.id, documentId: document?.id ?? null },
  });
  const facts = { refundId: refund.id, amount: refund.amount, currency: refund.currency };
  const refundedAmount = payment.refundedAmount + refund.amount;
  await insertPaymentEvents(tx, owner, [
    { type: 'refund.completed', facts: { ...facts, documentId: document?.id ?? null } },
    { type: 'payment.refunded', facts: { ...facts, status, refundedAmount } },
    ...(document === null ? [] : documentEvents(document)),
  ]);
}
