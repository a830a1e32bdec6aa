import type { Day } from '../domain/calendar.ts';
import { ALLOCATION_THRESHOLDS } from '../domain/tax-document.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** An invoice that needs an allocation number, or has one. Minor units. */
export interface AllocationRow {
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly customer: string;
  readonly customerId: string | null;
  readonly net: number;
  readonly vat: number;
  /** Above this net a number was needed on the day of the document; null before there were any. */
  readonly threshold: number | null;
  readonly allocationNumber: string | null;
  /** When a person entered it; null for one that the invoice service got. */
  readonly enteredAt: Date | null;
}

const ROWS = `FROM tax_documents d
  LEFT JOIN invoice_pushes i ON i.document_id = d.id
  LEFT JOIN LATERAL (SELECT above FROM unnest($5::date[], $6::bigint[]) AS known (day, above)
    WHERE day <= d.document_date ORDER BY day DESC LIMIT 1) AS threshold ON true
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
    AND d.status <> 'cancelled' AND d.refund_id IS NULL
    AND (d.status = 'allocation_required' OR coalesce(d.allocation_number, i.allocation_number) IS NOT NULL
      OR (d.currency = 'ILS' AND d.vat > 0 AND d.net > threshold.above
        AND d.content -> 'customer' ->> 'taxIdKind' <> 'private'))`;

const toValues = (of: SumsOf) => [
  ...rangeValues(of),
  ALLOCATION_THRESHOLDS.map((one) => one.from),
  ALLOCATION_THRESHOLDS.map(({ netAbove }) => netAbove),
];

/**
 * Invoices of the range that need a number or have one, by day and number. Cancelled ones and credits are left out.
 */
export function readAllocations(tx: Sql, of: SumsOf): AsyncGenerator<readonly AllocationRow[]> {
  return inBatches<AllocationRow>(
    tx,
    'allocation_rows',
    `WITH entered AS MATERIALIZED (SELECT subject_id AS id, min(at) AS at FROM audit_log
       WHERE workspace_id = $1 AND action = 'document.allocation_entered' GROUP BY subject_id)
     SELECT d.type, d.number, d.document_date AS "documentDate", d.content -> 'customer' ->> 'name' AS customer,
       d.content -> 'customer' ->> 'taxId' AS "customerId", d.net, d.vat, threshold.above AS threshold,
       coalesce(d.allocation_number, i.allocation_number) AS "allocationNumber",
       (SELECT at FROM entered WHERE entered.id = d.id) AS "enteredAt"
     ${ROWS} ORDER BY ${byDayAndNumber('d.')}`,
    toValues(of),
  );
}

/** How many rows that gives, and how many of them lack their number. */
export async function countAllocations(tx: Sql, of: SumsOf): Promise<{ count: number; missing: number }> {
  const { rows } = await tx.query<{ count: number; missing: number }>(
    `SELECT count(*), count(*) FILTER (WHERE coalesce(d.allocation_number, i.allocation_number) IS NULL) AS missing ${ROWS}`,
    toValues(of),
  );
  return rows[0] ?? { count: 0, missing: 0 };
}
