import type { PaymentStatus, UnpaidEnd } from '../../domain/payment.ts';
import { durable, localFirst, quick } from '../call-policies.ts';
import type { CollectPaymentInput } from '../messages.ts';

/** Ends a payment that nobody has paid; returns how it stands, which is paid after all where money was settled meanwhile. */
export async function endPayment(input: CollectPaymentInput, end: UnpaidEnd): Promise<PaymentStatus> {
  const order = { workspaceId: input.workspaceId, paymentId: input.paymentId, ...end };
  return localFirst(
    () => quick.closePayment(order),
    () => durable.closePayment(order),
  );
}

/** Kills the live page at the provider, where it can do that. `refused`: it was paid or dead already. */
export async function killLink(input: CollectPaymentInput): Promise<'dead' | 'refused'> {
  const order = { workspaceId: input.workspaceId, paymentId: input.paymentId };
  return localFirst(
    () => quick.cancelLink(order),
    () => durable.cancelLink(order),
  );
}
