import type { Terms } from '../../activities/payments/read-terms.ts';
import { durable, localFirst, quick } from '../call-policies.ts';

/** What the payment's rows say of expiry, grace and printing. */
export function readTerms({
  workspaceId,
  paymentId,
}: {
  readonly workspaceId: string;
  readonly paymentId: string;
}): Promise<Terms> {
  const ids = { workspaceId, paymentId };
  return localFirst(
    () => quick.readTerms(ids),
    () => durable.readTerms(ids),
  );
}
