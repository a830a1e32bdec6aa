import type { DocumentType } from '../domain/tax-document.ts';
import { inBatches } from './batches.ts';
import { ALLOCATION_NUMBER } from './document-rows.ts';
import type { DocumentRow } from './document-rows.ts';
import type { ExportRow, ExportTry } from './exports.ts';
import type { Sql } from './pool.ts';
import { byDayAndNumber } from './conditions.ts';
import { OF_SALES } from './report-sums.ts';

/**
 * Takes the documents that this try hands over: those of its range and types that no completed export of its kind has.
 * With `options.again` it takes all of them. What an earlier try took is given back first. Cancelled documents stay
 * where they are, and so do invoices that wait for their allocation number, and receipts of post-dated cheques: their
 * invoice is booked.
 * @returns false if this try is not the present one any more
 */
export async function takeDocuments(
  tx: Sql,
  row: ExportTry & Pick<ExportRow, 'kind' | 'from' | 'to' | 'currency' | 'options'>,
  types: readonly DocumentType[],
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT FROM exports WHERE id = $1 AND attempt = $2 AND status = 'running' FOR NO KEY UPDATE`,
    [row.id, row.attempt],
  );
  if (rowCount !== 1) return false;
  await tx.query('DELETE FROM export_documents WHERE export_id = $1', [row.id]);
  await tx.query(
    `INSERT INTO export_documents (workspace_id, export_id, document_id)
     SELECT d.workspace_id, $2, d.id FROM tax_documents d
     WHERE d.workspace_id = $1 AND d.currency = $3 AND d.document_date >= $4 AND d.document_date < $5 AND d.type = ANY($6)
       AND d.status = 'issued' AND d.${OF_SALES}
       AND ($7 OR NOT EXISTS (SELECT FROM export_documents h JOIN exports e ON e.id = h.export_id
         WHERE h.document_id = d.id AND e.status = 'completed' AND e.kind = $8))`,
    [row.workspaceId, row.id, row.currency, row.from, row.to, types, row.options.again ?? false, row.kind],
  );
  return true;
}

/** A document with what bookkeeping asks of it. Amounts in minor units, positive also for a credit. */
export interface BookedRow extends DocumentRow {
  readonly zeroRated: number;
  readonly exempt: number;
  readonly provider: string;
  /** Ours, or the one that the invoice service got. */
  readonly allocationNumber: string | null;
}

const WHICH = 'FROM export_documents h JOIN tax_documents d ON d.id = h.document_id WHERE h.export_id = $1';

/** What an export hands over, by document date. */
export function readTakenDocuments(tx: Sql, exportId: string): AsyncGenerator<readonly BookedRow[]> {
  return inBatches<BookedRow>(
    tx,
    'taken_documents',
    `SELECT d.id, d.type, d.number, d.document_date AS "documentDate", d.created_at AS "createdAt", d.net, d.vat, d.total,
       d.rate_bp AS "rateBp", d.status, d.content, d.zero_rated AS "zeroRated", d.exempt, d.payment_provider AS provider,
       (SELECT customer -> 'address' FROM payments WHERE payments.id = d.payment_id) AS "customerAddress",
       ${ALLOCATION_NUMBER} AS "allocationNumber"
     ${WHICH} ORDER BY ${byDayAndNumber('d.')}`,
    [exportId],
  );
}

/** How many those are. */
export async function countTakenDocuments(tx: Sql, exportId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${WHICH}`, [exportId]);
  return rows[0]?.count ?? 0;
}
