import { findFirstDocumentDay } from '../../db/report-sums.ts';
import type { Sql } from '../../db/pool.ts';
import type { Day } from '../../domain/calendar.ts';
import { fieldProblem } from '../../domain/problems.ts';

const LONGEST_YEARS = 7;

/** @throws Problem validation_failed: the range is upside down or too long */
export function checkRange({ from, to }: { readonly from: Day; readonly to: Day }): void {
  if (from >= to) throw fieldProblem('#/to', 'must be later than from: it is the day after the last one');
  if (to > `${Number(from.slice(0, 4)) + LONGEST_YEARS}${from.slice(4)}`)
    throw fieldProblem('#/to', `must be at most ${LONGEST_YEARS} years after from`);
}

/** @throws Problem validation_failed: the range ends before the first document, so probably the year is wrong */
export async function checkBegun(tx: Sql, workspaceId: string, to: Day): Promise<void> {
  const first = await findFirstDocumentDay(tx, workspaceId);
  if (first !== null && to <= first)
    throw fieldProblem('#/to', `must be later than ${first}, the date of the first document`);
}
