import type { AcknowledgementMethod } from '../domain/acknowledgement.ts';
import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Means } from '../domain/means.ts';
import type { CountsAs, DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { ALLOCATION_NUMBER } from './document-rows.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** A document with what an accountant asks of it. Amounts in minor units, positive also for a credit. */
export interface JournalRow {
  readonly id: string;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  /** When the money came or went, ISO; empty where nobody said. */
  readonly paidAt: string;
  readonly createdAt: Date;
  readonly fiscalYear: number;
  readonly status: DocumentStatus;
  readonly isCredit: boolean;
  readonly countsAs: CountsAs;
  /** The document that it credits, or the credit that it takes back. */
  readonly relatesTo: DocumentContent['credits'] | null;
  readonly acknowledgedAt: Date | null;
  /** How the customer confirmed it; null where nobody said. */
  readonly acknowledgedBy: AcknowledgementMethod | null;
  readonly customer: DocumentContent['customer'];
  /** Of the first line. */
  readonly description: string | null;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly zeroRated: number;
  readonly exempt: number;
  readonly rateBp: number;
  readonly means: readonly Means[];
  /** Ours, or the one that the invoice service got. */
  readonly allocationNumber: string | null;
  readonly reference: string;
  readonly paymentId: string;
  readonly provider: string;
  readonly providerTransactionId: string | null;
  readonly serviceNumber: string | null;
  readonly currency: string;
}

/** Which documents of the range. */
export type JournalPart = 'all' | 'credits' | 'made_later';

const PARTS: Readonly<Record<JournalPart, string>> = {
  all: 'true',
  credits: 'd.refund_id IS NOT NULL',
  // In a later year than that of their date, by the calendar of the workspace. Sums in shekels may come later than the document.
  made_later: `d.counted_since >= make_timestamptz(extract(year FROM d.document_date)::int + 1, 1, 1, 0, 0, 0,
    (SELECT time_zone FROM workspaces WHERE id = $1))`,
};

const documents = (part: JournalPart): string => `FROM reported_documents d
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4 AND ${PARTS[part]}`;

/** By document date. Cancelled ones are among them, because their numbers were used. */
export function readJournal(
  tx: Sql,
  of: SumsOf,
  part: JournalPart = 'all',
): AsyncGenerator<readonly JournalRow[]> {
  return inBatches<JournalRow>(
    tx,
    `journal_rows_${part}`,
    `SELECT ${COLUMNS} ${documents(part)} ORDER BY ${byDayAndNumber('d.')}`,
    rangeValues(of),
  );
}

/** How many rows that gives. */
export async function countJournal(tx: Sql, of: SumsOf, part: JournalPart = 'all'): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${documents(part)}`, rangeValues(of));
  return rows[0]?.count ?? 0;
}

const COLUMNS = `d.id, d.type, d.number, d.document_date AS "documentDate", d.content ->> 'paidAt' AS "paidAt",
  d.created_at AS "createdAt", d.fiscal_year AS "fiscalYear", d.status, d.refund_id IS NOT NULL AS "isCredit", d.counts_as AS "countsAs",
  coalesce(d.content -> 'credits', d.content -> 'reverses') AS "relatesTo", d.acknowledged_at AS "acknowledgedAt",
  d.acknowledged_by AS "acknowledgedBy",
  d.content -> 'customer' AS customer, d.content #>> '{lines,0,description}' AS description, d.net, d.vat, d.total,
  d.zero_rated AS "zeroRated", d.exempt, d.rate_bp AS "rateBp", d.content -> 'means' AS means,
  ${ALLOCATION_NUMBER} AS "allocationNumber",
  d.content ->> 'reference' AS reference, d.payment_id AS "paymentId", d.payment_provider AS provider,
  (SELECT provider_transaction_id FROM provider_transactions t WHERE t.id = d.transaction_id) AS "providerTransactionId",
  (SELECT external_number FROM invoice_pushes WHERE document_id = d.id) AS "serviceNumber", d.currency`;
