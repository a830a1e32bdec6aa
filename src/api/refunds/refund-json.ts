import type { RefundRow } from '../../db/refunds.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { RefundJson } from './refund-schema.ts';

/** A refund as the API shows it. */
export function toRefundJson(
  refund: RefundRow,
  documents: readonly Pick<DocumentRow, 'id' | 'refundId' | 'countsAs'>[],
): RefundJson {
  const own = documents.filter(({ refundId }) => refundId === refund.id);
  return {
    id: refund.id,
    paymentId: refund.paymentId,
    amount: refund.amount,
    currency: refund.currency,
    status: refund.status,
    outcome: refund.outcome,
    nextCheckAt: refund.nextCheckAt?.toISOString() ?? null,
    method: refund.method,
    origin: refund.origin,
    reason: refund.reason,
    failure: refund.failure,
    paidOn: refund.paidOn,
    items: refund.items?.map((item) => ({ ...item })) ?? null,
    documentId: own.find(({ countsAs }) => countsAs !== 'sale')?.id ?? null,
    invoiceCreditId: own.find(({ countsAs }) => countsAs === 'sale')?.id ?? null,
    createdAt: refund.createdAt.toISOString(),
  };
}
