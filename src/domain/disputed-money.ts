import { sumMinor } from './money.ts';
import type { BookedDispute, DisputeStatus } from './standing.ts';

/** A dispute as far as it says where the money of its charge is. `amount` is in minor units of `currency`. */
export interface DisputeShare extends BookedDispute {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
}

/** A charge, as far as disputes are held against it. */
export interface DisputedCharge {
  readonly id: string;
  readonly currency: string;
}

/** A dispute that a person decided about, as it stood then. */
export interface DecidedDispute {
  readonly id: string;
  readonly status: DisputeStatus;
  /**
   * What the bank took, in minor units of the charge's currency, as the person read it in the vendor's dashboard. Null where the
   * dispute has that currency itself.
   */
  readonly takenAmount: number | null;
}

/** Disputes about a charge that no person has decided. */
export interface AtBank<Dispute> {
  /** The bank has not decided: it holds the money, and may give it back. */
  readonly held: readonly Dispute[];
  /** The bank took the money. */
  readonly lost: readonly Dispute[];
}

/** What the bank has of a charge, as long as no person has decided about it. An inquiry took nothing. */
export function atBank<Dispute extends DisputeShare>(
  chargeId: string,
  disputes: readonly Dispute[],
): AtBank<Dispute> {
  const own = disputes.filter((one) => one.chargeId === chargeId && one.resolution === null);
  return {
    held: own.filter(({ status }) => status === 'open'),
    lost: own.filter(({ status }) => status === 'lost'),
  };
}

/**
 * What the bank took by these disputes, in minor units of the currency. Null if one of them is in another currency and no person said
 * what it came to: sums of two currencies are never added.
 */
export function takenBy(
  disputes: readonly Pick<DisputeShare, 'id' | 'amount' | 'currency'>[],
  currency: string,
  decided: readonly DecidedDispute[] = [],
): number | null {
  const amounts = disputes.map((one) =>
    one.currency === currency ? one.amount : (decided.find(({ id }) => id === one.id)?.takenAmount ?? null),
  );
  const known = amounts.filter((amount) => amount !== null);
  return known.length === amounts.length ? sumMinor(known) : null;
}

/**
 * What of a charge the vendor cannot give back, in minor units of its currency, beside what the books have as given back: the payer's
 * bank has it, or holds it, also where a person wrote it off. Everything (Infinity) where nobody knows what that comes to.
 */
export function withBank(
  charge: DisputedCharge,
  disputes: readonly DisputeShare[],
  decided: readonly DecidedDispute[] = [],
): number {
  const own = disputes.filter(
    ({ chargeId, status, resolution }) =>
      chargeId === charge.id && (status === 'open' || status === 'lost') && resolution !== 'refund',
  );
  return takenBy(own, charge.currency, decided) ?? Infinity;
}

/**
 * Whether a decision about disputes is about this one still: it is open or lost, and as the person saw it. Who took it for lost while it
 * was open was right.
 */
export function isDecided(
  { id, status, resolution }: Pick<DisputeShare, 'id' | 'status' | 'resolution'>,
  action: 'refund' | 'dismiss',
  decided: readonly DecidedDispute[],
): boolean {
  const seen = decided.find((one) => one.id === id);
  if (seen === undefined || resolution !== null || (status !== 'open' && status !== 'lost')) return false;
  return status === seen.status || (action === 'refund' && status === 'lost');
}
