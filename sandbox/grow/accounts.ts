import { israelDay } from '../israel.ts';
import type { Deal, VendorDeps } from '../vendor.ts';
import { METHODS } from './request-shapes.ts';

/**
 * How long after a charge the sandbox counts it as transmitted. Grow does that at night, which no test can wait for.
 */
const TRANSMITS_AFTER_MS = 2_000;
/** How long Grow's staff takes for a refund that is approved by hand. */
export const BY_HAND_MS = 3_000;

/** The text of the pageCode decides how an account behaves, like the credentials at other vendors. */
const pageCodeOf = ({ checkout }: Deal): string => String(checkout.wire['pageCode']);

/**
 * Whether the charge was transmitted; until then only all of it can be refunded.
 * Source: docs/reference/grow.md, "Refunds".
 */
export function isTransmitted({ lag }: Pick<VendorDeps, 'lag'>, deal: Deal, now: Date): boolean {
  const at = new Date(deal.transaction.at);
  return /same-day/i.test(pageCodeOf(deal))
    ? israelDay(now) > israelDay(at)
    : now.getTime() - at.getTime() >= lag(deal.transaction, TRANSMITS_AFTER_MS);
}

/** Whether refunds are approved by hand (110) once the charge is transmitted. */
export const isRefundedByHand = (deal: Deal): boolean => /by-hand/i.test(pageCodeOf(deal));

/**
 * Only a platform, which serves many businesses, has a key and must show it; a plain merchant has none.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
export const isPlatform = (userId: unknown): boolean => /platform/i.test(String(userId));

/**
 * Each payment method may have its own page code: a code that names a method offers only that one.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
export const onlyMethodOf = (pageCode: unknown): string | null =>
  Object.values(METHODS).find((method) => String(pageCode).toLowerCase().endsWith(`-${method}`)) ?? null;
