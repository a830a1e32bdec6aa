import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fieldProblem } from '../../domain/problems.ts';
import { canonicalJson } from './idempotency.ts';

/** A place in a list: the sort key and the id of the last row seen. */
export interface Place {
  readonly sortKey: string;
  readonly id: string;
}

/** The cursors of one list under one choice of filters. They are opaque to callers, and refused everywhere else. */
export interface Cursors {
  readonly write: (sortKey: string, id: string) => string;
  /** @throws Problem validation_failed for anything that `write` did not make */
  readonly read: (after: string | undefined) => Place | null;
}

const OUR_ID = /^[a-z]{2,5}_[0-9a-z]{26}$/;

/**
 * @param list the path of the list with its ids
 * @param filter what the caller chose, without `limit`: pages of one walk may differ in size
 * @param idForm of what the list calls an id. Nothing else may reach a statement
 */
export function cursorsOf(list: string, filter: object = {}, idForm = OUR_ID): Cursors {
  const mark = createHash('sha256')
    .update(`${list} ${canonicalJson(filter)}`)
    .digest('base64url')
    .slice(0, 8);
  const sortKey = z.union([z.iso.datetime(), z.iso.date()]).refine((key) => !key.startsWith('0000'));
  const place = z.tuple([z.literal(mark), sortKey, z.string().regex(idForm)]);
  return {
    write: (...given) => Buffer.from(JSON.stringify([mark, ...given])).toString('base64url'),
    read: (after) => {
      if (after === undefined) return null;
      const read = place.safeParse(parse(after));
      if (!read.success)
        throw fieldProblem(
          '#/after',
          'is no cursor that this list returned with these filters; leave it out to begin at the start',
        );
      return { sortKey: read.data[1], id: read.data[2] };
    },
  };
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
