import type { Ledger } from '../ledger/ledger.ts';
import type { Part, Transaction } from '../ledger/records.ts';
import type { Deal } from '../vendor.ts';

/** The methods for a part of a sum; a card pays the rest. Source: docs/reference/payplus.md, "Payments in parts". */
export const PART_METHODS = ['multipass', 'valuecard', 'tav-zahav', 'finitione', 'cibus'] as const;

/** A charge and, if it was paid in parts, the named part. */
export type Found = Deal & { part: Part | null };

export function findCharge(ledger: Ledger, uid: string, apiKey: string): Found | null {
  const part = findPart(ledger, uid);
  const transaction = part?.parent ?? ledger.transaction(uid);
  if (transaction?.kind !== 'charge' || transaction.provider !== 'payplus' || transaction.account !== apiKey)
    return null;
  const checkout = ledger.checkout(transaction.checkoutId);
  return checkout === undefined ? null : { checkout, transaction, part: part?.part ?? null };
}

/** The part with this uid and the charge that it belongs to. */
function findPart(ledger: Ledger, uid: string): { parent: Transaction; part: Part } | null {
  if (ledger.transaction(uid) !== undefined) return null;
  for (const parent of ledger.transactions()) {
    const part = parent.parts?.find(({ id }) => id === uid);
    if (part !== undefined) return { parent, part };
  }
  return null;
}

/** The parts of a charge as transactions, as PayPlus shows them. */
export function partsOf({ parts = [], ...parent }: Transaction): Transaction[] {
  return parts.map((part) => ({ ...parent, ...part, installments: 1 }));
}
