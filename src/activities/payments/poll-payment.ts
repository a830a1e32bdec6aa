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
  /** It is known that money is on its way: whatever becomes of that is an answer. */
  readonly isUnderWay: boolean;
  readonly graceMs: number;
  readonly expiresAt: string;
}

/** The longest that a payer who opened the page in time may take to finish on it. */
const LAST_MINUTES_MS = 60 * 60_000;
const SOON_MS = 500;

/**
 * Asks the provider, and comes back later while there is nothing new: a benign failure with its own delay, so waiting
 * for weeks adds no history. `expired` is said only after the provider was asked past the link's time and a grace, and
 * never while money is on its way.
 */
export function createPollPayment(context: ActivityContext) {
  const verify = createVerifyPayment(context);
  return async function pollPayment(question: PollQuestion): Promise<Verification | 'expired'> {
    const askedAt = Date.now();
    const answer = await verify({ ...question, eventIds: [], isAsked: true }).catch((error: unknown) => {
      throw retryable(error);
    });
    if (answer.verdict === 'under_way') throw notThereYet(answer);
    if (answer.verdict !== 'unchanged' || question.isUnderWay) return answer;
    const giveUpAt = Date.parse(question.expiresAt) + Math.min(question.graceMs, LAST_MINUTES_MS);
    if (askedAt >= giveUpAt) return 'expired';
    const delayMs = pollDelayMs({ now: askedAt, ...question, giveUpAt });
    throw comeBack('pending', `not paid yet (asked ${activityInfo().attempt} times)`, delayMs);
  };
}

function notThereYet({ nextCheckAt }: Verification): unknown {
  const delayMs = Math.max(nextCheckAt ? Date.parse(nextCheckAt) - Date.now() : 0, SOON_MS);
  return comeBack('not_yet', 'money is on its way and the provider does not show it yet', delayMs);
}
