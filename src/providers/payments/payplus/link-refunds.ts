import type { Means } from '../../../domain/means.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { ProviderTransaction } from '../payment-provider.ts';

/** A transaction of PayPlus, and whether it is a void: a charge with the flag, or a `Cancel` row. */
export interface Told {
  readonly one: ProviderTransaction;
  readonly isVoid: boolean;
}

/** The id of the refund of a voided charge, however PayPlus shows the void. */
const voidIdOf = (transactionId: string): string => `${transactionId}${VOID}`;
const VOID = '-void';

/** PayPlus has no such id. */
export const isVoidId = (transactionId: string): boolean => transactionId.endsWith(VOID);

/** The transactions with their links, and the ids of `Cancel` rows that cannot be booked before their charge is read. */
export interface Linked {
  readonly transactions: readonly ProviderTransaction[];
  readonly waiting: readonly string[];
}

/**
 * Links each refund to its charge, and turns a voided charge into a charge and a refund of what earlier refunds left.
 * PayPlus shows a void by a flag on the charge, by a `Cancel` row, or by both: it counts once.
 * Source: docs/reference/payplus.md, "Searching by our id".
 *
 * A void has the id of its charge. So a `Cancel` row waits where its charge may be among the rows that could not be read
 * (`isComplete` false): under an id of its own it would be booked a second time, or on another charge.
 */
export function linkRefunds(told: readonly Told[], isComplete: boolean): Linked {
  const charges = told.filter(({ one }) => isPaid(one));
  const voided = new Set<string>();
  const waiting: string[] = [];
  const all = told.flatMap(({ one, isVoid }) => {
    const possible = isVoid
      ? charges.filter(({ one: { transactionId } }) => !voided.has(transactionId))
      : charges;
    const charge = one.kind === 'refund' ? chargeOf(one, possible, { isVoid, isComplete }) : null;
    const isVoidRow = isVoid && isGivenBack(one);
    if (charge === null && isVoidRow && (!isComplete || charges.length === 0)) {
      waiting.push(one.transactionId);
      return [];
    }
    if (charge === null) return [one];
    const { transactionId } = charge;
    if (!isVoidRow) return [{ ...one, refundOf: transactionId }];
    voided.add(transactionId);
    return [{ ...one, transactionId: voidIdOf(transactionId), refundOf: transactionId }];
  });
  const isTold = (id: string) => all.some(({ transactionId }) => transactionId === id);
  const flagged = charges.filter(({ one, isVoid }) => isVoid && !isTold(voidIdOf(one.transactionId)));
  return { transactions: withRestsOnly([...all, ...flagged.map(({ one }) => toVoid(one))]), waiting };
}

/** A void refunds what earlier refunds left of its charge, whatever sum its row shows. */
function withRestsOnly(all: readonly ProviderTransaction[]): ProviderTransaction[] {
  return all.flatMap((one) => {
    if (!isVoidId(one.transactionId)) return [one];
    const refunds = all.filter(
      (other) => other.refundOf === one.refundOf && other !== one && isGivenBack(other),
    );
    const charge = all.find(({ transactionId }) => transactionId === one.refundOf);
    const gone = sumMinor(refunds.map(({ amount }) => amount));
    const amount = Math.min(one.amount, (charge?.amount ?? one.amount) - gone);
    return amount > 0 ? [{ ...one, amount, means: meansOf(one, amount) }] : [];
  });
}

/** The means of a sum: the reported ones, if they add up to it. */
function meansOf({ means }: ProviderTransaction, amount: number): readonly Means[] {
  if (sumMinor(means.map((one) => one.amount)) === amount) return means;
  const [first] = means;
  return first === undefined
    ? []
    : [{ ...first, amount, installments: 1, firstAmount: null, restAmount: null }];
}

const isGivenBack = ({ kind, status }: ProviderTransaction): boolean =>
  kind === 'refund' && status === 'succeeded';

const isPaid = ({ kind, status }: ProviderTransaction): boolean =>
  kind === 'charge' && status === 'succeeded';

/**
 * PayPlus does not say which charge a refund belongs to: it is certain only if there is one charge. Of several voided
 * charges of one sum, each has its row, and it does not matter which is whose.
 */
function chargeOf(
  refund: ProviderTransaction,
  charges: readonly Told[],
  { isVoid, isComplete }: { readonly isVoid: boolean; readonly isComplete: boolean },
): ProviderTransaction | null {
  const onPage = charges.filter(({ one }) => refund.pageId === null || one.pageId === refund.pageId);
  const flagged = onPage.filter((charge) => charge.isVoid && charge.one.amount === refund.amount);
  if (isVoid && flagged.length > 0) return flagged[0]?.one ?? null;
  if (isVoid && !isComplete) return null;
  return onPage.length === 1 ? (onPage[0]?.one ?? null) : null;
}

const toVoid = (charge: ProviderTransaction): ProviderTransaction => ({
  ...charge,
  transactionId: voidIdOf(charge.transactionId),
  kind: 'refund',
  refundOf: charge.transactionId,
  refundable: null,
  secret: null,
});
