import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { answerJob, failureJob } from '../../workflows/support/wire.ts';
import type { Call, Job } from '../../workflows/support/wire.ts';
import type { TryEnd } from './execution.ts';
import type { Policy } from './run.ts';

/** A heartbeat that stays away that long: the server gives the activity to another worker. */
const SILENCE_MS = 10_000;

/** When an activity is tried again after this end; null: it has ended. */
export function nextTryAt(
  activity: { readonly policy: Policy; readonly attempt: number; readonly scheduledAt: number },
  end: TryEnd,
  now: number,
): number | null {
  const { policy, attempt, scheduledAt } = activity;
  if (end.kind === 'done' || isFinal(end)) return null;
  if (policy.attempts !== null && attempt >= policy.attempts) return null;
  const silence = end.kind === 'failed' ? 0 : SILENCE_MS;
  const at = now + silence + (ownDelay(end) ?? widened(policy, attempt));
  return policy.scheduleToCloseMs !== null && at > scheduledAt + policy.scheduleToCloseMs ? null : at;
}

const failureOf = (end: TryEnd): ApplicationFailure | null =>
  end.kind === 'failed' && end.error instanceof ApplicationFailure ? end.error : null;

const isFinal = (end: TryEnd): boolean => failureOf(end)?.nonRetryable === true;

/** What the activity itself says of when to come back. */
function ownDelay(end: TryEnd): number | null {
  const delay: unknown = failureOf(end)?.nextRetryDelay;
  return typeof delay === 'number' ? delay : null;
}

function widened({ initialMs, coefficient, mostMs }: Policy, attempt: number): number {
  return Math.min(initialMs * coefficient ** (attempt - 1), mostMs ?? initialMs * 100);
}

/** What a try came to, as the workflow hears it. */
export function toJob(call: Call, end: TryEnd, startToCloseMs: number): Job {
  if (end.kind === 'done') return answerJob(call, end.value);
  if (end.kind === 'failed') return failureJob(call, end.error);
  return failureJob(
    call,
    new TimeoutFailure(`no answer within ${startToCloseMs} ms`, undefined, 'START_TO_CLOSE'),
  );
}
