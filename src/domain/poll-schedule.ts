const SOONEST_MS = 3_000;
const FIRST_AT_MOST_MS = 15 * 60_000;
const LATEST_MS = 6 * 60 * 60_000;

/**
 * The delay until the next question: a tenth of the time already spent asking, so the gaps grow. It is at least a
 * twentieth of the grace and 3 s, and at most 6 h. It varies by ± 10 %, so that payments do not all ask at once. Never
 * later than the end of the waiting.
 */
export function pollDelayMs(
  poll: { now: number; pollFrom: number; graceMs: number; giveUpAt: number },
  random: () => number = Math.random,
): number {
  const least = clamp(poll.graceMs / 20, SOONEST_MS, FIRST_AT_MOST_MS);
  const delay = clamp((poll.now - poll.pollFrom) / 10, least, LATEST_MS);
  const spread = clamp(delay * (0.9 + 0.2 * random()), SOONEST_MS, LATEST_MS);
  return Math.round(Math.max(Math.min(spread, poll.giveUpAt - poll.now), 1_000));
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The delay until the next question about money on its way. At first it is the age of the news (a vendor may lag behind
 * its own webhook by seconds). From the second minute on it is a tenth of that, at most 6 h.
 */
export function confirmDelayMs(since: Date, now: Date): number {
  const age = now.getTime() - since.getTime();
  if (age < MINUTE_MS) return clamp(age, SECOND_MS / 2, 15 * SECOND_MS);
  return clamp(age / 10, 15 * SECOND_MS, LATEST_MS);
}

/** Ages at which a vendor is asked again about something it has not shown within a day. */
const LATE_AGES_DAYS = [1, 3, 7, 14, 30, 60, 90];

/**
 * When to look again at an inbox row that the vendor signed and does not show. That is after half its age and at most 6
 * h, from the second day on at growing ages. Null: never, it counts as unconfirmed. `isInHand`: a workflow asks by
 * itself, and is only reminded in case it was lost.
 */
export function newsDueAt(receivedAt: Date, now: Date, isInHand: boolean): Date | null {
  const age = now.getTime() - receivedAt.getTime();
  if (age >= DAY_MS) {
    const next = LATE_AGES_DAYS.find((days) => days * DAY_MS > age);
    return next === undefined ? null : new Date(receivedAt.getTime() + next * DAY_MS);
  }
  const least = isInHand ? HOUR_MS : 3 * SECOND_MS;
  return new Date(now.getTime() + clamp(age / 2, least, LATEST_MS));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
