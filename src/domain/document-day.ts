import { dayAfter, firstOfLastMonth } from './calendar.ts';
import type { Day } from './calendar.ts';

/** Input of a document's day. All days are those of the workspace's time zone. */
interface DayOf {
  /** The day on which the money moved. */
  readonly movedOn: Day;
  /** The day on which the document is made. */
  readonly today: Day;
  readonly booksClosedThrough: Day | null;
}

/**
 * The day that a document bears: that on which the money moved. It is today where that day lies in closed books, or before
 * the last calendar month: its VAT may have been reported, and no document is dated back into a report.
 * Source: docs/reference/israel-tax.md, "Days of documents".
 */
export function documentDay({ movedOn, today, booksClosedThrough }: DayOf): Day {
  const isClosed = booksClosedThrough !== null && movedOn <= booksClosedThrough;
  if (!isClosed && movedOn >= firstOfLastMonth(today)) return movedOn;
  // Books are closed through yesterday at most, but for a workspace that changed its time zone.
  return booksClosedThrough !== null && today <= booksClosedThrough ? dayAfter(booksClosedThrough) : today;
}

/** Whether that day is one whose VAT was not reported: a document may still bear it. */
export function isUnreported(of: DayOf): boolean {
  return documentDay(of) === of.movedOn;
}
