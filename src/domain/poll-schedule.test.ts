import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { pollDelayMs } from './poll-schedule.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NEVER = Number.MAX_SAFE_INTEGER;
const middling = (): number => 0.5;
const graceMs = fc.integer({ min: SECOND, max: 30 * DAY });
const askedForMs = fc.integer({ min: 0, max: 365 * DAY });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Times after the first question at which an unpaid payment is asked about. */
const askUntil = (poll: { graceMs: number; giveUpAt: number }, random: () => number): number[] => {
  const moments = [0];
  for (let now = 0; now < poll.giveUpAt; moments.push(now))
    now += pollDelayMs({ ...poll, now, pollFrom: 0 }, random);
  return moments;
};

describe('the gap to the next question', () => {
  it('is never under 3 s nor over 6 h, whatever chance says', () => {
    fc.assert(
      fc.property(graceMs, askedForMs, chance, (grace, now, luck) => {
        const delay = pollDelayMs({ now, pollFrom: 0, graceMs: grace, giveUpAt: NEVER }, () => luck);
        return delay >= 3 * SECOND && delay <= 6 * HOUR && Number.isInteger(delay);
      }),
    );
  });

  it('never shrinks with the time already spent asking', () => {
    fc.assert(
      fc.property(graceMs, askedForMs, askedForMs, chance, (grace, a, b, luck) => {
        const gapAt = (now: number): number =>
          pollDelayMs({ now, pollFrom: 0, graceMs: grace, giveUpAt: NEVER }, () => luck);
        return gapAt(Math.min(a, b)) <= gapAt(Math.max(a, b));
      }),
    );
  });

  it('never leads past the moment at which the payment is given up, but for the second that a timer needs', () => {
    fc.assert(
      fc.property(graceMs, askedForMs, askedForMs, chance, (grace, now, left, luck) => {
        const delay = pollDelayMs({ now, pollFrom: 0, graceMs: grace, giveUpAt: now + left }, () => luck);
        return delay > 0 && delay <= Math.max(left, SECOND);
      }),
    );
  });

  it('is spread by a tenth either way, so that many payments do not ask at once', () => {
    const gap = (luck: number): number =>
      pollDelayMs({ now: 10 * HOUR, pollFrom: 0, graceMs: DAY, giveUpAt: NEVER }, () => luck);

    expect([gap(0), gap(0.5), gap(1)]).toEqual([54 * MINUTE, 60 * MINUTE, 66 * MINUTE]);
  });

  it('differs from one call to the next when nobody says otherwise', () => {
    const gaps = Array.from({ length: 20 }, () =>
      pollDelayMs({ now: 10 * HOUR, pollFrom: 0, graceMs: DAY, giveUpAt: NEVER }),
    );

    expect(new Set(gaps).size).toBeGreaterThan(1);
  });

  it('counts from the moment at which asking began', () => {
    const poll = { graceMs: DAY, giveUpAt: NEVER };

    expect(pollDelayMs({ ...poll, now: 40 * HOUR, pollFrom: 30 * HOUR }, middling)).toBe(HOUR);
  });
});

describe('a payment that nobody pays', () => {
  it('with a short grace is asked about every few seconds at first', () => {
    const moments = askUntil({ graceMs: SECOND, giveUpAt: MINUTE }, middling);
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));

    expect(moments.length).toBeGreaterThan(12);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(6 * SECOND);
  });

  it('with the default grace is first asked about again after 15 minutes', () => {
    expect(pollDelayMs({ now: 0, pollFrom: 0, graceMs: DAY, giveUpAt: NEVER }, middling)).toBe(15 * MINUTE);
  });

  it('for a month is asked about fewer than 200 times, the last time at the end', () => {
    const moments = askUntil({ graceMs: DAY, giveUpAt: 30 * DAY }, middling);

    expect(moments.length).toBeLessThan(200);
    expect(moments.at(-1)).toBe(30 * DAY);
  });
});
