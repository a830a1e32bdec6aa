import { describe, expect, it } from '#jest';
import { confirmDelayMs, newsDueAt } from './poll-schedule.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const since = new Date('2026-03-01T08:00:00Z');
const after = (ms: number): Date => new Date(since.getTime() + ms);

describe('money that is on its way', () => {
  it.each([
    [0, 0.5],
    [2, 2],
    [8, 8],
    [40, 15],
    [600, 60],
    [20 * 86_400, 6 * 3_600],
  ])('for %d s is asked about again after %d s', (age, delay) => {
    expect(confirmDelayMs(since, after(age * SECOND))).toBe(delay * SECOND);
  });
});

describe('news that the vendor does not show', () => {
  const gapOf = (age: number, isInHand = false): number | null => {
    const due = newsDueAt(since, after(age), isInHand);
    return due === null ? null : due.getTime() - after(age).getTime();
  };

  it.each([
    [0, 3 * SECOND],
    [60 * SECOND, 30 * SECOND],
    [4 * HOUR, 2 * HOUR],
    [23 * HOUR, 6 * HOUR],
    [25 * HOUR, 47 * HOUR],
    [3 * DAY, 4 * DAY],
    [61 * DAY, 29 * DAY],
  ])('of age %d ms are asked about again after %d ms', (age, gap) => {
    expect(gapOf(age)).toBe(gap);
  });

  it('are given up after 90 days', () => {
    expect(gapOf(90 * DAY)).toBeNull();
  });

  it('in the hand of a workflow that asks by itself are told again after an hour at least', () => {
    expect(gapOf(60 * SECOND, true)).toBe(HOUR);
  });
});
