import type { DocumentType } from '../domain/tax-document.ts';
import type { Sql } from './pool.ts';

/** The numbers of one series. */
export interface SeriesNumbers {
  readonly series: DocumentType;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Every series in use, from its first to its last number, by name. */
export async function listSeries(tx: Sql, workspaceId: string): Promise<SeriesNumbers[]> {
  const { rows } = await tx.query<SeriesNumbers>(
    `SELECT series, min(number) AS first, max(number) AS last, count(*) AS count
     FROM tax_documents WHERE workspace_id = $1 GROUP BY series ORDER BY series`,
    [workspaceId],
  );
  return rows;
}

/** Numbers that no document has, between two that exist. */
export interface NumberGap {
  readonly series: DocumentType;
  readonly from: number;
  readonly to: number;
}

/** Missing numbers by series, at most `limit` gaps. Numbers before the first one of a series are none. */
export async function listNumberGaps(tx: Sql, workspaceId: string, limit: number): Promise<NumberGap[]> {
  const { rows } = await tx.query<NumberGap>(
    `SELECT series, before + 1 AS "from", number - 1 AS "to" FROM (
       SELECT series, number, lag(number) OVER (PARTITION BY series ORDER BY number) AS before
       FROM tax_documents WHERE workspace_id = $1) AS numbered
     WHERE number > before + 1 ORDER BY series, number LIMIT $2`,
    [workspaceId, limit],
  );
  return rows;
}

/** Documents whose date is earlier than that of the number before, in the same series. */
export async function listFallingDates(
  tx: Sql,
  workspaceId: string,
  limit: number,
): Promise<{ documentId: string; series: DocumentType; number: number }[]> {
  const { rows } = await tx.query<{ documentId: string; series: DocumentType; number: number }>(
    `SELECT id AS "documentId", series, number FROM (
       SELECT id, series, number, document_date,
         lag(document_date) OVER (PARTITION BY series ORDER BY number) AS before
       FROM tax_documents WHERE workspace_id = $1) AS numbered
     WHERE document_date < before ORDER BY series, number LIMIT $2`,
    [workspaceId, limit],
  );
  return rows;
}

const PAID_WITHOUT_DOCUMENT = `FROM payments p
  WHERE p.workspace_id = $1 AND p.captured_amount > p.refunded_amount AND NOT EXISTS (
    SELECT FROM tax_documents d WHERE d.payment_id = p.id AND d.refund_id IS NULL AND d.reverses_document_id IS NULL AND d.counts_as <> 'sale')`;

/** Payments that hold money and have no document of it. All time, in any currency. */
export async function countPaidWithoutDocument(tx: Sql, workspaceId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${PAID_WITHOUT_DOCUMENT}`, [
    workspaceId,
  ]);
  return rows[0]?.count ?? 0;
}

/** Paid payments without a document, oldest first. */
export async function listPaidWithoutDocument(
  tx: Sql,
  workspaceId: string,
  limit: number,
): Promise<{ paymentId: string; paidAt: Date | null; review: string | null }[]> {
  const { rows } = await tx.query<{ paymentId: string; paidAt: Date | null; review: string | null }>(
    `SELECT p.id AS "paymentId", (SELECT min(t.paid_at) FROM provider_transactions t
         WHERE t.payment_id = p.id AND t.kind = 'charge' AND t.status = 'succeeded') AS "paidAt", p.review
     ${PAID_WITHOUT_DOCUMENT} ORDER BY p.created_at, p.id LIMIT $2`,
    [workspaceId, limit],
  );
  return rows;
}

/** Documents of payments for which no charge is in the books. */
export async function listDocumentsWithoutPayment(
  tx: Sql,
  workspaceId: string,
  limit: number,
): Promise<{ documentId: string; paymentId: string }[]> {
  const { rows } = await tx.query<{ documentId: string; paymentId: string }>(
    `SELECT d.id AS "documentId", d.payment_id AS "paymentId" FROM tax_documents d
     WHERE d.workspace_id = $1 AND d.refund_id IS NULL AND NOT EXISTS (
       SELECT FROM provider_transactions t
       WHERE t.payment_id = d.payment_id AND t.kind = 'charge' AND t.status = 'succeeded')
     ORDER BY d.id LIMIT $2`,
    [workspaceId, limit],
  );
  return rows;
}

/** Documents that the invoice service refused, or does not have after an hour. Oldest first. */
export async function listMissingPushes(
  tx: Sql,
  workspaceId: string,
  limit: number,
): Promise<
  { documentId: string; service: string; status: 'pending' | 'failed'; lastError: string | null }[]
> {
  const { rows } = await tx.query<{
    documentId: string;
    service: string;
    status: 'pending' | 'failed';
    lastError: string | null;
  }>(
    `SELECT document_id AS "documentId", service, status, last_error AS "lastError"
     FROM invoice_pushes WHERE workspace_id = $1 AND (status = 'failed' OR (status = 'pending' AND created_at < now() - interval '1 hour'))
     ORDER BY document_id LIMIT $2`,
    [workspaceId, limit],
  );
  return rows;
}

/** What a look at one series found, as numbers of documents. */
export interface SeriesFindings extends SeriesNumbers {
  /** Numbers between the first and the last that no document has. */
  readonly missing: number;
  /** Documents whose number another one has too. */
  readonly twice: number;
  /** Documents whose date is earlier than that of the number before. */
  readonly falling: number;
  /** Documents of payments for which no charge is in the books. */
  readonly unpaid: number;
  /** Documents whose original has not left the business. */
  readonly originalsKept: number;
  /** Documents that the invoice service refused, or does not have after an hour. */
  readonly unpushed: number;
}

/** What a look at each series finds, whatever the days. Series without documents are left out. */
export async function countFindings(tx: Sql, workspaceId: string): Promise<SeriesFindings[]> {
  const { rows } = await tx.query<SeriesFindings>(
    `SELECT d.series, min(d.number) AS first, max(d.number) AS last, count(*) AS count,
       max(d.number) - min(d.number) + 1 - count(DISTINCT d.number) AS missing,
       count(*) - count(DISTINCT d.number) AS twice,
       count(*) FILTER (WHERE d.document_date < d.before) AS falling,
       count(*) FILTER (WHERE d.refund_id IS NULL AND NOT EXISTS (
         SELECT FROM provider_transactions t
         WHERE t.payment_id = d.payment_id AND t.kind = 'charge' AND t.status = 'succeeded')) AS unpaid,
       count(*) FILTER (WHERE d.original_left_at IS NULL) AS "originalsKept",
       (SELECT count(*) FROM invoice_pushes i JOIN tax_documents of ON of.id = i.document_id
        WHERE i.workspace_id = $1 AND of.series = d.series
          AND (i.status = 'failed' OR (i.status = 'pending' AND i.created_at < now() - interval '1 hour'))) AS unpushed
     FROM (SELECT series, number, document_date, refund_id, payment_id, original_left_at,
             lag(document_date) OVER (PARTITION BY series ORDER BY number) AS before
           FROM tax_documents WHERE workspace_id = $1) AS d
     GROUP BY d.series ORDER BY d.series`,
    [workspaceId],
  );
  return rows;
}
