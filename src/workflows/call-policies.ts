import { ApplicationFailure } from '@temporalio/common';
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { PaymentFailure } from '../domain/payment.ts';
import { DOCUMENTS_QUEUE } from './messages.ts';

/**
 * 1 s → 10 s for the first three tries, then widening to five minutes. A failure that names its own delay (a breaker, a vendor's
 * Retry-After, wrong keys: `activities/failure.ts`) goes before. How long one call may take: `http.ts`; how many at
 * once: `providers/lane.ts`; when a vendor is left alone: `domain/circuit.ts`.
 */
const WIDENING = { initialInterval: '1s', backoffCoefficient: 3.2, maximumInterval: '5m' } as const;

/** The worker gives a sign of life every 3 s while an activity runs; one that is silent for longer was killed. */
const SILENCE = '10s';

/** First try of what may be repeated: inside the workflow task, one event of history, never waited for long. */
export const quick = proxyLocalActivities<Activities>({
  startToCloseTimeout: '4s',
  scheduleToCloseTimeout: '6s',
  retry: { maximumAttempts: 1 },
});

/**
 * Reads and idempotent writes when trouble has started: shown as pending in the UI, tried for as long as it takes. A payer
 * waits behind them, so after trouble of our own (a database that was away) they are back within a minute. A vendor in
 * trouble is spared by its breaker.
 */
export const durable = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: { ...WIDENING, maximumInterval: '1m' },
});

/** Moves money: the activity lets its order leave once, and fails only where nothing was sent. */
export const once = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Sending the refund',
});

/** Asking the provider again and again. The activity says itself when to come back; a webhook interrupts it. */
export const polling = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  cancellationType: 'TRY_CANCEL',
  summary: 'Asking the provider whether the payment came',
});

/** Pushing to an invoice service: days of patience, then a person. */
export const patient = proxyActivities<Activities>({
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Pushing the document to the invoice service',
});

/** Paper, on a task queue of its own. */
export const slow = proxyActivities<Activities>({
  taskQueue: DOCUMENTS_QUEUE,
  startToCloseTimeout: '2m',
  heartbeatTimeout: SILENCE,
  retry: WIDENING,
  summary: 'Printing the document',
});

/**
 * Local first, regular on trouble: the quick call where nothing is wrong, the durable one as soon as something is.
 * What the other side refused for good is not tried again.
 */
export async function localFirst<T>(first: () => Promise<T>, then: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (failure) {
    if (isFinal(failure)) throw failure;
    return then();
  }
}

/** Whether a failed call must not be repeated: the activity said so. */
export function isFinal(failure: unknown): boolean {
  return thrownByActivity(failure)?.nonRetryable === true;
}

/** Our error code of a failed call, as the activity named it at its last try. */
export function failureCode(failure: unknown): string {
  return thrownByActivity(failure)?.type ?? 'unknown';
}

/** Why a provider refused for good: our code, our sentence, and the provider's own code where it gave one. */
export function failureOf(failure: unknown): PaymentFailure {
  const thrown = thrownByActivity(failure);
  const vendorCode = thrown?.details?.[0];
  return {
    code: thrown?.type ?? 'unknown',
    message: thrown?.message ?? 'the reason is not known',
    vendorCode: typeof vendorCode === 'string' ? vendorCode : null,
  };
}

/** Why an invoice service refused, in our own words; null for any other failure, whose text may quote a row. */
export function refusalSentence(failure: unknown): string | null {
  const thrown = thrownByActivity(failure);
  return thrown?.type === 'rejected' ? thrown.message : null;
}

/**
 * What the activity itself threw. A regular activity's failure comes wrapped, twice when time ran out after it; a local
 * one's comes bare.
 */
function thrownByActivity(failure: unknown): ApplicationFailure | null {
  for (let cause = failure; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) return cause;
  }
  return null;
}
