import { dayAfter } from '../domain/calendar.ts';
import type { Day } from '../domain/calendar.ts';

/** How a report is grouped. `two_months` is the longer period of the VAT return: January and February, and so on. */
export const PERIOD_KINDS = ['day', 'week', 'month', 'two_months', 'quarter', 'year'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** Days of a report: from the first, up to the second, which is not in it. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The period that a day belongs to: `2026-01-31` (day), `2026-01-25` (week, by its Sunday), `2026-01` (month),
 * `2026-01/02` (two months), `2026-Q1` (quarter), `2026` (year).
 */
export function periodOf(day: Day, kind: PeriodKind): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  switch (kind) {
    case 'day':
      return day;
    case 'week':
      return sundayBefore(day);
    case 'month':
      return day.slice(0, 7);
    case 'two_months': {
      const first = month - ((month - 1) % 2);
      return `${year}-${twoDigits(first)}/${twoDigits(first + 1)}`;
    }
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'year':
      return year;
  }
}

/** Every period with a day in the range, in order, also those in which nothing happened. */
export function periodsIn({ from, to }: DayRange, kind: PeriodKind): readonly string[] {
  const periods = new Set<string>();
  for (let day = from; day < to; day = dayAfter(day)) periods.add(periodOf(day, kind));
  return [...periods];
}

function sundayBefore(day: Day): Day {
  const sunday = new Date(`${day}T00:00:00Z`);
  sunday.setUTCDate(sunday.getUTCDate() - sunday.getUTCDay());
  return sunday.toISOString().slice(0, 10);
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
