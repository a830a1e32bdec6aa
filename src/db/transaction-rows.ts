import type { Day } from '../domain/calendar.ts';
import type { PaymentMethod } from '../domain/means.ts';
import type { PaymentStatus } from '../domain/payment.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { OF_SALES, rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** A payment with a document in the range. Sums are those of its documents in the range, minor units. */
export interface TransactionRow {
  /** Date of its first document in the range. */
  readonly day: Day;
  readonly reference: string;
  readonly paymentId: string;
  readonly method: PaymentMethod | null;
  readonly provider: string;
  readonly customer: string;
  readonly description: string;
  readonly gross: number;
  readonly net: number;
  readonly vat: number;
  /** Sum of its credit documents, positive. */
  readonly refunded: number;
  readonly currency: string;
  readonly status: PaymentStatus;
  /** Its first document in the range. */
  readonly type: DocumentType;
  readonly number: number;
}

const DOCUMENTS = `FROM tax_documents d
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4 AND d.status <> 'cancelled'`;

const SALES = `${DOCUMENTS} AND d.${OF_SALES}`;

/** By date. Every sales document of the range is in exactly one row, so the columns add up to the revenue report. */
export function readTransactions(tx: Sql, of: SumsOf): AsyncGenerator<readonly TransactionRow[]> {
  return inBatches<TransactionRow>(
    tx,
    'transaction_rows',
    `SELECT s.day, p.reference, p.id AS "paymentId", p.method, p.provider, f.content -> 'customer' ->> 'name' AS customer,
       p.description, s.gross, s.net, s.vat, s.refunded, $2::text AS currency, p.status, f.type, f.number
     FROM (
       SELECT d.payment_id, min(d.document_date) AS day,
         (array_agg(d.id ORDER BY d.refund_id IS NOT NULL, d.id))[1] AS first_id,
         coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS gross,
         coalesce(sum(d.net) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS net,
         coalesce(sum(d.vat) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS vat,
         coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NOT NULL), 0)::bigint AS refunded
       ${SALES} GROUP BY d.payment_id) AS s
     JOIN payments p ON p.id = s.payment_id JOIN tax_documents f ON f.id = s.first_id
     ORDER BY s.day, s.first_id`,
    rangeValues(of),
  );
}

/** How many rows that gives. */
export async function countTransactions(tx: Sql, of: SumsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(DISTINCT d.payment_id) ${SALES}`,
    rangeValues(of),
  );
  return rows[0]?.count ?? 0;
}

/** Numbers of one type of document in the range. */
export interface NumbersInRange {
  readonly type: DocumentType;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** First and last number of each type of document with a date in the range. Types without documents are left out. */
export async function listNumbersInRange(tx: Sql, of: SumsOf): Promise<NumbersInRange[]> {
  const { rows } = await tx.query<NumbersInRange>(
    `SELECT d.type, min(d.number) AS first, max(d.number) AS last, count(*) ${DOCUMENTS} GROUP BY d.type ORDER BY d.type`,
    rangeValues(of),
  );
  return rows;
}
