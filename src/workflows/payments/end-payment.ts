import type { PaymentStatus, UnpaidEnd } from '../../domain/payment.ts';
import { durable, localFirst, quick } from '../call-policies.ts';
import type { CollectPaymentInput } from '../messages.ts';

/** Ends an unpaid payment and returns its state, which is paid if money was settled meanwhile. */
export async function endPayment(input: CollectPaymentInput, end: UnpaidEnd): Promise<PaymentStatus> {
  const order = { workspaceId: input.workspaceId, paymentId: input.paymentId, ...end };
  return localFirst(
    () => quick.closePayment(order),
    () => durable.closePayment(order),
  );
}

/** Closes the live page at the provider, if it can do that. `refused`: it was already paid or dead. */
export async function closeLivePage(input: CollectPaymentInput): Promise<'dead' | 'refused'> {
  const order = { workspaceId: input.workspaceId, paymentId: input.paymentId };
  return localFirst(
    () => quick.closePage(order),
    () => durable.closePage(order),
  );
}
