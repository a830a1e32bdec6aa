import type { PaymentStatus } from './payment.ts';

/** How a refund stands. `completed` and `failed` are final. */
export const REFUND_STATUSES = ['pending', 'completed', 'failed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** How money is refunded: the way it came, or by hand without the vendor. */
export const REFUND_METHODS = ['original', 'cash', 'bank_transfer', 'check'] as const;
export type RefundMethod = (typeof REFUND_METHODS)[number];

/** Who caused a refund: the app, the vendor's dashboard, a person's decision on a review, a lost dispute. */
export const REFUND_ORIGINS = ['api', 'provider', 'review', 'dispute'] as const;
export type RefundOrigin = (typeof REFUND_ORIGINS)[number];

/**
 * How much of a charge can still be refunded through its vendor, in minor units. `refundable` is what the vendor can
 * refund of it at all, or null for all of it. Refunds by hand do not reduce it.
 */
export function leftAtVendor(
  charge: { readonly amount: number; readonly refundable: number | null },
  refunds: readonly (RefundShare & { readonly method: RefundMethod })[],
): number {
  const sent = refunds.filter(({ status, method }) => status !== 'failed' && method === 'original');
  return sent.reduce((left, { amount }) => left - amount, charge.refundable ?? charge.amount);
}

/**
 * Whether a charge may be documented: none of it went back. Or a part did and the vendor cannot give back the rest, which
 * was paid by a gift card: then only a document leads on.
 */
export function canBeDocumented(
  charge: { readonly amount: number; readonly refundable: number | null },
  refunds: readonly (RefundShare & { readonly method: RefundMethod })[],
): boolean {
  const own = refunds.filter(({ status }) => status !== 'failed');
  if (own.length === 0) return true;
  if (own.some(({ status }) => status === 'pending')) return false;
  const rest = own.reduce((left, { amount }) => left - amount, charge.amount);
  return rest > 0 && rest > leftAtVendor(charge, own);
}

interface RefundShare {
  readonly amount: number;
  readonly status: RefundStatus;
}

/** The status of a paid payment after `credited` of its documented sum was refunded. */
export function statusAfterRefunds(documented: number, credited: number): PaymentStatus {
  if (credited === 0) return 'completed';
  return credited >= documented ? 'refunded' : 'partially_refunded';
}
