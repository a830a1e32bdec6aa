import type { PaymentStatus } from './payment.ts';

/** Every problem the API answers with, and its HTTP status. The code is stable; the sentence is not. */
export const PROBLEMS = {
  malformed_json: 400,
  header_invalid: 400,
  idempotency_key_required: 400,
  idempotency_key_invalid: 400,
  unauthorized: 401,
  bad_signature: 401,
  insufficient_scope: 403,
  not_found: 404,
  already_paid: 409,
  conflict: 409,
  currency_locked: 409,
  document_not_ready: 409,
  original_left: 409,
  file_not_ready: 409,
  idempotency_answer_gone: 409,
  idempotency_in_progress: 409,
  no_payment_provider: 409,
  not_open: 409,
  not_refundable: 409,
  not_replayable: 409,
  outcome_unknown: 409,
  reference_taken: 409,
  refund_exceeds_charge: 409,
  no_open_review: 409,
  file_expired: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  document_issuer_conflict: 422,
  idempotency_key_reused: 422,
  issuer_incomplete: 422,
  postdated_check_unsupported: 422,
  provider_credentials_invalid: 422,
  refund_lines_required: 422,
  unsupported_operation: 422,
  vat_country_unsupported: 422,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong field: `pointer` is `#/customer/email`, `detail` says what is wrong and how to fix it. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemDetails {
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  readonly payment?: { readonly id: string; readonly status: PaymentStatus };
}

/** A refusal with a sentence; the API turns it into problem+json (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  /** The payment that stands in the way, if one does. */
  readonly payment: { readonly id: string; readonly status: PaymentStatus } | null;

  constructor(code: ProblemCode, detail: string, more: ProblemDetails = {}) {
    super(detail);
    this.code = code;
    this.fields = more.fields ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.payment = more.payment ?? null;
  }

  get status(): number {
    return PROBLEMS[this.code];
  }
}

/** A 422 about one field. */
export function fieldProblem(
  pointer: string,
  detail: string,
  code: ProblemCode = 'validation_failed',
): Problem {
  return new Problem(code, `${pointer}: ${detail}`, { fields: [{ pointer, detail }] });
}
