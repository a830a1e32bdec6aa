import { createHash } from 'node:crypto';
import { ID_PREFIXES, toIdDigits } from '../../domain/ids.ts';
import type { IdKind } from '../../domain/ids.ts';

/** Stands in every id that a seed made, after the ten digits of its time. */
const MARK = 'seed';

/** PostgreSQL's pattern for ids of workspaces that a seed made. */
export const SEEDED_WORKSPACE = `^ws_.{10}${MARK}`;

/** Ids of one workspace of one seed: the same for the same run, sorted by time as all ids are, 26 digits long. */
export type SeededIds = (kind: IdKind, at: Date, place: number) => string;

/**
 * @param owner tells workspaces apart, so that two seeded workspaces of one database never share an id
 */
export function createSeededIds(seed: number, owner: string): SeededIds {
  const digest = createHash('sha256').update(`${seed} ${owner}`).digest();
  const own = toIdDigits(digest.readUInt32BE(0), 5);
  return (kind, at, place) =>
    `${ID_PREFIXES[kind]}_${toIdDigits(at.getTime(), 10)}${MARK}${own}${toIdDigits(place, 7)}`;
}
