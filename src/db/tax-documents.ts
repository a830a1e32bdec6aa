import type { DocumentContent, DraftDocument } from '../domain/document-content.ts';
import { fiscalYearOf } from '../domain/calendar.ts';
import type { DocumentShare } from '../domain/amounts.ts';
import type { Acknowledgement } from '../domain/acknowledgement.ts';
import type { Currency } from '../domain/money.ts';
import type { CountsAs, DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { conditions } from './conditions.ts';
import type { Sql } from './pool.ts';

/** A numbered document as stored. Amounts in minor units. */
export interface DocumentRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly refundId: string | null;
  /** Our row of the transaction that it documents. */
  readonly transactionId: string | null;
  readonly originalDocumentId: string | null;
  /** The credit document that this one reverses, because its refund did not happen after all. */
  readonly reversesDocumentId: string | null;
  readonly type: DocumentType;
  readonly series: string;
  readonly number: number;
  readonly fiscalYear: number;
  readonly documentDate: string;
  readonly currency: Currency;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly rateBp: number;
  readonly status: DocumentStatus;
  readonly countsAs: CountsAs;
  readonly allocationNumber: string | null;
  readonly content: DocumentContent;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgement: Acknowledgement | null;
  readonly originalLeftAt: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", refund_id AS "refundId",
  transaction_id AS "transactionId",
  original_document_id AS "originalDocumentId", reverses_document_id AS "reversesDocumentId", type, series, number, fiscal_year AS "fiscalYear",
  document_date AS "documentDate", currency, net, vat, total, rate_bp AS "rateBp", status,
  allocation_number AS "allocationNumber", content, acknowledged_at AS "acknowledgedAt",
  CASE WHEN acknowledged_at IS NOT NULL THEN json_build_object('method', acknowledged_by, 'note', acknowledgement_note) END AS acknowledgement, counts_as AS "countsAs",
  original_left_at AS "originalLeftAt", created_at AS "createdAt"`;

/**
 * Numbers and inserts a document. Only this statement takes a number, in the caller's transaction, so a number is
 * used if and only if its document exists. Waits for other documents of the same series.
 */
export async function insertDocument(
  tx: Sql,
  document: DraftDocument & {
    id: string;
    workspaceId: string;
    paymentId: string;
    /** For a credit: the refund it documents and the document it credits. */
    refundId: string | null;
    originalDocumentId: string | null;
    /** The credit that it reverses. */
    reversesDocumentId?: string;
    transactionId: string | null;
  },
): Promise<DocumentRow> {
  const { rows } = await tx.query<DocumentRow>(
    `WITH counter AS (
       INSERT INTO document_counters AS c (workspace_id, series, last_number) VALUES ($2, $5, 1)
       ON CONFLICT (workspace_id, series) DO UPDATE SET last_number = c.last_number + 1
       RETURNING last_number
     )
     INSERT INTO tax_documents (id, workspace_id, payment_id, transaction_id, type, series, number, fiscal_year,
       document_date, currency, net, vat, total, rate_bp, status, content, refund_id, original_document_id,
       reverses_document_id, payment_provider, payment_method)
     SELECT $1, $2, $3, $4, $5, $5, counter.last_number, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
       p.provider, p.method
     FROM counter, payments p WHERE p.id = $3
     RETURNING ${COLUMNS}`,
    [
      document.id,
      document.workspaceId,
      document.paymentId,
      document.transactionId,
      document.type,
      fiscalYearOf(document.documentDate),
      document.documentDate,
      document.currency,
      document.split.net,
      document.split.vat,
      document.split.total,
      document.split.rateBp,
      document.status,
      JSON.stringify(document.content),
      document.refundId,
      document.originalDocumentId,
      document.reversesDocumentId ?? null,
    ],
  );
  if (!rows[0]) throw new Error('the document was not inserted');
  return rows[0];
}

/** A document of any type and status. Null: `tx` sees none. */
export async function findDocument(tx: Sql, id: string): Promise<DocumentRow | null> {
  const { rows } = await tx.query<DocumentRow>(`SELECT ${COLUMNS} FROM tax_documents WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** Documents of a payment, in the order of issue. */
export async function listPaymentDocuments(tx: Sql, paymentId: string): Promise<DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(
    `SELECT ${COLUMNS} FROM tax_documents WHERE payment_id = $1 ORDER BY created_at, id`,
    [paymentId],
  );
  return rows;
}

/** The documents of several payments at once, in the order of issue: their ids and what each adds to the documented sum. */
export async function listDocumentIds(
  tx: Sql,
  paymentIds: readonly string[],
): Promise<(DocumentShare & { readonly id: string; readonly paymentId: string })[]> {
  const { rows } = await tx.query<DocumentShare & { readonly id: string; readonly paymentId: string }>(
    `SELECT id, payment_id AS "paymentId", total, status, refund_id AS "refundId", reverses_document_id AS "reversesDocumentId",
       counts_as AS "countsAs"
     FROM tax_documents WHERE payment_id = ANY($1) ORDER BY created_at, id`,
    [paymentIds],
  );
  return rows;
}

