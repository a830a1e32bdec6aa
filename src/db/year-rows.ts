import { OF_SALES, rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** Documents of one month, rate and kind. Minor units, positive also for credits. */
export interface MonthSum {
  /** `2026-01` */
  readonly month: string;
  readonly isCredit: boolean;
  readonly rateBp: number;
  readonly count: number;
  readonly net: number;
  readonly vat: number;
  readonly zeroRated: number;
  readonly exempt: number;
  readonly total: number;
}

/** By document date; every credit counts on its own, whether or not the customer confirmed it. Cancelled documents count nowhere. */
export async function sumMonths(tx: Sql, of: SumsOf): Promise<MonthSum[]> {
  const { rows } = await tx.query<MonthSum>(
    `SELECT to_char(document_date, 'YYYY-MM') AS month, refund_id IS NOT NULL AS "isCredit", rate_bp AS "rateBp", count(*),
       sum(net)::bigint AS net, sum(vat)::bigint AS vat, sum(zero_rated)::bigint AS "zeroRated", sum(exempt)::bigint AS exempt,
       sum(total)::bigint AS total
     FROM reported_documents
     WHERE workspace_id = $1 AND currency = $2 AND document_date >= $3 AND document_date < $4 AND status <> 'cancelled'
       AND ${OF_SALES}
     GROUP BY 1, 2, 3`,
    rangeValues(of),
  );
  return rows;
}
