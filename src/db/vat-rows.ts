import type { Day } from '../domain/calendar.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { AWAITS_CONFIRMATION, CONFIRMED, CONFIRMED_ON, OF_SALES } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';
import { WITHHELD } from './withholding-rows.ts';

/** Whose VAT, in which time zone, and how many months a return has. */
export interface VatOf extends SumsOf {
  readonly timeZone: string;
  readonly months: 1 | 2;
}

/**
 * How a document counts in a return. `counted`: in its figures. `unconfirmed`: a credit that lowers no VAT yet. `late`
 * stands beside these and says what belongs to an earlier period. Either it is dated in that one and was made after its
 * return was due. Or it is dated in this one, for money that came in an earlier one.
 */
export type VatPart = 'counted' | 'unconfirmed' | 'late';

/** A document in one part of a return. Amounts in minor units, positive also for a credit. */
export interface VatRow {
  /** The day on which it counts: what is dated in an earlier period and made late, on the day it was made. */
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

const DOCUMENTS = `FROM tax_documents WHERE workspace_id = $1 AND currency = $2 AND status <> 'cancelled' AND ${OF_SALES}`;
const TAX_POINT = `coalesce((content ->> 'movedFromDay')::date, document_date)`;
const WHAT = `type, number, document_date AS "documentDate", status, refund_id IS NOT NULL AS "isCredit",
  ${CONFIRMED} AS "isConfirmed", net, vat, zero_rated AS "zeroRated", exempt, rate_bp AS "rateBp",
  ${TAX_POINT} AS "taxPoint", ${WITHHELD} AS withheld`;
const MADE_ON = `(created_at AT TIME ZONE $5)::date`;
/** The first day of the return that a day is in. */
const periodOf = (day: string): string =>
  `(date_trunc('month', ${day}) - make_interval(months => (extract(month FROM ${day})::int - 1) % $6))::date`;
/** The 15th after the period of a document. Source: the accountants' files, "Filing days". */
const DUE_ON = `(${periodOf('document_date')} + make_interval(months => $6, days => 14))::date`;
/** As the VAT report has it: `earlierTaxPoints`. */
const HAS_EARLIER_TAX_POINT = `(refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL
  AND ${periodOf(TAX_POINT)} < ${periodOf('document_date')})`;

/** Documents in the parts of a return; its parameters are `vatValues`. */
export const VAT_ROWS = `SELECT document_date AS day, CASE WHEN ${AWAITS_CONFIRMATION} THEN 'unconfirmed' ELSE 'counted' END AS part, ${WHAT}
  ${DOCUMENTS} AND document_date >= $3 AND document_date < $4 AND NOT (${CONFIRMED})
  UNION ALL SELECT ${CONFIRMED_ON}, 'counted', ${WHAT} ${DOCUMENTS} AND ${CONFIRMED} AND ${CONFIRMED_ON} >= $3 AND ${CONFIRMED_ON} < $4
  UNION ALL SELECT ${MADE_ON}, 'late', ${WHAT} ${DOCUMENTS} AND ${MADE_ON} >= $3 AND ${MADE_ON} < $4 AND document_date < $4 AND ${MADE_ON} > ${DUE_ON}
    AND NOT ${HAS_EARLIER_TAX_POINT}
  UNION ALL SELECT document_date, 'late', ${WHAT} ${DOCUMENTS} AND document_date >= $3 AND document_date < $4 AND ${HAS_EARLIER_TAX_POINT}`;

/** The parameters of `VAT_ROWS`, in their order. */
export const vatValues = ({
  workspaceId,
  currency,
  from,
  to,
  timeZone,
  months,
}: VatOf): readonly unknown[] => [workspaceId, currency, from, to, timeZone, months];

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
