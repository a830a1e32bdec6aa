import type { ProblemCode } from './problems.ts';

/** What each refusal means and what a caller does about it. */
export const PROBLEM_MEANINGS: Readonly<Record<ProblemCode, string>> = {
  malformed_json: 'The body is not JSON, is not UTF-8, or is nested too deep.',
  header_invalid: 'A header comes twice or holds no readable text.',
  idempotency_key_required: 'Send an `Idempotency-Key`.',
  idempotency_key_invalid: 'The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.',
  unauthorized: 'The key is missing, unknown or revoked.',
  bad_signature: 'The webhook is not signed by the provider.',
  insufficient_scope: 'The key lacks the scope. The answer names it.',
  not_found: 'There is no such thing in this workspace.',
  already_paid: 'The payment is paid. Create a refund instead.',
  conflict: 'Another request is changing the same thing, or its state does not allow this.',
  currency_locked: 'The workspace has payments, so its currency is fixed.',
  original_left: 'The original of the document has left, or leaves by mail. A copy can be had at any time.',
  document_not_ready: 'The document is being printed. Ask again after `Retry-After`.',
  file_not_ready: 'The export has no file yet, or was cancelled or failed. Its status says which.',
  idempotency_answer_gone:
    'The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.',
  idempotency_in_progress: 'The first request with this key is still running. Repeat it after `Retry-After`.',
  no_payment_provider: 'The workspace has no payment provider. Set one first.',
  not_open: 'The payment has ended or is in a review.',
  not_refundable: 'Nothing of this payment can be refunded now.',
  not_replayable: 'This webhook cannot be acted on again. The answer says why.',
  outcome_unknown: 'Money was ordered and nobody knows yet what became of it. Ask again after `Retry-After`.',
  reference_taken: 'Another payment has this reference. The answer names it.',
  refund_exceeds_charge: 'Less than that is left to refund.',
  no_open_review: 'The payment has no review to decide.',
  file_expired: 'The file was deleted after its days. Ask for the export again.',
  body_too_large: 'The body is larger than allowed.',
  unsupported_media_type: 'The body has another media type or a content encoding.',
  validation_failed: 'Fields are wrong. `errors` names each, and how to fix it.',
  document_issuer_conflict:
    'Legal documents come from one place. `documentIssuer` and the invoice service differ.',
  issuer_incomplete:
    'A tax invoice names the street and town of the business. Set `address` of the workspace first.',
  idempotency_key_reused: 'This key was used with another body. Use a new key.',
  postdated_check_unsupported: 'Record a post-dated cheque on its day.',
  provider_credentials_invalid: 'The vendor does not accept the credentials.',
  refund_lines_required:
    'The document has lines with and without VAT: name the lines that go back in `items`.',
  unsupported_operation:
    'The vendor, or this state of the payment, cannot do that. The answer says what can be done.',
  vat_country_unsupported: 'Only Israeli VAT is supported.',
  rate_limited: 'Too many requests. Ask again after `Retry-After`.',
  internal_error: 'Something went wrong on our side. It was logged.',
  unavailable:
    'Something that is needed does not answer. Repeat the request with the same key after `Retry-After`.',
};
