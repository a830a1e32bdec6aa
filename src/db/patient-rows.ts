import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Patient } from '../domain/payer.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';
import { WITHHELD } from './withholding-rows.ts';

/** A document with whom its payment was for. Minor units, positive also for a credit. */
export interface PatientRow {
  readonly type: DocumentType;
  readonly number: number;
  /** Of the invoice service, where its documents are the legal ones. */
  readonly serviceNumber: string | null;
  readonly documentDate: Day;
  readonly status: DocumentStatus;
  readonly isCredit: boolean;
  readonly customer: DocumentContent['customer'];
  readonly total: number;
  /** The part of the total that the customer withheld at source. */
  readonly withheld: number;
  readonly patient: Patient | null;
  readonly sessionDates: readonly Day[];
}

const toValues = ({ workspaceId, currency, from, to }: SumsOf) => [workspaceId, currency, from, to];

const RANGE = 'd.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4';

/** By document date. Cancelled ones are among them, because their numbers were used. */
export function readPatientRows(tx: Sql, of: SumsOf): AsyncGenerator<readonly PatientRow[]> {
  return inBatches<PatientRow>(
    tx,
    'patient_rows',
    `SELECT d.type, d.number, d.document_date AS "documentDate", d.status, d.refund_id IS NOT NULL AS "isCredit",
       (SELECT external_number FROM invoice_pushes WHERE document_id = d.id) AS "serviceNumber",
       d.content -> 'customer' AS customer, d.total, ${WITHHELD} AS withheld,
       p.patient, p.session_dates::text[] AS "sessionDates"
     FROM tax_documents d JOIN payments p ON p.id = d.payment_id
     WHERE ${RANGE} ORDER BY d.document_date, d.id`,
    toValues(of),
  );
}

/** How many rows that gives. */
export async function countPatientRows(tx: Sql, of: SumsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) FROM tax_documents d WHERE ${RANGE}`,
    toValues(of),
  );
  return rows[0]?.count ?? 0;
}
