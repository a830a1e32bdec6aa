import type { Day } from '../domain/calendar.ts';
import type { CheckDetails, MeansMethod, PaymentMethod } from '../domain/means.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { OF_MONEY, rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/**
 * One sum of a document. There is a row for each means, tax withheld at source among them, and for each instalment
 * where the vendor told how they are split.
 */
export interface ReceiptRow {
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  /** ISO; empty where nobody said. */
  readonly paidAt: string;
  readonly status: DocumentStatus;
  readonly isCredit: boolean;
  readonly customer: string;
  readonly provider: string;
  readonly method: MeansMethod;
  /** Minor units, positive also for a credit. */
  readonly amount: number;
  readonly check: CheckDetails | null;
  readonly last4: string | null;
  /** This instalment, and how many there are. */
  readonly part: number;
  readonly parts: number;
  /** When the provider paid it out; null where it did not say. */
  readonly settledOn: Day | null;
}

/** Where the means do not come to the total, as in old books, the document is one sum of its payment's method. */
const RECEIPTS = `FROM tax_documents d
  CROSS JOIN LATERAL (SELECT CASE WHEN (
      SELECT sum((m ->> 'amount')::bigint) FROM jsonb_array_elements(d.content -> 'means') AS m) = d.total
    THEN d.content -> 'means'
    ELSE jsonb_build_array(jsonb_build_object('method', coalesce(d.payment_method, 'other'), 'amount', d.total, 'installments', 1))
    END AS means) AS known
  CROSS JOIN LATERAL jsonb_array_elements(known.means) WITH ORDINALITY AS m (means, place)
  CROSS JOIN LATERAL (SELECT CASE WHEN (m.means ->> 'firstAmount')::bigint
      + (m.means ->> 'restAmount')::bigint * ((m.means ->> 'installments')::int - 1) = (m.means ->> 'amount')::bigint
    THEN (m.means ->> 'installments')::int ELSE 1 END AS parts) AS split
  CROSS JOIN LATERAL generate_series(1, split.parts) AS part
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
    AND d.${OF_MONEY} AND ($5::text[] IS NULL OR m.means ->> 'method' = ANY ($5))`;

const AMOUNT = `(CASE WHEN split.parts = 1 THEN m.means ->> 'amount' WHEN part = 1 THEN m.means ->> 'firstAmount'
  ELSE m.means ->> 'restAmount' END)::bigint`;

const toValues = (of: SumsOf, methods: readonly PaymentMethod[] | null) => [...rangeValues(of), methods];

/** By document date. They come to the totals of the documents. `methods`: only these; null for all. */
export function readReceipts(
  tx: Sql,
  of: SumsOf,
  methods: readonly PaymentMethod[] | null = null,
): AsyncGenerator<readonly ReceiptRow[]> {
  return inBatches<ReceiptRow>(
    tx,
    'receipt_rows',
    `SELECT d.type, d.number, d.document_date AS "documentDate", d.content ->> 'paidAt' AS "paidAt", d.status,
       d.refund_id IS NOT NULL AS "isCredit", d.content -> 'customer' ->> 'name' AS customer, d.payment_provider AS provider,
       m.means ->> 'method' AS method, m.means -> 'check' AS check, m.means ->> 'last4' AS last4, part, split.parts,
       ${AMOUNT} AS amount,
       (SELECT settled_on FROM provider_transactions t WHERE t.id = d.transaction_id) AS "settledOn"
     ${RECEIPTS} ORDER BY ${byDayAndNumber('d.')}, m.place, part`,
    toValues(of, methods),
  );
}

/** How many rows that gives. */
export async function countReceipts(tx: Sql, of: SumsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${RECEIPTS}`, toValues(of, null));
  return rows[0]?.count ?? 0;
}

/** What came by one means in a month of documents, credits taken off. Minor units. */
export interface ReceiptMonth {
  /** `2026-01` */
  readonly month: string;
  readonly method: MeansMethod;
  readonly amount: number;
}

/** Cancelled documents count nowhere. */
export async function sumReceiptMonths(tx: Sql, of: SumsOf): Promise<ReceiptMonth[]> {
  const { rows } = await tx.query<ReceiptMonth>(
    `SELECT to_char(d.document_date, 'YYYY-MM') AS month, m.means ->> 'method' AS method,
       sum(CASE WHEN d.refund_id IS NULL THEN ${AMOUNT} ELSE -${AMOUNT} END)::bigint AS amount
     ${RECEIPTS} AND d.status <> 'cancelled' GROUP BY 1, 2 ORDER BY 1, 2`,
    toValues(of, null),
  );
  return rows;
}
