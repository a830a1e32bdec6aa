import type { Day } from '../domain/calendar.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** A document of a provider's money, under the payout that had it. Minor units. */
export interface SettlementRow {
  readonly provider: string;
  /** When the provider paid it out; null where it did not or did not say. */
  readonly settledOn: Day | null;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly isCredit: boolean;
  /** Positive also for a credit. */
  readonly total: number;
  /** Null where the provider did not say. */
  readonly fee: number | null;
  readonly providerTransactionId: string | null;
}

/** A payout, or what is not paid out. */
export interface SettlementSum extends Pick<SettlementRow, 'provider' | 'settledOn' | 'fee'> {
  readonly gross: number;
  /** Positive. */
  readonly refunds: number;
  readonly count: number;
}

/** In the currency that the provider pays out: no sums in shekels. */
const ROWS = `FROM tax_documents d LEFT JOIN provider_transactions t ON t.id = d.transaction_id
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
    AND d.status <> 'cancelled' AND d.payment_provider <> 'manual'`;

/** Money that the business took itself is not among them. */
export function readSettlements(tx: Sql, of: SumsOf): AsyncGenerator<readonly SettlementRow[]> {
  return inBatches<SettlementRow>(
    tx,
    'settlement_rows',
    `SELECT d.payment_provider AS provider, t.settled_on AS "settledOn", d.type, d.number, d.document_date AS "documentDate",
       d.refund_id IS NOT NULL AS "isCredit", d.total, t.fee, t.provider_transaction_id AS "providerTransactionId"
     ${ROWS} ORDER BY d.payment_provider, t.settled_on, ${byDayAndNumber('d.')}`,
    rangeValues(of),
  );
}

/** The sums of each payout. `settledOn` null: what was not paid out, or of which nobody said. */
export async function sumSettlements(tx: Sql, of: SumsOf): Promise<SettlementSum[]> {
  const { rows } = await tx.query<SettlementSum>(
    `SELECT d.payment_provider AS provider, t.settled_on AS "settledOn", sum(t.fee)::bigint AS fee, count(*) AS count,
       coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS gross,
       coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NOT NULL), 0)::bigint AS refunds
     ${ROWS} GROUP BY 1, 2 ORDER BY 1, 2`,
    rangeValues(of),
  );
  return rows;
}
