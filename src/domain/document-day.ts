import { dayAfter, dayInZone, firstOfLastMonth } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { VatReturn } from './workspace.ts';

/** What the business says of days on which documents may still be dated. */
export interface OpenDays {
  readonly booksClosedThrough: Day | null;
  /** Default: nobody said. */
  readonly vatReturn?: VatReturn | null;
}

/** Input of a document's day. All days are those of the workspace's time zone. */
interface DayOf extends OpenDays {
  /** The day on which the money moved, not later than `today` (`dayOfMoney`). */
  readonly movedOn: Day;
  /** The day on which the document is made. */
  readonly today: Day;
}

/**
 * The day on which money moved, as a document made at `issuedAt` has it. A vendor whose clock is ahead may name a day that has
 * not come: then it is today.
 */
export function dayOfMoney(movedAt: Date, issuedAt: Date, timeZone: string): Day {
  return dayInZone(movedAt < issuedAt ? movedAt : issuedAt, timeZone);
}

/**
 * The first day whose VAT was not reported by `today`: that of the last period while its return may still be on its way, else that
 * of the present one. Where nobody said how VAT is reported, that of the last calendar month.
 * Source: docs/reference/israel-tax.md, "Days of documents".
 */
export function firstUnreportedDay(today: Day, vatReturn: VatReturn | null): Day {
  if (vatReturn === null) return firstOfLastMonth(today);
  const { months, reportedFromDay } = vatReturn;
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  const monthsOfPeriod = (month - 1) % months;
  const isLastOpen = monthsOfPeriod === 0 && date < reportedFromDay;
  const first = month - 1 - monthsOfPeriod - (isLastOpen ? months : 0);
  return new Date(Date.UTC(year, first, 1)).toISOString().slice(0, 10);
}

/**
 * The day that a document bears: that on which the money moved. It is today where that day lies in closed books, or in a period
 * whose VAT may have been reported: no document is dated back into a report.
 * Source: docs/reference/israel-tax.md, "Days of documents".
 */
export function documentDay({ movedOn, today, booksClosedThrough, vatReturn = null }: DayOf): Day {
  const isClosed = booksClosedThrough !== null && movedOn <= booksClosedThrough;
  if (!isClosed && movedOn >= firstUnreportedDay(today, vatReturn)) return movedOn;
  // Books are closed through yesterday at most, but for a workspace that changed its time zone.
  return booksClosedThrough !== null && today <= booksClosedThrough ? dayAfter(booksClosedThrough) : today;
}

/** Whether that day is one whose VAT was not reported: a document may still bear it. */
export function isUnreported(of: DayOf): boolean {
  return documentDay(of) === of.movedOn;
}
