import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** The tax that a document says was withheld at source, minor units. */
export const WITHHELD = `(SELECT coalesce(sum((means ->> 'amount')::bigint), 0)::bigint
  FROM jsonb_array_elements(content -> 'means') AS means WHERE means ->> 'method' = 'withheld')`;

/** A document with tax that its customer withheld. Minor units, positive also for a credit. */
export interface WithholdingRow {
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly fiscalYear: number;
  readonly isCredit: boolean;
  readonly customer: DocumentContent['customer'];
  readonly total: number;
  readonly withheld: number;
}

const ROWS = `FROM reported_documents WHERE workspace_id = $1 AND currency = $2 AND document_date >= $3 AND document_date < $4
  AND status <> 'cancelled' AND content -> 'means' @> '[{"method": "withheld"}]'`;

/** By document date. */
export function readWithholdings(tx: Sql, of: SumsOf): AsyncGenerator<readonly WithholdingRow[]> {
  return inBatches<WithholdingRow>(
    tx,
    'withholding_rows',
    `SELECT type, number, document_date AS "documentDate", fiscal_year AS "fiscalYear", refund_id IS NOT NULL AS "isCredit",
       content -> 'customer' AS customer, total, ${WITHHELD} AS withheld ${ROWS} ORDER BY ${byDayAndNumber()}`,
    rangeValues(of),
  );
}

/** How many rows that gives. */
export async function countWithholdings(tx: Sql, of: SumsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${ROWS}`, rangeValues(of));
  return rows[0]?.count ?? 0;
}
