import { ProviderError } from '../../../domain/provider-error.ts';
import type { ProviderRefund, RefundOrder } from '../payment-provider.ts';
import { toDecimal } from './link-body.ts';
import type { WireDecimal } from './link-body.ts';
import type { WireRefund } from './wire.ts';

/**
 * `POST Transactions/RefundByTransactionUID`, the fields that we send.
 * Source: docs/reference/payplus.md, "Refunds".
 */
export interface RefundBody {
  readonly transaction_uid: string;
  readonly amount: WireDecimal;
  /**
   * The order's id: searching by it is the only observed way to find refunds.
   * Source: docs/reference/payplus.md, "Searching by our id".
   */
  readonly more_info: string;
  /**
   * Our refund's id. PayPlus has no idempotency key, so a refund with a lost answer is found by this id if it is
   * echoed.
   */
  readonly more_info_1: string;
  readonly initial_invoice: false;
}

/** The request for a refund. It issues no document of PayPlus: our credit document covers our document. */
export function toRefundBody(order: RefundOrder): RefundBody {
  return {
    // The secret of a charge in parts is its card part: only that can be refunded (docs/reference/payplus.md,
    // "Payments in parts").
    transaction_uid: order.charge.secret ?? order.charge.transactionId,
    amount: toDecimal(order.amount, order.currency),
    more_info: order.paymentId,
    more_info_1: order.refundId,
    initial_invoice: false,
  };
}

/**
 * "000" alone is success.
 * Source: docs/reference/payplus.md, "Refunds".
 * @throws ProviderError `rejected` with the code of a refund that the issuer declined
 */
export function toRefund({ uid, statusCode }: WireRefund): ProviderRefund {
  if (statusCode === '000') return { transactionId: uid, status: 'succeeded', rawCode: statusCode };
  throw new ProviderError('rejected', 'PayPlus declined the refund', { vendorCode: statusCode });
}
