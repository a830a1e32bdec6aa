import type { PaymentStatus } from './payment.ts';

export const REFUND_STATUSES = ['pending', 'completed', 'failed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** How money goes back: the way it came, or by hand outside the vendor. */
export const REFUND_METHODS = ['original', 'cash', 'bank_transfer', 'check'] as const;
export type RefundMethod = (typeof REFUND_METHODS)[number];

/** Who caused a refund: the app, the vendor's dashboard, a person's decision on a review, a lost dispute. */
export const REFUND_ORIGINS = ['api', 'provider', 'review', 'dispute'] as const;
export type RefundOrigin = (typeof REFUND_ORIGINS)[number];

/**
 * What of a charge can still go back through its vendor, minor units. `refundable`: what the vendor can give back of it at all,
 * null where that is all of it; what went back by hand takes nothing from that.
 */
export function leftAtVendor(
  charge: { readonly amount: number; readonly refundable: number | null },
  refunds: readonly (RefundShare & { readonly method: RefundMethod })[],
): number {
  const sent = refunds.filter(({ status, method }) => status !== 'failed' && method === 'original');
  return sent.reduce((left, { amount }) => left - amount, charge.refundable ?? charge.amount);
}

interface RefundShare {
  readonly amount: number;
  readonly status: RefundStatus;
}

/** Where a paid payment stands once `credited` of its documented sum was given back. */
export function statusAfterRefunds(documented: number, credited: number): PaymentStatus {
  if (credited === 0) return 'completed';
  return credited >= documented ? 'refunded' : 'partially_refunded';
}
