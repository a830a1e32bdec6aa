/** Every status of a payment. docs/statuses.md says what each means. */
export const PAYMENT_STATUSES = [
  'creating',
  'pending',
  'completed',
  'partially_refunded',
  'refunded',
  'failed',
  'expired',
  'cancelled',
  'disputed',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** Why a payment failed. */
export interface PaymentFailure {
  /** A code of ours: `rejected`, `amount_mismatch`, … */
  readonly code: string;
  /** A sentence of ours. It holds no secret and no text of the provider's. */
  readonly message: string;
  /** The provider's own code, where it gave one. */
  readonly vendorCode: string | null;
}

/** How a payment ended without money. `reason` is a code of ours. */
export type UnpaidEnd =
  | { readonly status: 'failed'; readonly reason: string; readonly failure: PaymentFailure }
  | { readonly status: 'expired' | 'cancelled'; readonly reason: string };

/** Whether the outcome of the money is known. `unknown`: a call that moves money was sent and never answered. */
export type Outcome = 'known' | 'unknown';

/** Why a person must look at a payment. */
export const REVIEW_REASONS = [
  'amount_mismatch',
  'duplicate_payment',
  'late_success',
  'unknown_outcome',
  'provider_dispute',
  'document_mismatch',
  'foreign_document',
  'push_failed',
  'reconciliation',
  'refund_reversed',
  'refund_lines_required',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/**
 * Every allowed change of status. Any other is a regression, recorded and ignored. `failed|expired|cancelled →
 * completed` happens only after a verified late success, and `refunded|partially_refunded →
 * completed|partially_refunded` only if a vendor reports that a refund failed after all.
 */
export const TRANSITIONS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  creating: ['pending', 'completed', 'failed', 'expired', 'cancelled'],
  pending: ['completed', 'failed', 'expired', 'cancelled'],
  completed: ['partially_refunded', 'refunded', 'disputed'],
  partially_refunded: ['refunded', 'disputed', 'completed'],
  refunded: ['completed', 'partially_refunded'],
  failed: ['completed'],
  expired: ['completed'],
  cancelled: ['completed'],
  disputed: ['completed', 'partially_refunded', 'refunded'],
};

/**
 * `same` changes nothing. `late` is a success after the payment had ended without money (opens review
 * `late_success`).
 */
export type TransitionVerdict = 'same' | 'allowed' | 'late' | 'regression';

/** The verdict on a change from one status to another. */
export function judgeTransition(from: PaymentStatus, to: PaymentStatus): TransitionVerdict {
  if (from === to) return 'same';
  if (!TRANSITIONS[from].includes(to)) return 'regression';
  return isGivenUp(from) ? 'late' : 'allowed';
}

/** Ended without money. Only a verified late success changes it. */
export function isGivenUp(status: PaymentStatus): status is 'failed' | 'expired' | 'cancelled' {
  return status === 'failed' || status === 'expired' || status === 'cancelled';
}

/** Still waiting for money. */
export function isOpen(status: PaymentStatus): status is 'creating' | 'pending' {
  return status === 'creating' || status === 'pending';
}

/** Money arrived and is documented. */
export function isPaid(status: PaymentStatus): boolean {
  return !isOpen(status) && !isGivenUp(status);
}
