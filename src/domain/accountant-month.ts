import type { Day } from './calendar.ts';

/** A calendar month, YYYY-MM. */
export type Month = string;

/** Each month's file to the accountant, by mail. */
export interface AccountantMonth {
  /** Their address. */
  readonly to: string;
  /** The day of the next month on which a month is mailed, 1 to 31; in a shorter month its last day. */
  readonly day: number;
  /** The first month that is mailed: the one in which this was switched on. */
  readonly firstMonth: Month;
}

/** Why the accountant may have got nothing: the file was not made, no server took the mail, or none confirmed it. */
export const MONTH_FAILURES = ['no_file', 'not_sent', 'unconfirmed'] as const;
export type MonthFailure = (typeof MONTH_FAILURES)[number];

/** What a change names; what it leaves out stays, and is `''` or 0 where nothing was set before. */
export function changeAccountantMonth(
  before: AccountantMonth | null,
  change: Readonly<{ to?: string | undefined; day?: number | undefined }>,
  today: Day,
): AccountantMonth {
  return {
    to: change.to ?? before?.to ?? '',
    day: change.day ?? before?.day ?? 0,
    firstMonth: before?.firstMonth ?? monthOf(today),
  };
}

/**
 * Months whose day has come and that were not ordered yet, oldest first.
 * @param lastMonth the last one that was ordered
 */
export function dueMonths(
  { day, firstMonth }: AccountantMonth,
  { today, lastMonth }: { readonly today: Day; readonly lastMonth: Month | null },
): readonly Month[] {
  const months: Month[] = [];
  const next = lastMonth === null ? firstMonth : monthAfter(lastMonth);
  for (
    let month = next > firstMonth ? next : firstMonth;
    today >= mailingDay(month, day);
    month = monthAfter(month)
  )
    months.push(month);
  return months;
}

/** The days of a month, half-open. */
export function rangeOf(month: Month): { readonly from: Day; readonly to: Day } {
  return { from: `${month}-01`, to: `${monthAfter(month)}-01` };
}

function mailingDay(month: Month, day: number): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const lastOfNext = new Date(Date.UTC(year, number + 1, 0)).getUTCDate();
  return `${monthAfter(month)}-${String(Math.min(day, lastOfNext)).padStart(2, '0')}`;
}

const monthOf = (day: Day): Month => day.slice(0, 7);

function monthAfter(month: Month): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, number, 1)).toISOString());
}
