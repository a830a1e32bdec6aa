import type { ReviewReason } from './payment.ts';

/** What a person may decide about a review. */
export const REVIEW_ACTIONS = ['accept', 'refund', 'dismiss'] as const;
export type ReviewAction = (typeof REVIEW_ACTIONS)[number];

/** What a person may do about each review (docs/operations.md, "a payment is in review"). */
export const REVIEW_RULES: Readonly<Record<ReviewReason, readonly ReviewAction[]>> = {
  amount_mismatch: ['accept', 'refund', 'dismiss'],
  duplicate_payment: ['accept', 'refund'],
  late_success: ['accept', 'refund', 'dismiss'],
  unknown_outcome: ['accept', 'dismiss'],
  provider_dispute: ['refund', 'dismiss'],
  document_mismatch: ['accept', 'dismiss'],
  foreign_document: ['accept', 'dismiss'],
  push_failed: ['accept', 'dismiss'],
  reconciliation: ['accept', 'dismiss'],
  refund_reversed: ['accept', 'dismiss'],
  refund_lines_required: ['accept'],
};

/** What the question about a step is called that a rule of the books refused; `step` says what was tried. */
export const toRefusal = (step: string): string => `${REFUSED}${step}`;

/** The step that such a question is about; null for any other question. */
export function readRefusal(subject: string): string | null {
  return subject.startsWith(REFUSED) ? subject.slice(REFUSED.length) : null;
}

const REFUSED = 'refused: ';
