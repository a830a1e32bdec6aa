import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { noSuch } from './api-error.ts';
import { toSeconds } from './picture.ts';

const DEFAULT_LIMIT = 10;

export interface Listing<Row extends { id: string }> {
  /** Oldest first, as they were recorded. */
  rows: Row[];
  /** Its creation time, ISO. */
  at: (row: Row) => string;
  show: (row: Row) => Fields;
  /** Stripe's name for one of them. */
  what: string;
  url: string;
}

/** One page of a list, newest first, by `limit`, `starting_after`, `ending_before` and `created`. Throws ApiError. */
export function toListAnswer<Row extends { id: string }>(listing: Listing<Row>, fields: Fields): Fields {
  const { rows, at, show, what, url } = listing;
  const isWanted = toRange(fields['created']);
  const found = rows.filter((row) => isWanted(toSeconds(at(row)))).reverse();
  const limit = Number(fields['limit'] ?? DEFAULT_LIMIT);
  const after = textOrNull(fields['starting_after']);
  const before = textOrNull(fields['ending_before']);
  // A cursor may name an object outside the filters, as long as it exists.
  const cursorAt = (id: string, param: string): number => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw noSuch(what, id, param);
    return rows.indexOf(row);
  };
  const place = new Map(rows.map((row, index) => [row.id, index]));
  const placeOf = (row: Row) => place.get(row.id) ?? 0;

  if (before !== null) {
    const newer = found.filter((row) => placeOf(row) > cursorAt(before, 'ending_before'));
    return toPage(newer.slice(-limit).map(show), newer.length > limit, url);
  }
  const older =
    after === null ? found : found.filter((row) => placeOf(row) < cursorAt(after, 'starting_after'));
  return toPage(older.slice(0, limit).map(show), older.length > limit, url);
}

const toPage = (data: Fields[], hasMore: boolean, url: string): Fields => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});

/** `created` as one instant or as `gt`, `gte`, `lt`, `lte`, all in unix seconds. */
export function toRange(created: unknown): (seconds: number) => boolean {
  if (created === undefined) return () => true;
  if (!isFields(created)) return (seconds) => seconds === Number(created);
  const { gt, gte, lt, lte } = created;
  return (seconds) =>
    (gt === undefined || seconds > Number(gt)) &&
    (gte === undefined || seconds >= Number(gte)) &&
    (lt === undefined || seconds < Number(lt)) &&
    (lte === undefined || seconds <= Number(lte));
}
