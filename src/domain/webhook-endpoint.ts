/** What an endpoint may be: `paused` by a person, `disabled` by us. A deleted one is not shown. */
export const ENDPOINT_STATUSES = ['enabled', 'paused', 'disabled'] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** Why we disabled an endpoint: it failed for days, or it answered 410 Gone. */
export const DISABLED_REASONS = ['failing', 'gone'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** What can happen to an endpoint by hand. */
export const ENDPOINT_CHANGES = ['created', 'changed', 'secret_rotated', 'deleted'] as const;

/** The version of the events that a new endpoint is pinned to. */
export const API_VERSION = '2026-12-01';

/** A replaced secret still signs, beside the new one, for this long. */
export const OLD_SECRET_HOURS = 24;

/** An endpoint that takes nothing for this long is disabled. */
export const MOST_FAILING_DAYS = 5;

/** Why a try did not deliver: it never left, it was answered with another status than 2xx, or nobody knows. */
export const ATTEMPT_FAILURES = ['not_sent', 'refused', 'unclear'] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

const HOUR = 3_600;
/** Least seconds between the tries of an event: the first three within a minute, twelve in 75 hours. */
const PAUSES = [5, 25, 120, 600, 1_800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const LAST_PAUSE = 24 * HOUR;
/** A pause is longer than its least length by up to this part, so that tries of many events spread. */
const JITTER = 0.2;
/** An endpoint cannot ask for a longer pause than this. */
const MOST_ASKED_MS = HOUR * 1_000;

/** An endpoint that failed for so long is down: what fails is not the event. */
const DOWN_MS = 72 * HOUR * 1_000;

/**
 * The pause in milliseconds after a failed try, or null to give the event up. While the endpoint is down, no event is
 * given up: the endpoint recovers or is disabled, and its events wait.
 * @param tries failed tries of this event, the last one included
 * @param failingMs for how long the endpoint has taken no event at all
 * @param askedMs what the endpoint asked for by `Retry-After`
 * @param chance from 0 to 1
 */
export function pauseAfter(
  tries: number,
  { failingMs, askedMs, chance }: { failingMs: number; askedMs: number; chance: number },
): number | null {
  const seconds = PAUSES[tries - 1] ?? (failingMs >= DOWN_MS ? LAST_PAUSE : null);
  if (seconds === null) return null;
  return Math.max(seconds * 1_000 * (1 + JITTER * chance), Math.min(askedMs, MOST_ASKED_MS));
}
