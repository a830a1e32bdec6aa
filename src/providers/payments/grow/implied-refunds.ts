import type { Means } from '../../../domain/means.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { ProviderTransaction, TransactionHandle } from '../payment-provider.ts';

/** A charge cancelled before transmission: all of it is refunded, without a record of its own. */
const CANCELLED = '4';

/** The id of the refund if Grow only marks the charge itself. */
export const voidIdOf = (transactionId: string): string => `${transactionId}-void`;

/**
 * The refunds that Grow shows only by the code of a charge: each for what its shown refunds left of it. A charge with a
 * refund's code (3, 6) counts only if no refund of it is shown or on record. Otherwise the code may mean just that
 * refund. `known`: the transactions on record.
 * Source: docs/reference/grow.md, "Unverified".
 */
export function toImpliedRefunds(
  told: readonly ProviderTransaction[],
  known: readonly TransactionHandle[],
): ProviderTransaction[] {
  const isOnRecord = known.some((one) => isRefundRecord(one, told));
  return told
    .filter((one) => isTakenBack(one, told, isOnRecord))
    .flatMap((charge) => toVoid(charge, charge.amount - shownRefundsOf(charge, told)));
}

function toVoid(charge: ProviderTransaction, amount: number): ProviderTransaction[] {
  if (amount <= 0) return [];
  const { transactionId, means } = charge;
  return [
    {
      ...charge,
      transactionId: voidIdOf(transactionId),
      kind: 'refund',
      amount,
      means: amount === charge.amount ? means : means.map((one) => toRest(one, amount)),
      refundOf: transactionId,
      secret: null,
    },
  ];
}

/** A charge of Grow has one means. What is left of it has no instalments of its own. */
const toRest = (means: Means, amount: number): Means => ({
  ...means,
  amount,
  installments: 1,
  firstAmount: null,
  restAmount: null,
});

function shownRefundsOf(
  { transactionId }: ProviderTransaction,
  told: readonly ProviderTransaction[],
): number {
  const shown = told.filter(
    ({ kind, status, refundOf }) => kind === 'refund' && status === 'succeeded' && refundOf === transactionId,
  );
  return sumMinor(shown.map(({ amount }) => amount));
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

/** Refunds have no token. A refund that is not shown beside its charge was recorded from the answer to the refund. */
function isRefundRecord(
  { transactionId, secret }: TransactionHandle,
  told: readonly ProviderTransaction[],
): boolean {
  const isVoid = told.some((charge) => voidIdOf(charge.transactionId) === transactionId);
  return secret === null && !isVoid && !told.some((one) => one.transactionId === transactionId);
}
