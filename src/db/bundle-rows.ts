import type { Day } from '../domain/calendar.ts';
import { PAYMENT_WARNINGS } from '../domain/payment-warnings.ts';
import type { PaymentWarning } from '../domain/payment-warnings.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { bears, rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** A document whose PDF goes into the accountant's month. */
export interface PrintedRow {
  readonly id: string;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly status: DocumentStatus;
  /** Whether the invoice service has its legal document. */
  readonly isPushed: boolean;
}

const DOCUMENTS = `FROM reported_documents d
  WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4`;

/** Every document of the range, cancelled ones too, by day and number. */
export function readPrinted(tx: Sql, of: SumsOf): AsyncGenerator<readonly PrintedRow[]> {
  return inBatches<PrintedRow>(
    tx,
    'printed_rows',
    `SELECT d.id, d.type, d.number, d.document_date AS "documentDate", d.status, EXISTS (
       SELECT FROM invoice_pushes i WHERE i.document_id = d.id AND i.status = 'pushed') AS "isPushed"
     ${DOCUMENTS} ORDER BY ${byDayAndNumber('d.')}`,
    rangeValues(of),
  );
}

/** A stored original that is signed. */
export interface SignedRow extends Pick<PrintedRow, 'type' | 'number' | 'documentDate'> {
  /** Lower-case hex, of the file that left or will leave. */
  readonly sha256: string;
  readonly signedAt: Date;
  readonly leftAt: Date | null;
}

/** Signed originals of the range, by day and number of their documents. */
export function readSigned(tx: Sql, of: SumsOf): AsyncGenerator<readonly SignedRow[]> {
  return inBatches<SignedRow>(
    tx,
    'signed_rows',
    `SELECT d.type, d.number, d.document_date AS "documentDate", f.sha256, f.created_at AS "signedAt", d.original_left_at AS "leftAt"
     FROM (SELECT d.* ${DOCUMENTS}) AS d JOIN document_files f ON f.document_id = d.id AND f.variant = 'original' AND f.signed
     ORDER BY ${byDayAndNumber('d.')}`,
    rangeValues(of),
  );
}

/** How many rows `readSigned` gives. */
export async function countSigned(tx: Sql, of: SumsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) FROM (SELECT d.id ${DOCUMENTS}) AS d
     JOIN document_files f ON f.document_id = d.id AND f.variant = 'original' AND f.signed`,
    rangeValues(of),
  );
  return rows[0]?.count ?? 0;
}

/** What an accountant must be warned of. Minor units. */
export interface WarningFigures extends Readonly<Record<PaymentWarning, number>> {
  readonly unconfirmedCredits: number;
  readonly unconfirmedVat: number;
}

const countWarned = (warning: PaymentWarning): string =>
  `count(*) FILTER (WHERE ${bears(warning)}) AS ${warning}`;

const NO_FIGURES: WarningFigures = {
  customer_unidentified: 0,
  cash_limit: 0,
  exchange_rate_missing: 0,
  unconfirmedCredits: 0,
  unconfirmedVat: 0,
};

/**
 * The figures of the range. Warnings are counted by the documents that bear them. Cancelled documents are left out.
 */
export async function getWarningFigures(tx: Sql, of: SumsOf): Promise<WarningFigures> {
  const { rows } = await tx.query<WarningFigures>(
    `SELECT ${PAYMENT_WARNINGS.map(countWarned).join(', ')},
       count(*) FILTER (WHERE d.type = 'credit_invoice' AND d.vat > 0 AND d.acknowledged_at IS NULL) AS "unconfirmedCredits",
       coalesce(sum(d.vat) FILTER (WHERE d.type = 'credit_invoice' AND d.acknowledged_at IS NULL), 0)::bigint AS "unconfirmedVat"
     FROM (SELECT d.* ${DOCUMENTS}) AS d JOIN payments p ON p.id = d.payment_id WHERE d.status <> 'cancelled'`,
    rangeValues(of),
  );
  return rows[0] ?? NO_FIGURES;
}
