import type Stripe from 'stripe';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { ProviderRefund, RefundOrder } from '../payment-provider.ts';
import type { WireRefund } from './wire.ts';

/** The request for a refund. It has our id, so that a refund with a lost answer is found again. */
export function toRefundBody(order: RefundOrder): Stripe.RefundCreateParams {
  return {
    charge: order.charge.transactionId,
    amount: order.amount,
    metadata: { refundId: order.refundId, paymentId: order.paymentId },
  };
}

/** @throws ProviderError `rejected` if the bank refused the refund at once */
export function toRefund(wire: WireRefund): ProviderRefund {
  const { id, status, failure_reason } = wire;
  if (status === 'failed' || status === 'canceled') {
    throw new ProviderError('rejected', 'the bank refused the refund', {
      vendorCode: failure_reason ?? status,
    });
  }
  return { transactionId: id, status: status === 'succeeded' ? 'succeeded' : 'pending', rawCode: status };
}
