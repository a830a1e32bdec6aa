import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Patient } from '../domain/payer.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { byDayAndNumber } from './conditions.ts';
import { OF_MONEY } from './report-sums.ts';
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
  readonly issuer: DocumentContent['issuer'];
  readonly total: number;
  /** The part of the total that the customer withheld at source. */
  readonly withheld: number;
  readonly patient: Patient | null;
  readonly sessionDates: readonly Day[];
}

const toValues = ({ workspaceId, currency, from, to }: SumsOf) => [workspaceId, currency, from, to];

/** Documents of money: what a patient paid. The invoice of a post-dated cheque follows its receipt. */
const RANGE = `d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4 AND d.${OF_MONEY}`;

const COLUMNS = `d.type, d.number, d.document_date AS "documentDate", d.status, d.refund_id IS NOT NULL AS "isCredit",
  (SELECT external_number FROM invoice_pushes WHERE document_id = d.id) AS "serviceNumber",
  d.content -> 'customer' AS customer, d.content -> 'issuer' AS issuer, d.total, ${WITHHELD} AS withheld,
  p.patient, p.session_dates::text[] AS "sessionDates"
  FROM tax_documents d JOIN payments p ON p.id = d.payment_id`;

/** By document date. Cancelled ones are among them, because their numbers were used. */
export function readPatientRows(tx: Sql, of: SumsOf): AsyncGenerator<readonly PatientRow[]> {
  return inBatches<PatientRow>(
    tx,
    'patient_rows',
    `SELECT ${COLUMNS} WHERE ${RANGE} ORDER BY ${byDayAndNumber('d.')}`,
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

/**
 * All documents of one patient that stand, by document date: those with the same number. For a patient without one,
 * they are those with the same name and no number. So two patients of one name without numbers cannot be told apart.
 */
export async function listPatientRows(
  tx: Sql,
  of: SumsOf,
  { name, taxId }: Patient,
): Promise<readonly PatientRow[]> {
  const { rows } = await tx.query<PatientRow>(
    `SELECT ${COLUMNS} WHERE ${RANGE} AND d.status <> 'cancelled'
       AND CASE WHEN $5::text IS NULL THEN p.patient ->> 'name' = $6 AND NOT p.patient ? 'taxId' ELSE p.patient ->> 'taxId' = $5 END
     ORDER BY ${byDayAndNumber('d.')}`,
    [...toValues(of), taxId ?? null, name],
  );
  return rows;
}
