import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { MasterKeys } from '../secrets.ts';

/** Who did what, and why. `detail` holds no secret. */
export interface AuditEntry {
  readonly workspaceId: string;
  readonly actor: string;
  readonly action: string;
  readonly reason: string | null;
  readonly subjectId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry at its place in its workspace's chain. */
export interface PlacedEntry extends AuditEntry {
  readonly sequence: number;
  readonly at: Date;
}

export interface AuditRow extends PlacedEntry {
  readonly link: Buffer;
}

/** Each entry is authenticated together with the one before, under a key outside the database. */
export interface AuditChain {
  link(previous: Buffer, entry: PlacedEntry): Buffer;
  /** Whether an entry is as it was written after the one with this link. */
  isLinked(previous: Buffer, row: AuditRow): boolean;
  /**
   * The sequence of the first entry of a workspace that was changed, moved, or follows a gap; null if there is none.
   */
  findBreak(rows: readonly AuditRow[]): number | null;
}

export const BEGINNING = Buffer.alloc(32);

/** The current key signs new links. Its id stands in front, so that older keys still verify what they signed. */
export function createAuditChain(masters: MasterKeys): AuditChain {
  const keys = new Map(
    masters.map(({ id, key }) => [
      id,
      Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'tashlum audit', 32)),
    ]),
  );
  const linkBy = (keyId: string, previous: Buffer, entry: PlacedEntry): Buffer | null => {
    const key = keys.get(keyId);
    if (key === undefined) return null;
    const mac = createHmac('sha256', key).update(previous).update(canonical(entry)).digest();
    return Buffer.concat([Buffer.from(`${keyId}:`), mac]);
  };
  const isLinked = (previous: Buffer, { link, ...entry }: AuditRow): boolean => {
    const keyId = link.subarray(0, Math.max(0, link.indexOf(':'))).toString();
    const expected = linkBy(keyId, previous, entry);
    return expected !== null && expected.length === link.length && timingSafeEqual(expected, link);
  };
  return {
    isLinked,
    link: (previous, entry) => linkBy(masters[0].id, previous, entry) ?? Buffer.alloc(0),
    findBreak: (rows) => {
      const broken = rows.findIndex(
        (row, index) => row.sequence !== index + 1 || !isLinked(rows[index - 1]?.link ?? BEGINNING, row),
      );
      return broken === -1 ? null : broken + 1;
    },
  };
}

/**
 * The part of an entry that is signed. It must be computable from the stored row byte for byte, because the database
 * keeps neither the order of object fields nor `undefined` fields.
 */
function canonical(entry: PlacedEntry): string {
  const { workspaceId, sequence, at, actor, action, reason, subjectId } = entry;
  const detail: unknown = JSON.parse(JSON.stringify(entry.detail));
  const fields = [workspaceId, sequence, at.toISOString(), actor, action, reason, subjectId, sorted(detail)];
  return JSON.stringify(fields);
}

/** Objects as lists of pairs sorted by name: the order of a list is kept. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  const pairs = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const);
  return ['object', ...pairs.sort(([a], [b]) => (a < b ? -1 : 1))];
}
