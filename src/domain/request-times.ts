import { dayAfter, dayInZone, fromZonedStamp } from './calendar.ts';
import type { Day } from './calendar.ts';

/** When a payer is asked, in words. An app may also give an instant. `manual`: only on demand. */
export const REQUEST_TIMES = ['immediately', 'end_of_day', 'end_of_month', 'manual'] as const;
export type RequestTime = (typeof REQUEST_TIMES)[number];

/** The end of a working day, on the workspace's clock. */
const END_OF_DAY = '18:00:00';
const DAY_MS = 86_400_000;
/** A link lives 30 days from the sending of its request, and at most a year from its making. */
const DEFAULT_LIFE_MS = 30 * DAY_MS;
const LONGEST_LIFE_MS = 366 * DAY_MS;

/** When a payer is due to be asked; null: only on demand. Never in the past, unless the app gave a past instant. */
export function requestDueAt(at: RequestTime | Date, now: Date, timeZone: string): Date | null {
  if (at instanceof Date) return at;
  switch (at) {
    case 'immediately':
      return now;
    case 'end_of_day':
      return nextEvening(now, timeZone, (day) => day, dayAfter);
    case 'end_of_month':
      return nextEvening(now, timeZone, lastDayOfMonth, (day) =>
        lastDayOfMonth(dayAfter(lastDayOfMonth(day))),
      );
    case 'manual':
      return null;
  }
}

/** 18:00 on the day that `pick` chooses, or on the day that `next` chooses if that is over. */
function nextEvening(
  now: Date,
  timeZone: string,
  pick: (today: Day) => Day,
  next: (today: Day) => Day,
): Date {
  const today = dayInZone(now, timeZone);
  const evening = fromZonedStamp(`${pick(today)} ${END_OF_DAY}`, timeZone);
  return evening > now ? evening : fromZonedStamp(`${next(today)} ${END_OF_DAY}`, timeZone);
}

function lastDayOfMonth(day: Day): Day {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** `days` later at the same time on the workspace's clock, across clock changes. */
export function reminderAt(askedAt: Date, days: number, timeZone: string): Date {
  const day = new Date(Date.parse(`${dayInZone(askedAt, timeZone)}T00:00:00Z`) + days * DAY_MS);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return fromZonedStamp(`${day.toISOString().slice(0, 10)} ${clock.format(askedAt)}`, timeZone);
}

/** When an unpaid payment is overdue. Hours are real hours, also across clock changes. */
export function overdueAt(askedAt: Date, hours: number): Date {
  return new Date(askedAt.getTime() + hours * 3_600_000);
}

/** The default expiry of a link, counted from the sending of its request, or from now if no request is planned. */
export function defaultExpiry(now: Date, askedAt: Date | null): Date {
  const from = Math.max(now.getTime(), askedAt?.getTime() ?? 0);
  return new Date(Math.min(from + DEFAULT_LIFE_MS, now.getTime() + LONGEST_LIFE_MS));
}
