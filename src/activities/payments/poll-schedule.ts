const SOONEST_MS = 3_000;
const FIRST_AT_MOST_MS = 15 * 60_000;
const LATEST_MS = 6 * 60 * 60_000;

/**
 * When to ask again: after a tenth of the time already spent asking, so the gaps widen by themselves; at first a
 * twentieth of the grace, never under 3 s nor over 6 h, spread by ± 10 % so that many payments do not ask at once.
 * Never later than the moment at which the payment is given up.
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

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
