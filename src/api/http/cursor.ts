import { z } from 'zod';
import { fieldProblem } from '../../domain/problems.ts';

/** A time or a day, and one of our ids. Nothing else may reach a statement. */
const PLACE = z.tuple([
  z.union([z.iso.datetime(), z.iso.date()]),
  z.string().regex(/^[a-z]{2,5}_[0-9a-z]{26}$/),
]);

/** A place in a list: the sort key and the id of the last row seen. Opaque to callers. */
export function toCursor(sortKey: string, id: string): string {
  return Buffer.from(JSON.stringify([sortKey, id])).toString('base64url');
}

/** @throws Problem validation_failed for anything that `toCursor` did not make */
export function fromCursor(cursor: string | undefined): { sortKey: string; id: string } | null {
  if (cursor === undefined) return null;
  const place = PLACE.safeParse(parse(cursor));
  if (!place.success)
    throw fieldProblem('#/after', 'is not a cursor that a list returned; leave it out to begin at the start');
  const [sortKey, id] = place.data;
  return { sortKey, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

/** One page of rows that were read with one more than `limit`. */
export function toPage<Row, Json>(
  rows: readonly Row[],
  limit: number,
  toJson: (row: Row) => Json,
  cursorOf: (row: Row) => string,
): { data: Json[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(toJson), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
