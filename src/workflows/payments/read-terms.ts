import type { Terms } from '../../activities/payments/read-terms.ts';
import { durable, localFirst, quick } from '../call-policies.ts';

/** Expiry, grace and printing, from the rows of the payment. */
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
