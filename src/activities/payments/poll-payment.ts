import { activityInfo } from '@temporalio/activity';
import { comeBack, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { pollDelayMs } from './poll-schedule.ts';
import { createVerifyPayment } from './verify-payment.ts';
import type { Verification } from './verify-payment.ts';

export interface PollQuestion {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** When polling began, epoch milliseconds. */
  readonly pollFrom: number;
  readonly graceMs: number;
  readonly expiresAt: string;
}

/** The longest that a payer who opened the page in time may take to finish on it. */
const LAST_MINUTES_MS = 60 * 60_000;

/**
 * Asks the provider, and comes back later while there is nothing new: a benign failure with its own delay, so waiting
 * for weeks adds no history. `expired` is said only after the provider was asked past the link's time and a grace.
 */
export function createPollPayment(context: ActivityContext) {
  const verify = createVerifyPayment(context);
  return async function pollPayment(question: PollQuestion): Promise<Verification | 'expired'> {
    const askedAt = Date.now();
    const answer = await verify({ ...question, eventIds: [], isAsked: true }).catch((error: unknown) => {
      throw retryable(error);
    });
    if (answer.verdict !== 'unchanged') return answer;
    const giveUpAt = Date.parse(question.expiresAt) + Math.min(question.graceMs, LAST_MINUTES_MS);
    if (askedAt >= giveUpAt) return 'expired';
    const delayMs = pollDelayMs({ now: askedAt, ...question, giveUpAt });
    throw comeBack('pending', `not paid yet (asked ${activityInfo().attempt} times)`, delayMs);
  };
}
