import { sumMinor } from './money.ts';
import type { BookedDispute } from './standing.ts';

/** A dispute as far as it says where the money of its charge is. */
export type DisputeShare = BookedDispute & { readonly amount: number };

/** Money of a charge that lies with the payer's bank, as long as no person has decided about it. */
export interface AtBank<Dispute> {
  /** Disputes that the bank has not decided: it holds the money, and may give it back. */
  readonly held: readonly Dispute[];
  /** Disputes that were lost: the bank took the money. */
  readonly lost: readonly Dispute[];
  /** What it took, in minor units. */
  readonly taken: number;
}

/** What the bank has of a charge. An inquiry took nothing. */
export function atBank<Dispute extends DisputeShare>(
  chargeId: string,
  disputes: readonly Dispute[],
): AtBank<Dispute> {
  const own = disputes.filter((one) => one.chargeId === chargeId && one.resolution === null);
  const lost = own.filter(({ status }) => status === 'lost');
  return {
    held: own.filter(({ status }) => status === 'open'),
    lost,
    taken: sumMinor(lost.map(({ amount }) => amount)),
  };
}
