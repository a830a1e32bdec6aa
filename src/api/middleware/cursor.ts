import { fieldProblem } from '../../domain/errors.ts';

/** A place in a list: the sort key and the id of the last row seen. Opaque to callers. */
export function toCursor(sortKey: string, id: string): string {
  return Buffer.from(JSON.stringify([sortKey, id])).toString('base64url');
}

/** @throws Problem validation_failed for anything that `toCursor` did not make */
export function fromCursor(cursor: string | undefined): { sortKey: string; id: string } | null {
  if (cursor === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(value) &&
      typeof value[0] === 'string' &&
      typeof value[1] === 'string' &&
      !Number.isNaN(Date.parse(value[0]))
    ) {
      return { sortKey: value[0], id: value[1] };
    }
  } catch {
    // Falls through to the sentence: not JSON is as wrong as the wrong JSON.
  }
  throw fieldProblem('#/after', 'is not a cursor that a list returned');
}

/** One page of rows read with one more than `limit`. */
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
