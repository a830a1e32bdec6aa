import type { ProviderTransaction } from '../payment-provider.ts';

/** A movement that PayPlus tells, and whether it is a void: a charge that its flag says so of, or a `Cancel` row. */
export interface Told {
  readonly one: ProviderTransaction;
  readonly isVoid: boolean;
}

/** The id under which a voided charge's money comes back, whichever way PayPlus tells of it. */
const voidIdOf = (transactionId: string): string => `${transactionId}${VOID}`;
const VOID = '-void';

/** PayPlus knows no such id. */
export const isVoidId = (transactionId: string): boolean => transactionId.endsWith(VOID);

/**
 * Names what each refund reverses, and tells a voided charge as one that was taken and given back whole. PayPlus tells a
 * void by a flag on the charge, by a `Cancel` row, or by both: it is told once. Source: §3.2.
 */
export function withGivenBack(told: readonly Told[]): ProviderTransaction[] {
  const charges = told.filter(({ one }) => isPaid(one));
  const all = told.map(({ one, isVoid }) => {
    const charge = one.kind === 'refund' ? chargeOf(one, charges, isVoid) : null;
    if (charge === null) return one;
    const { transactionId } = charge;
    const id = isVoid && one.status === 'succeeded' ? voidIdOf(transactionId) : one.transactionId;
    return { ...one, transactionId: id, refundOf: transactionId };
  });
  const isTold = (id: string) => all.some(({ transactionId }) => transactionId === id);
  const flagged = charges.filter(({ one, isVoid }) => isVoid && !isTold(voidIdOf(one.transactionId)));
  return [...all, ...flagged.map(({ one }) => toVoid(one))];
}

const isPaid = ({ kind, status }: ProviderTransaction): boolean =>
  kind === 'charge' && status === 'succeeded';

/** PayPlus does not name what a refund reverses: it is certain only where one charge can be meant. */
function chargeOf(
  refund: ProviderTransaction,
  charges: readonly Told[],
  isVoid: boolean,
): ProviderTransaction | null {
  const onPage = charges.filter(({ one }) => refund.pageId === null || one.pageId === refund.pageId);
  const flagged = onPage.filter((charge) => charge.isVoid && charge.one.amount === refund.amount);
  const meant = isVoid && flagged.length > 0 ? flagged : onPage;
  return meant.length === 1 ? (meant[0]?.one ?? null) : null;
}

const toVoid = (charge: ProviderTransaction): ProviderTransaction => ({
  ...charge,
  transactionId: voidIdOf(charge.transactionId),
  kind: 'refund',
  refundOf: charge.transactionId,
  refundable: null,
  secret: null,
});
