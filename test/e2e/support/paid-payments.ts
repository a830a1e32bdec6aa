import { call, listDocuments, openPayment, untilStatus } from './clinic.ts';
import type { Clinic, DocumentBody, PaymentBody, TestWorkspace } from './clinic.ts';
import { PAYER } from './providers.ts';
import { payAtVendor } from './vendors.ts';

/** A payment that was paid and is documented. */
export async function paid(clinic: Clinic, body: object = {}): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer: PAYER, ...body });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

export type Resolved = PaymentBody & {
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string }[];
};

/** A person decides about the payment's review. */
export const resolve = (clinic: TestWorkspace, paymentId: string, body: object) =>
  call<Resolved>('POST', `/v1/payments/${paymentId}/resolve`, {
    key: clinic.key,
    body: { reason: 'looked at by Dana', ...body },
  });

export const documentsOf = async (clinic: TestWorkspace, paymentId: string): Promise<DocumentBody[]> =>
  (await listDocuments(clinic)).filter((one) => one.paymentId === paymentId);

/** The payment's credit documents. */
export const creditsOf = async (clinic: TestWorkspace, paymentId: string): Promise<DocumentBody[]> =>
  (await documentsOf(clinic, paymentId)).filter(({ refundId }) => refundId !== null);
