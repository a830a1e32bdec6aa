import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isProviderError } from '../domain/provider-error.ts';
import type { ProviderError, ProviderErrorCode } from '../domain/provider-error.ts';

/**
 * Only this file makes ApplicationFailures. A failure of a vendor gets our code as its `type`, and its own retry
 * delay.
 */

/** The delay while a person must fix something. */
const AWAIT_A_PERSON_MS = 60_000;

/**
 * How often to check whether a breaker has closed: this reads a row and calls no vendor. A breaker closed by hand is
 * seen within 20 s.
 */
const LOOK_AT_BREAKER_MS = { least: 2_000, most: 15_000 };

/** The vendor or we ourselves asked for a pause: the call did not fail and is not shown as failed. */
const TOLD_TO_WAIT: readonly ProviderErrorCode[] = ['circuit_open', 'rate_limited'];

/**
 * For reads and repeatable calls: no answer of the vendor is final, because the result is needed. Errors other than a
 * vendor's pass through unchanged, and Temporal repeats them.
 */
export function retryable(error: unknown): unknown {
  return isProviderError(error) ? toFailure(error, false) : error;
}

/**
 * For calls that the vendor may refuse: what it rejects is not sent again. `elseAfterMs`: the delay instead of the
 * policy's.
 */
export function finalIfRejected(error: unknown, elseAfterMs?: number): unknown {
  if (!isProviderError(error)) return error;
  return toFailure(error, error.retry === 'never' && error.code !== 'credentials_invalid', elseAfterMs);
}

/**
 * Not a failure: there is no result yet, so come back in `delayMs`. It is not counted as a failure and adds no
 * history.
 */
export function comeBack(
  type: 'pending' | 'not_yet' | 'busy',
  message: string,
  delayMs: number,
): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type,
    nextRetryDelay: delayMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** For calls that can never succeed, such as a missing row that must exist. */
export function impossible(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}

function toFailure(error: ProviderError, nonRetryable: boolean, elseAfterMs?: number): ApplicationFailure {
  const delayMs = delayAfter(error) ?? elseAfterMs ?? null;
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable,
    details: [error.vendorCode],
    ...(delayMs === null ? {} : { nextRetryDelay: Math.round(delayMs) }),
    ...(TOLD_TO_WAIT.includes(error.code) ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
}

/**
 * Its own delay, or null for the policy's. Randomised, so that waiting calls do not all come back at once. After a
 * breaker it may be shorter than asked, which costs the vendor nothing; after a vendor's own request never (an hour at
 * most, `readRetryAfter`).
 */
function delayAfter(error: ProviderError): number | null {
  const told = error.retryAfterMs ?? (error.code === 'credentials_invalid' ? AWAIT_A_PERSON_MS : null);
  if (told === null) return null;
  if (error.code !== 'circuit_open') return told * (1 + 0.2 * Math.random());
  const { least, most } = LOOK_AT_BREAKER_MS;
  return Math.min(Math.max(told, least), most) * (1 - 0.5 * Math.random());
}
