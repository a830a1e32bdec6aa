import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import type { Address } from '../domain/workspace.ts';
import { inBatches } from './batches.ts';
import { rangeValues } from './report-sums.ts';
import type { SumsOf } from './report-sums.ts';
import type { Sql } from './pool.ts';

/** A document as it was issued. Amounts in minor units, positive also for a credit. */
export interface DocumentRow {
  readonly id: string;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly createdAt: Date;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly rateBp: number;
  readonly status: DocumentStatus;
  readonly content: DocumentContent;
  /** The customer's address in its parts, as the payment came with it: `content` froze the same as one line. */
  readonly customerAddress: Partial<Address> | null;
}

/** Which documents: of these types, by document date. */
export type DocumentsOf = SumsOf & { readonly types: readonly DocumentType[] };

const WHICH = `FROM tax_documents WHERE workspace_id = $1 AND currency = $2 AND document_date >= $3 AND document_date < $4
  AND type = ANY($5)`;

const toValues = (of: DocumentsOf): readonly unknown[] => [...rangeValues(of), of.types];

/** The number that the tax authority allotted to document `d`: ours, or the one that the invoice service got. */
export const ALLOCATION_NUMBER =
  'coalesce(d.allocation_number, (SELECT allocation_number FROM invoice_pushes WHERE document_id = d.id))';

/** By type and number. Cancelled ones are among them. */
export function readDocuments(tx: Sql, of: DocumentsOf): AsyncGenerator<readonly DocumentRow[]> {
  return inBatches<DocumentRow>(
    tx,
    'document_rows',
    `SELECT id, type, number, document_date AS "documentDate", created_at AS "createdAt", net, vat, total, rate_bp AS "rateBp",
       status, content, (SELECT customer -> 'address' FROM payments WHERE payments.id = tax_documents.payment_id) AS "customerAddress"
     ${WHICH} ORDER BY type, number`,
    toValues(of),
  );
}

/** How many rows `readDocuments` gives. */
export async function countDocuments(tx: Sql, of: DocumentsOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${WHICH}`, toValues(of));
  return rows[0]?.count ?? 0;
}
