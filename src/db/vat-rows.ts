import type { Day } from '../domain/calendar.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import type { VatReturn } from '../domain/workspace.ts';
import { inBatches } from './batches.ts';
import { AWAITS_CONFIRMATION, CONFIRMED, CONFIRMED_ON, OF_SALES } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';
import { WITHHELD } from './withholding-rows.ts';

/** Whose VAT, in which time zone, and how it is reported. */
export interface VatOf extends SumsOf, VatReturn {
  readonly timeZone: string;
}

/**
 * How a document counts in a return. `counted`: in its figures. `unconfirmed`: a credit that lowers no VAT yet. `late`
 * stands beside these and says what belongs to an earlier period. Either it began to count when that one counted as reported,
 * or when the books of its day were closed: it was made late, or its exchange rate came late. Or it is dated in this period, for
 * money that came in an earlier one.
 */
export type VatPart = 'counted' | 'unconfirmed' | 'late';

/** A document in one part of a return. Amounts in minor units, positive also for a credit. */
export interface VatRow {
  /** The day on which it counts. Of what is late: the day on which it began to count. */
  readonly day: Day;
  readonly part: VatPart;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  /** The day on which the money came. */
  readonly taxPoint: Day;
  readonly status: DocumentStatus;
  readonly isCredit: boolean;
  /** A credit of VAT that the customer confirmed. */
  readonly isConfirmed: boolean;
  readonly net: number;
  readonly vat: number;
  readonly zeroRated: number;
  readonly exempt: number;
  readonly rateBp: number;
  /** Tax that the customer withheld at source. */
  readonly withheld: number;
}

const DOCUMENTS = `FROM reported_documents WHERE workspace_id = $1 AND currency = $2 AND status <> 'cancelled' AND ${OF_SALES}`;
const TAX_POINT = `coalesce((content ->> 'movedFromDay')::date, document_date)`;
const WHAT = `type, number, document_date AS "documentDate", status, refund_id IS NOT NULL AS "isCredit",
  ${CONFIRMED} AS "isConfirmed", net, vat, zero_rated AS "zeroRated", exempt, rate_bp AS "rateBp",
  ${TAX_POINT} AS "taxPoint", ${WITHHELD} AS withheld`;
const COUNTED_SINCE = `(counted_since AT TIME ZONE $5)::date`;
/** The exact days, and around them a range in which an index finds the rows. */
const BEGAN_TO_COUNT = `counted_since > $3::date - 2 AND counted_since < $4::date + 2
  AND ${COUNTED_SINCE} >= $3 AND ${COUNTED_SINCE} < $4`;
/** The first day of the return that a day is in. */
const periodOf = (day: string): string =>
  `(date_trunc('month', ${day}) - make_interval(months => (extract(month FROM ${day})::int - 1) % $6))::date`;
const FIGURES_DAY = `(CASE WHEN ${CONFIRMED} THEN ${CONFIRMED_ON} ELSE document_date END)`;
/** From here on its period counts as reported. Source: docs/reference/israel-tax.md, "Days of documents". */
const REPORTED_ON = `(${periodOf(FIGURES_DAY)} + make_interval(months => $6, days => $7 - 1))::date`;
/** A document itself is never dated in closed books, but its sums in shekels may come after they were closed. */
const CAME_INTO_CLOSED_BOOKS = `(counted_since > created_at AND EXISTS (
  SELECT FROM audit_log a WHERE a.workspace_id = $1 AND a.action = 'workspace.changed' AND a.at <= counted_since
    AND (a.detail ->> 'booksClosedThrough')::date >= ${FIGURES_DAY}))`;
const IS_LATE = `(${COUNTED_SINCE} >= ${REPORTED_ON} OR ${CAME_INTO_CLOSED_BOOKS})`;
/** As the VAT report has it: `earlierTaxPoints`. */
const HAS_EARLIER_TAX_POINT = `(refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL
  AND ${periodOf(TAX_POINT)} < ${periodOf('document_date')})`;

/** Documents in the parts of a return; its parameters are `vatValues`. */
export const VAT_ROWS = `SELECT document_date AS day, CASE WHEN ${AWAITS_CONFIRMATION} THEN 'unconfirmed' ELSE 'counted' END AS part, ${WHAT}
  ${DOCUMENTS} AND document_date >= $3 AND document_date < $4 AND NOT (${CONFIRMED})
  UNION ALL SELECT ${CONFIRMED_ON}, 'counted', ${WHAT} ${DOCUMENTS} AND ${CONFIRMED} AND ${CONFIRMED_ON} >= $3 AND ${CONFIRMED_ON} < $4
  UNION ALL SELECT ${COUNTED_SINCE}, 'late', ${WHAT} ${DOCUMENTS} AND ${BEGAN_TO_COUNT} AND document_date < $4 AND ${IS_LATE}
  UNION ALL SELECT document_date, 'late', ${WHAT} ${DOCUMENTS} AND document_date >= $3 AND document_date < $4 AND ${HAS_EARLIER_TAX_POINT} AND NOT ${IS_LATE}`;

/** The parameters of `VAT_ROWS`, in their order. */
export const vatValues = ({
  workspaceId,
  currency,
  from,
  to,
  timeZone,
  months,
  reportedFromDay,
}: VatOf): readonly unknown[] => [workspaceId, currency, from, to, timeZone, months, reportedFromDay];

/** Every document behind the figures of a return, by the day on which it counts. */
export function readVatRows(tx: Sql, of: VatOf): AsyncGenerator<readonly VatRow[]> {
  return inBatches<VatRow>(
    tx,
    'vat_rows',
    `SELECT * FROM (${VAT_ROWS}) AS rows ORDER BY day, part, type, number`,
    vatValues(of),
  );
}

/** Sums of one day, rate and part. Minor units. */
export interface VatDay extends Omit<VatRow, 'type' | 'number' | 'documentDate' | 'taxPoint' | 'status'> {
  /** Documents that wait for their allocation number. */
  readonly waiting: number;
}

/** The rows of `readVatRows`, added up. In no order. */
export async function sumVatDays(tx: Sql, of: VatOf): Promise<VatDay[]> {
  const { rows } = await tx.query<VatDay>(
    `SELECT day, part, "isCredit", "isConfirmed", "rateBp", sum(net)::bigint AS net, sum(vat)::bigint AS vat,
       sum("zeroRated")::bigint AS "zeroRated", sum(exempt)::bigint AS exempt, sum(withheld)::bigint AS withheld,
       count(*) FILTER (WHERE status = 'allocation_required' AND part = 'counted') AS waiting
     FROM (${VAT_ROWS}) AS rows GROUP BY day, part, "isCredit", "isConfirmed", "rateBp"`,
    vatValues(of),
  );
  return rows;
}
