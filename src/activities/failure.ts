import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isProviderError } from '../domain/provider-error.ts';
import type { ProviderError, ProviderErrorCode } from '../domain/provider-error.ts';

/** The only maker of ApplicationFailures: a vendor's failure becomes one with our code as `type` and its own pace. */

/** How long to wait where a person must mend something first. */
const AWAIT_A_PERSON_MS = 60_000;

/** How often to look whether a breaker has closed: a row is asked, no vendor. Closed by hand, it is seen within 20 s. */
const LOOK_AT_BREAKER_MS = { least: 2_000, most: 15_000 };

/** Told to wait, by the vendor or by ourselves: no failure of the call, and shown as none. */
const TOLD_TO_WAIT: readonly ProviderErrorCode[] = ['circuit_open', 'rate_limited'];

/**
 * Reads and repeats: nothing the vendor says is final, the answer is needed. Errors that are not a vendor's pass
 * through unchanged: Temporal repeats them.
 */
export function retryable(error: unknown): unknown {
  return isProviderError(error) ? toFailure(error, false) : error;
}

/** Orders the vendor may refuse: what it rejects is not sent again. `elseAfterMs`: when to come back, instead of the policy. */
export function finalIfRejected(error: unknown, elseAfterMs?: number): unknown {
  if (!isProviderError(error)) return error;
  return toFailure(error, error.retry === 'never' && error.code !== 'credentials_invalid', elseAfterMs);
}

/** Not a failure: there is nothing to report yet, come back in `delayMs`. Counted nowhere, adds no history. */
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

/** For what can never succeed, such as a row that must exist and does not. */
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
 * Its own pace, or null for the policy's. Spread, so that what was held back together does not come back together: by a
 * breaker before its time is up, which costs the vendor nothing; by a vendor never before the time that it asked for.
 */
function delayAfter(error: ProviderError): number | null {
  const told = error.retryAfterMs ?? (error.code === 'credentials_invalid' ? AWAIT_A_PERSON_MS : null);
  if (told === null) return null;
  if (error.code !== 'circuit_open') return told * (1 + 0.2 * Math.random());
  const { least, most } = LOOK_AT_BREAKER_MS;
  return Math.min(Math.max(told, least), most) * (1 - 0.5 * Math.random());
}