/** Ids of the documents that a payment, and those made of its further charges, got since a moment, in the order of issue. */
export async function listDocumentIdsSince(
  tx: Sql,
  payment: { readonly id: string; readonly takenFrom: string | null },
  since: Date,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM tax_documents
     WHERE payment_id IN (SELECT $1 UNION ALL SELECT id FROM payments WHERE taken_from = $2) AND created_at >= $3
     ORDER BY created_at, id`,
    [payment.id, payment.takenFrom ?? payment.id, since],
  );
  return rows.map(({ id }) => id);
}

/** Filters of `GET /v1/documents`: document dates, `to` exclusive. */
export interface DocumentFilter {
  readonly from?: string;
  readonly to?: string;
  readonly type?: DocumentType;
  readonly fiscalYear?: number;
}

/** Latest document date first, one row more than `limit`. */
export async function listDocuments(
  tx: Sql,
  page: {
    workspaceId: string;
    filter: DocumentFilter;
    after: { documentDate: string; id: string } | null;
    limit: number;
  },
): Promise<DocumentRow[]> {
  const { filter } = page;
  const { where, values, add } = conditions('workspace_id', page.workspaceId);
  add((n) => `document_date >= $${n}`, filter.from);
  add((n) => `document_date < $${n}`, filter.to);
  add((n) => `type = $${n}`, filter.type);
  if (filter.fiscalYear !== undefined) {
    // The year of the document date: as days, it is a range of the index.
    add((n) => `document_date >= $${n}`, `${filter.fiscalYear}-01-01`);
    add((n) => `document_date <= $${n}`, `${filter.fiscalYear}-12-31`);
  }
  if (page.after) {
    values.push(page.after.documentDate, page.after.id);
    where.push(`(document_date, id) < ($${values.length - 1}, $${values.length})`);
  }
  values.push(page.limit + 1);
  const { rows } = await tx.query<DocumentRow>(
    `SELECT ${COLUMNS} FROM tax_documents WHERE ${where.join(' AND ')}
     ORDER BY document_date DESC, id DESC LIMIT $${values.length}`,
    values,
  );
  return rows;
}

/** How long an answer that carries the original may take before another one may carry it. */
const HOLD_SECONDS = 30;

/**
 * Reserves the original for one HTTP answer, across all API processes. Returns false if it was given out before or is
 * reserved.
 */
export async function holdOriginal(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_documents SET original_held_until = now() + make_interval(secs => $2)
     WHERE id = $1 AND original_left_at IS NULL AND (original_held_until IS NULL OR original_held_until < now())`,
    [id, HOLD_SECONDS],
  );
  return rowCount === 1;
}

/** The answer was interrupted, or carries something else after all. */
export async function releaseOriginal(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE tax_documents SET original_held_until = NULL WHERE id = $1', [id]);
}

/** Records that the original has left; true the first time only. */
export async function markOriginalLeft(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE tax_documents SET original_left_at = now() WHERE id = $1 AND original_left_at IS NULL',
    [id],
  );
  return rowCount === 1;
}

/** The charge (our transaction id) that a payment's document belongs to, or null while there is no document. */
export async function findDocumentedTransaction(tx: Sql, paymentId: string): Promise<string | null> {
  const { rows } = await tx.query<{ transactionId: string | null }>(
    `SELECT transaction_id AS "transactionId" FROM tax_documents
     WHERE payment_id = $1 AND refund_id IS NULL AND reverses_document_id IS NULL AND counts_as <> 'sale'`,
    [paymentId],
  );
  return rows[0]?.transactionId ?? null;
}

/** Stores the allocation number that a document waited for; false if it waits for none. */
export async function setAllocationNumber(tx: Sql, id: string, allocationNumber: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_documents SET status = 'issued', allocation_number = $2
     WHERE id = $1 AND status = 'allocation_required'`,
    [id, allocationNumber],
  );
  return rowCount === 1;
}

/** The document needs no allocation number after all; false if it waits for none. */
export async function releaseWithoutNumber(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_documents SET status = 'issued' WHERE id = $1 AND status = 'allocation_required'`,
    [id],
  );
  return rowCount === 1;
}

/**
 * Cancels a document that waits for its allocation number; its number stays used. False if it waits for none. The
 * database refuses one that has left or was credited.
 */
export async function cancelWaiting(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_documents SET status = 'cancelled' WHERE id = $1 AND status = 'allocation_required'`,
    [id],
  );
  return rowCount === 1;
}

/** The customer confirmed a credit document; false if that was recorded before. */
export async function markAcknowledged(
  tx: Sql,
  id: string,
  { at, method, note }: Acknowledgement & { readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tax_documents SET acknowledged_at = $2, acknowledged_by = $3, acknowledgement_note = $4
     WHERE id = $1 AND acknowledged_at IS NULL`,
    [id, at, method, note],
  );
  return rowCount === 1;
}
