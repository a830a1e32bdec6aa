import type { Day } from '../domain/calendar.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** What people do to the books. `workspace.changed`: they were closed, or opened again. */
export const BOOK_ACTIONS = [
  'payment.recorded',
  'payment.cancel_asked',
  'refund.created',
  'review.resolved',
  'document.acknowledged',
  'document.allocation_entered',
  'workspace.changed',
] as const;
export type BookAction = (typeof BOOK_ACTIONS)[number];

interface Numbered {
  readonly type: DocumentType;
  readonly number: number;
}

/** An entry of the audit log that is about the books. */
export interface BookEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: BookAction;
  readonly reason: string | null;
  readonly subjectId: string | null;
  /** The documents of its subject as they are now. */
  readonly documents: readonly Numbered[];
  /** The day through which the books were closed. */
  readonly closedThrough: Day | null;
}

/** Whose entries, by the calendar of the workspace. The range is half-open. */
export interface EntriesOf extends SumsOf {
  readonly timeZone: string;
}

const ENTRIES = `FROM audit_log a
  WHERE a.workspace_id = $1 AND a.at >= $2::date::timestamp AT TIME ZONE $4 AND a.at < $3::date::timestamp AT TIME ZONE $4
    AND a.action = ANY ($5) AND (a.action <> 'workspace.changed' OR a.detail ? 'booksClosedThrough')`;

const toValues = ({ workspaceId, from, to, timeZone }: EntriesOf) => [
  workspaceId,
  from,
  to,
  timeZone,
  BOOK_ACTIONS,
];

/** In order. */
export function readBookEntries(tx: Sql, of: EntriesOf): AsyncGenerator<readonly BookEntry[]> {
  return inBatches<BookEntry>(
    tx,
    'book_entries',
    `SELECT a.sequence, a.at, a.actor, a.action, a.reason, a.subject_id AS "subjectId",
       a.detail ->> 'booksClosedThrough' AS "closedThrough",
       (SELECT coalesce(json_agg(json_build_object('type', d.type, 'number', d.number) ORDER BY d.id), '[]') FROM tax_documents d
        WHERE d.workspace_id = $1 AND (d.id = a.subject_id OR d.refund_id = a.subject_id
          OR (d.payment_id = a.subject_id AND d.refund_id IS NULL))) AS documents
     ${ENTRIES} ORDER BY a.sequence`,
    toValues(of),
  );
}

/** How many rows that gives. */
export async function countBookEntries(tx: Sql, of: EntriesOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${ENTRIES}`, toValues(of));
  return rows[0]?.count ?? 0;
}

/** A document that bears another day than its money. */
export interface MovedRow extends Numbered {
  readonly documentDate: Day;
  /** The day of the money. */
  readonly movedFrom: Day;
  readonly createdAt: Date;
  /** Why it was recorded so late, and by whom; null where it was not recorded by hand, or nobody said. */
  readonly lateReason: string | null;
  readonly recordedBy: string | null;
}

/** Sales documents of the range, by document date. */
export function readMoved(tx: Sql, of: SumsOf): AsyncGenerator<readonly MovedRow[]> {
  return inBatches<MovedRow>(
    tx,
    'moved_rows',
    `SELECT d.type, d.number, d.document_date AS "documentDate", d.content ->> 'movedFromDay' AS "movedFrom",
       d.created_at AS "createdAt", m.late_reason AS "lateReason",
       (SELECT actor FROM audit_log a WHERE a.workspace_id = $1 AND a.subject_id = d.payment_id
          AND a.action = 'payment.recorded' ORDER BY a.sequence LIMIT 1) AS "recordedBy"
     FROM reported_documents d LEFT JOIN manual_payments m ON m.payment_id = d.payment_id
     WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
       AND d.refund_id IS NULL AND d.content ->> 'movedFromDay' IS NOT NULL
     ORDER BY ${byDayAndNumber('d.')}`,
    rangeValues(of),
  );
}
