import type { ProviderTransaction, TransactionHandle } from '../payment-provider.ts';

/** A charge that was cancelled before it was transmitted: all of it, without a record of its own. */
const CANCELLED = '4';

/** The id under which a charge's money comes back where Grow only marks the charge itself. */
export const voidIdOf = (transactionId: string): string => `${transactionId}-void`;

/**
 * The refunds that Grow tells only by a charge's code: one of the whole sum for each. A charge with a refund's own code
 * (3, 6) counts only while no refund of it is told or on record, since that may be all that the code says.
 * `known`: the transactions that we have on record. Source: docs/reference/grow.md, "Unverified".
 */
export function toGivenBack(
  told: readonly ProviderTransaction[],
  known: readonly TransactionHandle[],
): ProviderTransaction[] {
  const isOnRecord = known.some((one) => isRefundRecord(one, told));
  return told
    .filter((one) => isTakenBack(one, told, isOnRecord))
    .map((charge) => ({
      ...charge,
      transactionId: voidIdOf(charge.transactionId),
      kind: 'refund',
      refundOf: charge.transactionId,
      secret: null,
    }));
}

function isTakenBack(
  one: ProviderTransaction,
  told: readonly ProviderTransaction[],
  isOnRecord: boolean,
): boolean {
  if (one.kind !== 'charge' || one.status !== 'succeeded') return false;
  if (one.rawCode === CANCELLED) return true;
  const isMarked = one.rawCode === '3' || one.rawCode === '6';
  return isMarked && !isOnRecord && !told.some(({ refundOf }) => refundOf === one.transactionId);
}

/** Refunds come without a token, and what is not told beside its charge was recorded from the refund's own answer. */
function isRefundRecord(
  { transactionId, secret }: TransactionHandle,
  told: readonly ProviderTransaction[],
): boolean {
  const isVoid = told.some((charge) => voidIdOf(charge.transactionId) === transactionId);
  return secret === null && !isVoid && !told.some((one) => one.transactionId === transactionId);
}
