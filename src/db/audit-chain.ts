import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { ERASED } from '../domain/erasure.ts';
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

/** What the chain holds of a reason, and what both together are lost with. */
export interface HiddenReason {
  /** Of salt and reason. Null: there is no reason, or an entry of an earlier version, whose link covers the reason itself. */
  readonly reasonHash: Buffer | null;
  /** Null once the reason was erased: without it nobody can try which reason it was. */
  readonly reasonSalt: Buffer | null;
}

/** An entry as stored, with its link of the chain. */
export interface AuditRow extends PlacedEntry, HiddenReason {
  readonly link: Buffer;
}

/** The action of an entry that erased a person. Its detail has `erasedReasons`, the entries whose reasons it took away. */
export const ERASURE = 'customer.erased';

/** Each entry is authenticated together with the one before, under a key outside the database. */
export interface AuditChain {
  link(previous: Buffer, entry: PlacedEntry & Pick<HiddenReason, 'reasonHash'>): Buffer;
  /** Whether an entry is as it was written after the one with this link, but for a reason that was erased. */
  isLinked(previous: Buffer, row: AuditRow): boolean;
  /**
   * The sequence of the first entry of a workspace that was changed, moved, or follows a gap; null if there is none. A reason
   * is gone rightly where an erasure in the log names its entry. If that is of an earlier version, nothing else can be said of it.
   */
  findBreak(rows: readonly AuditRow[]): number | null;
}

/** The link before the first entry: 32 zero bytes. */
export const BEGINNING = Buffer.alloc(32);

/** What is stored beside a reason. */
export function hideReason(reason: string | null): HiddenReason {
  if (reason === null) return { reasonHash: null, reasonSalt: null };
  const reasonSalt = randomBytes(16);
  return { reasonHash: hashOf(reasonSalt, reason), reasonSalt };
}

const hashOf = (salt: Buffer, reason: string): Buffer =>
  createHash('sha256').update(salt).update(reason).digest();

/** The current key signs new links. Its id stands in front, so that older keys still verify what they signed. */
export function createAuditChain(masters: MasterKeys): AuditChain {
  const keys = new Map(
    masters.map(({ id, key }) => [
      id,
      Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'tashlum audit', 32)),
    ]),
  );
  const linkBy = (keyId: string, previous: Buffer, entry: LinkedEntry): Buffer | null => {
    const key = keys.get(keyId);
    if (key === undefined) return null;
    const mac = createHmac('sha256', key).update(previous).update(canonical(entry)).digest();
    return Buffer.concat([Buffer.from(`${keyId}:`), mac]);
  };
  const isLinked = (previous: Buffer, { link, ...entry }: AuditRow): boolean => {
    const keyId = link.subarray(0, Math.max(0, link.indexOf(':'))).toString();
    const expected = linkBy(keyId, previous, entry);
    return (
      hasItsReason(entry) &&
      expected !== null &&
      expected.length === link.length &&
      timingSafeEqual(expected, link)
    );
  };
  const fits = (previous: Buffer, row: AuditRow, erased: ReadonlySet<number>): boolean => {
    if (!isErased(row)) return isLinked(previous, row);
    return erased.has(row.sequence) && (row.reasonHash === null || isLinked(previous, row));
  };
  return {
    isLinked,
    link: (previous, entry) => linkBy(masters[0].id, previous, entry) ?? Buffer.alloc(0),
    findBreak: (rows) => {
      const erased = new Set(rows.flatMap(erasedBy));
      const broken = rows.findIndex(
        (row, index) => row.sequence !== index + 1 || !fits(rows[index - 1]?.link ?? BEGINNING, row, erased),
      );
      return broken === -1 ? null : broken + 1;
    },
  };
}

type LinkedEntry = PlacedEntry & Pick<HiddenReason, 'reasonHash'>;

const isErased = ({ reason, reasonSalt }: AuditRow): boolean => reason === ERASED && reasonSalt === null;

function hasItsReason({ reason, reasonHash, reasonSalt }: Omit<AuditRow, 'link'>): boolean {
  if (reasonHash === null) return true;
  if (reasonSalt === null) return reason === ERASED;
  return reason !== null && hashOf(reasonSalt, reason).equals(reasonHash);
}

/** The entries whose reasons this one took away. */
function erasedBy({ action, detail }: AuditRow): number[] {
  const { erasedReasons } = detail;
  return action === ERASURE && Array.isArray(erasedReasons) ? erasedReasons.map(Number) : [];
}

/**
 * The part of an entry that is signed. It must be computable from the stored row byte for byte, because the database
 * keeps neither the order of object fields nor `undefined` fields.
 */
function canonical(entry: LinkedEntry): string {
  const { workspaceId, sequence, at, actor, action, reasonHash, subjectId } = entry;
  const detail: unknown = JSON.parse(JSON.stringify(entry.detail));
  const reason = reasonHash === null ? entry.reason : ['sha256', reasonHash.toString('hex')];
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
