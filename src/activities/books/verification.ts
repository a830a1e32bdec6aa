import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';

/** Why the provider is asked: inbox rows that arrived, or somebody's wish. */
export interface Question {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly eventIds: readonly string[];
  readonly isAsked: boolean;
  /** Who asks wants to know one thing, whether it is paid: of what is settled by the books nobody is asked. */
  readonly unlessSettled?: boolean;
}

/**
 * What the provider's own truth comes to. `transactionId` (ours) is set when there is money to settle, or it is settled.
 * `held`: money is there, or may be, that a person must decide about. `unasked`: our keys have been refused for so long that
 * the provider's word is not waited for.
 */
export interface Verification {
  readonly verdict: 'unchanged' | 'under_way' | 'paid' | 'settled' | 'held' | 'unasked';
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly transactionId: string | null;
  /** While money is on its way: when the provider is to be asked again. */
  readonly nextCheckAt?: string | null;
}
