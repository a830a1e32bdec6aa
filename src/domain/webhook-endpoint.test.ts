import { describe, expect, it } from '#jest';
import { pauseAfter } from './webhook-endpoint.ts';

const HOUR = 3_600_000;
const good = { failingMs: 0, askedMs: 0, chance: 0 };

/** The pauses between the tries of an event that always fails. */
function pausesOf(settings: typeof good): number[] {
  const pauses: number[] = [];
  for (let tries = 1; ; tries += 1) {
    const pause = pauseAfter(tries, settings);
    if (pause === null) return pauses;
    pauses.push(pause);
  }
}

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

describe('the tries of an event', () => {
  it.each([0, 0.5, 1])('are at least twelve over at least 72 hours, whatever chance says (%p)', (chance) => {
    const pauses = pausesOf({ ...good, chance });
    expect(pauses.length + 1).toBeGreaterThanOrEqual(12);
    expect(sum(pauses)).toBeGreaterThanOrEqual(72 * HOUR);
  });

  it('are three within the first minute, also where each one hangs for its ten seconds', () => {
    const [first = 0, second = 0] = pausesOf({ ...good, chance: 1 });
    expect(10_000 + first + 10_000 + second).toBeLessThan(60_000);
  });

  it('are spread, so that many events that failed together are not tried together', () => {
    expect(pauseAfter(4, { ...good, chance: 1 })).toBeGreaterThan(pauseAfter(4, good) ?? Infinity);
  });

  it('go on while the endpoint takes nothing at all, so that no event is lost before it is disabled', () => {
    expect(pauseAfter(12, { ...good, failingMs: 71 * HOUR })).toBeNull();
    expect(pauseAfter(12, { ...good, failingMs: 73 * HOUR })).toBe(24 * HOUR);
    expect(pauseAfter(40, { ...good, failingMs: 73 * HOUR })).toBe(24 * HOUR);
  });

  it('wait as long as the endpoint asks, an hour at most', () => {
    expect(pauseAfter(1, { ...good, askedMs: 90_000 })).toBe(90_000);
    expect(pauseAfter(1, { ...good, askedMs: 48 * HOUR })).toBe(HOUR);
    expect(pauseAfter(8, { ...good, askedMs: 1_000 })).toBe(10 * HOUR);
  });
});
