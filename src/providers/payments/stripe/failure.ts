import Stripe from 'stripe';
import { isProviderError, ProviderError } from '../../../domain/provider-error.ts';
import { tooFast } from './transport.ts';

/** Codes that mean a problem with the account or its key, with any status. */
const ACCOUNT_CODES = new Set([
  'account_invalid',
  'api_key_expired',
  'livemode_mismatch',
  'no_account',
  'platform_api_key_expired',
  'secret_key_required',
  'testmode_charges_only',
]);
/** Stripe's codes are words joined by underscores; anything else could be free text. */
const CODE_WORDS = /^[a-z]+(_[a-z0-9]+)*$/;

/**
 * Turns an error of the SDK into one of our failures, without Stripe's words or anything that was sent. Errors that
 * are not failures of a call (our mistakes) are returned as they are.
 * Source: docs/reference/stripe.md, "Errors".
 */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  if (isProviderError(error.detail)) return error.detail;
  return toKnown(error, { vendorCode: vendorCodeOf(error) });
}

type StripeError = InstanceType<typeof Stripe.errors.StripeError>;

function toKnown(error: StripeError, details: { vendorCode: string | null }): ProviderError {
  const status = error.statusCode ?? 0;
  if (status >= 500) return new ProviderError('provider_unavailable', `Stripe answered ${status}`, details);
  if (isOfAccount(error)) {
    return new ProviderError(
      'credentials_invalid',
      'Stripe does not allow this with secretKey: use a key of this account with the rights named in docs/providers.md',
      details,
    );
  }
  if (error instanceof Stripe.errors.StripeRateLimitError) return tooFast(error.headers?.['retry-after']);
  if (isOfTwin(error)) {
    return new ProviderError(
      'no_answer',
      'Stripe is still processing an earlier request with this key',
      details,
    );
  }
  if (status === 0 || error instanceof Stripe.errors.StripeConnectionError) {
    return new ProviderError('no_answer', 'Stripe did not answer completely', details);
  }
  return toRefusal(error, status, details);
}

/** An API error below 500 is trouble at Stripe; invalid requests and card errors are a definite no. */
function toRefusal(
  error: StripeError,
  status: number,
  details: { vendorCode: string | null },
): ProviderError {
  if (error.rawType === 'api_error') {
    return new ProviderError('provider_unavailable', `Stripe reported trouble (HTTP ${status})`, details);
  }
  return new ProviderError('rejected', `Stripe refused the request (HTTP ${status})`, details);
}

function isOfAccount(error: StripeError): boolean {
  const { StripeAuthenticationError, StripePermissionError } = Stripe.errors;
  return (
    error instanceof StripeAuthenticationError ||
    error instanceof StripePermissionError ||
    ACCOUNT_CODES.has(error.code ?? '')
  );
}

/** The key was used before: the outcome of that request must be looked up. */
function isOfTwin(error: StripeError): boolean {
  return error.rawType === 'idempotency_error' || error.statusCode === 409;
}

function vendorCodeOf({ code, decline_code }: StripeError): string | null {
  const named = code === 'card_declined' ? (decline_code ?? code) : code;
  return named !== undefined && CODE_WORDS.test(named) ? named : null;
}

/**
 * Whether a key can give no new answer: it was used with another body, or Stripe replays a stored failure for a day.
 * Source: docs/reference/stripe.md, "Idempotency".
 */
export function isSpentKey(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const isReplayed = error.headers?.['idempotent-replayed'] === 'true';
  const isOtherBody = error.rawType === 'idempotency_error' && error.statusCode === 400;
  return isOtherBody || (isReplayed && (error.statusCode ?? 0) >= 500);
}
