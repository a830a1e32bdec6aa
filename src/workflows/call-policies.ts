import { ApplicationFailure } from '@temporalio/common';
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { PaymentFailure } from '../domain/payment.ts';
import { DOCUMENTS_QUEUE } from './messages.ts';

/**
 * 1 s → 10 s for the first three tries, then up to five minutes. A delay that a failure names has priority (a
 * breaker, a vendor's Retry-After, wrong keys: `activities/failure.ts`). Time limit of one call: `http.ts`; number of
 * concurrent calls: `providers/call-queue.ts`; pauses after failures of a vendor: `domain/breaker.ts`.
 */
const WIDENING = { initialInterval: '1s', backoffCoefficient: 3.2, maximumInterval: '5m' } as const;

/** The worker sends a heartbeat every 3 s while an activity runs. After a longer silence it counts as killed. */
const SILENCE = '10s';

/** First try of a repeatable call: inside the workflow task, one event of history, with a short time limit. */
export const quick = proxyLocalActivities<Activities>({
  startToCloseTimeout: '4s',
  scheduleToCloseTimeout: '6s',
  retry: { maximumAttempts: 1 },
});

/**
 * Reads and idempotent writes after a first failure: shown as pending in the UI, tried without end. A payer waits for
 * them, so after a failure on our side (a database that was down) they are tried again within a minute. Breakers
 * spare a vendor that is down.
 */
export const durable = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: { ...WIDENING, maximumInterval: '1m' },
});

/** Moves money: the activity sends once, and fails only if nothing was sent. */
export const once = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Sending the refund',
});

/** Polling the provider. The activity itself sets the next time; a webhook interrupts it. */
export const polling = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  cancellationType: 'TRY_CANCEL',
  summary: 'Asking the provider whether the payment came',
});

/** Pushing to an invoice service: tried for days, then a person is asked. */
export const patient = proxyActivities<Activities>({
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Pushing the document to the invoice service',
});

/** Printing, on its own task queue. */
export const slow = proxyActivities<Activities>({
  taskQueue: DOCUMENTS_QUEUE,
  startToCloseTimeout: '2m',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Printing the document',
});

/**
 * Tries the quick local call first, and the durable regular one after a failure. A final refusal is not tried again.
 */
export async function localFirst<T>(first: () => Promise<T>, then: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (failure) {
    if (isFinal(failure)) throw failure;
    return then();
  }
}

/** Whether a failed call must not be repeated, as the activity said. */
export function isFinal(failure: unknown): boolean {
  return thrownByActivity(failure)?.nonRetryable === true;
}

/** Our error code of a failed call, from the last try of the activity. */
export function failureCode(failure: unknown): string {
  return thrownByActivity(failure)?.type ?? 'unknown';
}

/** Why a provider refused for good: our code, our sentence, and the code of the provider, if any. */
export function failureOf(failure: unknown): PaymentFailure {
  const thrown = thrownByActivity(failure);
  const vendorCode = thrown?.details?.[0];
  return {
    code: thrown?.type ?? 'unknown',
    message: thrown?.message ?? 'the reason is not known',
    vendorCode: typeof vendorCode === 'string' ? vendorCode : null,
  };
}

/** Why an invoice service refused, in our words; null for any other failure, whose text may quote a row. */
export function refusalSentence(failure: unknown): string | null {
  const thrown = thrownByActivity(failure);
  return thrown?.type === 'rejected' ? thrown.message : null;
}

/**
 * The error of the activity itself. That of a regular activity is wrapped, twice after a time-out; that of a local
 * one is not.
 */
function thrownByActivity(failure: unknown): ApplicationFailure | null {
  for (let cause = failure; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) return cause;
  }
  return null;
}
