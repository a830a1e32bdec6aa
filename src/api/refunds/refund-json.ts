import type { RefundRow } from '../../db/refunds.ts';
import type { RefundJson } from './refund-schema.ts';

/** A refund as the API shows it. */
export function toRefundJson(refund: RefundRow, documentId: string | null): RefundJson {
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
    documentId,
    createdAt: refund.createdAt.toISOString(),
  };
}
