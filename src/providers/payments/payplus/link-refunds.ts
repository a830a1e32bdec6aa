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

/**
 * The transactions with their links, and the ids of what cannot be booked yet: `Cancel` rows whose charge is not certain, and
 * charges whose void may be the one that is in the books under another charge.
 */
export interface Linked {
  readonly transactions: readonly ProviderTransaction[];
  readonly waiting: readonly string[];
}

/**
 * Links each refund to its charge, and turns a voided charge into a charge and a refund of what earlier refunds left.
 * PayPlus shows a void by a flag on the charge, by a `Cancel` row, or by both: it counts once.
 * Source: docs/reference/payplus.md, "Searching by our id".
 *
 * A void has the id of its charge, and no other: under an id of its own it would be booked a second time once PayPlus flags the
 * charge. So a `Cancel` row waits where its charge may be among the rows that could not be read (`isComplete` false), and where it
 * may be either of several. A charge that was made after it is none of them.
 *
 * A charge that was made before the row may be shown only after the void was booked under another one. `booked` has the ids of
 * transactions that the books hold: while one of them is a void that is not told any more, no further void is booked. A person
 * then sees both charges.
 */
export function linkRefunds(
  told: readonly Told[],
  isComplete: boolean,
  booked: ReadonlySet<string> = new Set(),
): Linked {
  const charges = told.filter(({ one }) => isPaid(one));
  const voided = new Set<string>();
  const waiting: string[] = [];
  const all = told.flatMap(({ one, isVoid }) => {
    if (one.kind !== 'refund') return [one];
    if (!isVoid || !isGivenBack(one))
      return [{ ...one, refundOf: chargeOf(one, charges)?.transactionId ?? null }];
    const free = charges.filter((charge) => !voided.has(charge.one.transactionId));
    const charge = chargeOfVoid(one, free, isComplete);
    if (charge === null) {
      waiting.push(one.transactionId);
      return [];
    }
    const { transactionId } = charge;
    voided.add(transactionId);
    return [{ ...one, transactionId: voidIdOf(transactionId), refundOf: transactionId }];
  });
  const isTold = (id: string) => all.some(({ transactionId }) => transactionId === id);
  const flagged = charges.filter(({ one, isVoid }) => isVoid && !isTold(voidIdOf(one.transactionId)));
  const { sure, held } = holdMoved([...all, ...flagged.map(({ one }) => toVoid(one))], booked);
  return { transactions: withRestsOnly(sure), waiting: [...waiting, ...held] };
}

/** Leaves out voids that may be in the books under another charge. `held`: the ids of their charges. */
function holdMoved(
  all: readonly ProviderTransaction[],
  booked: ReadonlySet<string>,
): { readonly sure: readonly ProviderTransaction[]; readonly held: readonly string[] } {
  const ids = new Set(all.map(({ transactionId }) => transactionId));
  const isMoved = [...booked].some((id) => isVoidId(id) && !ids.has(id));
  const isHeld = ({ transactionId }: ProviderTransaction): boolean =>
    isMoved && isVoidId(transactionId) && !booked.has(transactionId);
  return {
    sure: all.filter((one) => !isHeld(one)),
    held: all.filter(isHeld).map(({ transactionId, refundOf }) => refundOf ?? transactionId),
  };
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

/** PayPlus does not say which charge a refund belongs to: it is certain only if there is one charge. */
function chargeOf(refund: ProviderTransaction, charges: readonly Told[]): ProviderTransaction | null {
  const [only, ...others] = onPageOf(refund, charges);
  return others.length === 0 ? (only?.one ?? null) : null;
}

/**
 * A void takes a charge with the flag, else the only one that was made before it. Of several voided charges of one sum, each has
 * its row, and it does not matter which is whose.
 */
function chargeOfVoid(
  row: ProviderTransaction,
  charges: readonly Told[],
  isComplete: boolean,
): ProviderTransaction | null {
  const earlier = onPageOf(row, charges).filter(({ one }) => one.paidAt <= row.paidAt);
  const flagged = earlier.find(({ one, isVoid }) => isVoid && one.amount === row.amount);
  if (flagged !== undefined) return flagged.one;
  return isComplete ? chargeOf(row, earlier) : null;
}

const onPageOf = ({ pageId }: ProviderTransaction, charges: readonly Told[]): readonly Told[] =>
  charges.filter(({ one }) => pageId === null || one.pageId === pageId);

const toVoid = (charge: ProviderTransaction): ProviderTransaction => ({
  ...charge,
  transactionId: voidIdOf(charge.transactionId),
  kind: 'refund',
  refundOf: charge.transactionId,
  refundable: null,
  secret: null,
});
