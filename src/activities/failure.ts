import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isProviderError } from '../domain/provider-error.ts';
import type { ProviderError } from '../domain/provider-error.ts';

/** The only maker of ApplicationFailures: a vendor's failure becomes one with our code as `type` and its own pace. */

/** How long to wait where a person must mend something first. */
const AWAIT_A_PERSON_MS = 60_000;

/**
 * Reads and repeats: nothing the vendor says is final, the answer is needed. Errors that are not a vendor's pass
 * through unchanged: Temporal repeats them.
 */
export function retryable(error: unknown): unknown {
  return isProviderError(error) ? toFailure(error, false) : error;
}

/** Orders the vendor may refuse: what it rejects is not sent again. */
export function finalIfRejected(error: unknown): unknown {
  if (!isProviderError(error)) return error;
  return toFailure(error, error.retry === 'never' && error.code !== 'credentials_invalid');
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

function toFailure(error: ProviderError, nonRetryable: boolean): ApplicationFailure {
  const delayMs = error.retryAfterMs ?? (error.code === 'credentials_invalid' ? AWAIT_A_PERSON_MS : null);
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable,
    ...(delayMs === null ? {} : { nextRetryDelay: delayMs }),
  });
}
