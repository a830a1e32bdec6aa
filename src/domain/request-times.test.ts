import { describe, expect, it } from '#jest';
import { defaultExpiry, overdueAt, reminderAt, requestDueAt } from './request-times.ts';
import type { RequestTime } from './request-times.ts';

const JERUSALEM = 'Asia/Jerusalem';
const due = (at: RequestTime, now: string, timeZone = JERUSALEM): string | undefined =>
  requestDueAt(at, new Date(now), timeZone)?.toISOString();

describe('a payer who is asked', () => {
  it('immediately is asked now, at an instant then, and otherwise only when told', () => {
    expect(due('immediately', '2026-03-01T12:00:00.123Z')).toBe('2026-03-01T12:00:00.123Z');
    const later = new Date('2026-07-01T00:00:00Z');
    expect(requestDueAt(later, new Date('2026-03-01T12:00:00Z'), JERUSALEM)).toBe(later);
    expect(due('manual', '2026-03-01T12:00:00Z')).toBeUndefined();
  });

  it.each([
    // Winter, UTC+2.
    ['2026-01-05T06:00:00Z', '2026-01-05T16:00:00.000Z'],
    ['2026-01-05T15:59:59Z', '2026-01-05T16:00:00.000Z'],
    // From six on, the next day's end.
    ['2026-01-05T16:00:00Z', '2026-01-06T16:00:00.000Z'],
    // In UTC still the day before.
    ['2026-01-05T22:30:00Z', '2026-01-06T16:00:00.000Z'],
    // Summer, UTC+3.
    ['2026-07-05T06:00:00Z', '2026-07-05T15:00:00.000Z'],
    ['2026-12-31T20:00:00Z', '2027-01-01T16:00:00.000Z'],
  ])('at the end of the day, from %s on, is asked at %s', (now, expected) => {
    expect(due('end_of_day', now)).toBe(expected);
  });

  it.each([
    // Clocks go forward on Friday 27 March 2026 at 2:00: six in the evening before is UTC+2, after it UTC+3.
    ['2026-03-26T12:00:00Z', '2026-03-26T16:00:00.000Z'],
    ['2026-03-26T17:00:00Z', '2026-03-27T15:00:00.000Z'],
    ['2026-03-26T23:30:00Z', '2026-03-27T15:00:00.000Z'],
    ['2026-03-27T00:30:00Z', '2026-03-27T15:00:00.000Z'],
    // And back on Sunday 25 October 2026 at 2:00.
    ['2026-10-24T12:00:00Z', '2026-10-24T15:00:00.000Z'],
    ['2026-10-24T16:00:00Z', '2026-10-25T16:00:00.000Z'],
    ['2026-10-24T22:30:00Z', '2026-10-25T16:00:00.000Z'],
    ['2026-10-24T23:30:00Z', '2026-10-25T16:00:00.000Z'],
  ])('at the end of the day around a clock change, from %s on, is asked at %s', (now, expected) => {
    expect(due('end_of_day', now)).toBe(expected);
  });

  it.each([
    ['2026-02-10T12:00:00Z', '2026-02-28T16:00:00.000Z'],
    ['2028-02-10T12:00:00Z', '2028-02-29T16:00:00.000Z'],
    ['2026-04-10T12:00:00Z', '2026-04-30T15:00:00.000Z'],
    ['2026-01-10T12:00:00Z', '2026-01-31T16:00:00.000Z'],
    // The last day itself, before six and after.
    ['2026-01-31T10:00:00Z', '2026-01-31T16:00:00.000Z'],
    ['2026-01-31T16:30:00Z', '2026-02-28T16:00:00.000Z'],
    ['2026-12-31T17:00:00Z', '2027-01-31T16:00:00.000Z'],
    // 1 February in Jerusalem, 31 January in UTC.
    ['2026-01-31T22:30:00Z', '2026-02-28T16:00:00.000Z'],
    // Requested in winter and due in summer time, and the other way round.
    ['2026-03-01T12:00:00Z', '2026-03-31T15:00:00.000Z'],
    ['2026-10-01T12:00:00Z', '2026-10-31T16:00:00.000Z'],
  ])('at the end of the month, from %s on, is asked at %s', (now, expected) => {
    expect(due('end_of_month', now)).toBe(expected);
  });

  it('is asked by the clock of the workspace, not by ours', () => {
    expect(due('end_of_day', '2026-03-08T06:30:00Z', 'America/New_York')).toBe('2026-03-08T22:00:00.000Z');
    expect(due('end_of_month', '2026-11-30T23:30:00Z', 'America/New_York')).toBe('2026-12-31T23:00:00.000Z');
  });
});

describe('a reminder', () => {
  it.each([
    ['2026-01-05T16:00:00Z', 3, '2026-01-08T16:00:00.000Z'],
    ['2026-01-31T16:00:00Z', 1, '2026-02-01T16:00:00.000Z'],
    ['2026-02-28T16:00:00Z', 1, '2026-03-01T16:00:00.000Z'],
    ['2028-02-28T16:00:00Z', 1, '2028-02-29T16:00:00.000Z'],
    // The same clock time, although the day between has 23 or 25 hours.
    ['2026-03-26T16:00:00Z', 1, '2026-03-27T15:00:00.000Z'],
    ['2026-10-24T15:00:00Z', 1, '2026-10-25T16:00:00.000Z'],
    // 2:30 does not exist on the night in March, so it is one hour later. In October it comes twice: the first one
    // counts.
    ['2026-03-26T00:30:00Z', 1, '2026-03-27T00:30:00.000Z'],
    ['2026-10-23T22:30:00Z', 1, '2026-10-24T22:30:00.000Z'],
  ])('of a request at %s, %i days later, is due at %s', (asked, days, expected) => {
    expect(reminderAt(new Date(asked), days, JERUSALEM).toISOString()).toBe(expected);
  });
});

describe('a payment', () => {
  it('is overdue after real hours, also across a night of 23', () => {
    expect(overdueAt(new Date('2026-03-26T16:00:00Z'), 48).toISOString()).toBe('2026-03-28T16:00:00.000Z');
  });

  it('lives 30 days from the sending of its request, and a year from its making at most', () => {
    const now = new Date('2026-01-05T00:00:00Z');
    const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
    expect(defaultExpiry(now, null)).toEqual(days(30));
    expect(defaultExpiry(now, now)).toEqual(days(30));
    expect(defaultExpiry(now, days(26))).toEqual(days(56));
    expect(defaultExpiry(now, days(360))).toEqual(days(366));
  });
});
