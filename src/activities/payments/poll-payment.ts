import { activityInfo } from '@temporalio/activity';
import { listOpenNews } from '../../db/news.ts';
import { findPayment } from '../../db/payments.ts';
import { findAccountOfPayment } from '../../db/provider-accounts.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { comeBack, impossible, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { confirmDelayMs, pollDelayMs } from '../../domain/poll-schedule.ts';
import { expiryOf, pollFromOf, graceMsOf } from './read-terms.ts';
import { underWaySince } from './under-way.ts';
import { createVerifyPayment } from './verify-payment.ts';
import type { Verification } from '../books/verification.ts';

/** A payment to ask the provider about. */
export interface PollQuestion {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Money is known to be on its way, so any outcome of it is an answer. */
  readonly isUnderWay: boolean;
}

/** The longest time a payer may take on a page that was opened in time. */
const LAST_MINUTES_MS = 60 * 60_000;
const SOON_MS = 500;
const NOT_SHOWN = 'money is on its way and the provider does not show it yet';

/**
 * Asks the provider, and comes back later while there is nothing new. That is a benign failure with its own delay, so
 * weeks of waiting add no history. It says `expired` only after the provider was asked past the expiry and a grace,
 * and never while money is on its way, also if our keys are refused. The answer `unasked` says the same if they are.
 */
export function createPollPayment(context: ActivityContext) {
  const verify = createVerifyPayment(context);
  return async function pollPayment(question: PollQuestion): Promise<Verification | 'expired'> {
    const askedAt = Date.now();
    const answer = await verify({ ...question, eventIds: [], isAsked: true }).catch((error: unknown) => {
      throw retryable(error);
    });
    if (answer.verdict === 'under_way') throw notThereYet(answer);
    const isNews = answer.verdict !== 'unchanged' && answer.verdict !== 'unasked';
    if (isNews || (question.isUnderWay && answer.verdict === 'unchanged')) return answer;
    const times = await readTimes(context, question);
    if (times.underWaySince !== null && askedAt >= times.giveUpAt)
      throw comeBack('not_yet', NOT_SHOWN, confirmDelayMs(times.underWaySince, new Date(askedAt)));
    if (askedAt >= times.giveUpAt) return answer.verdict === 'unasked' ? answer : 'expired';
    const delayMs = pollDelayMs({ now: askedAt, ...times });
    throw comeBack('pending', `not paid yet (asked ${activityInfo().attempt} times)`, delayMs);
  };
}

/** From its rows: when the payment was first asked about and when it is given up (epoch milliseconds), and money on its way. */
async function readTimes({ pool }: ActivityContext, { workspaceId, paymentId }: PollQuestion) {
  const [payment, account, news] = await inOneTrip(pool, workspaceId, (tx) => [
    findPayment(tx, paymentId),
    findAccountOfPayment(tx, paymentId),
    listOpenNews(tx, paymentId),
  ]);
  if (payment === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  const graceMs = graceMsOf(account);
  const giveUpAt = expiryOf(payment).getTime() + Math.min(graceMs, LAST_MINUTES_MS);
  const pollFrom = pollFromOf(payment, graceMs).getTime();
  return { graceMs, giveUpAt, pollFrom, underWaySince: underWaySince(payment, news) };
}

function notThereYet({ nextCheckAt }: Verification): unknown {
  const delayMs = Math.max(nextCheckAt ? Date.parse(nextCheckAt) - Date.now() : 0, SOON_MS);
  return comeBack('not_yet', NOT_SHOWN, delayMs);
}
