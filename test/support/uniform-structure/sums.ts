import type { Books } from '../../e2e/support/books.ts';
import type { UniformDocument } from './check-documents.ts';
import { numberOf, textOf } from './read-records.ts';

interface Row {
  readonly type: string;
  readonly number: string;
  readonly day: string;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
}

/** The documents as the books have them, each as a line of text that both sides can write. */
export async function bookedOf(books: Books, workspaceId: string): Promise<string[]> {
  const rows = await books.query<Row>(
    `SELECT CASE type WHEN 'tax_invoice_receipt' THEN '320' WHEN 'credit_invoice' THEN '330' ELSE '400' END AS type,
            CASE type WHEN 'credit_receipt' THEN 'CR' ELSE '' END || number AS number,
            to_char(document_date, 'YYYYMMDD') AS day, net * sign::float AS net, vat * sign::float AS vat, total * sign::float AS total
     FROM tax_documents, LATERAL (SELECT CASE type WHEN 'credit_receipt' THEN -1 ELSE 1 END AS sign) AS signs
     WHERE workspace_id = $1 AND type NOT LIKE '%confirmation'`,
    [workspaceId],
  );
  return rows
    .map(({ type, number, day, net, vat, total }) => [type, number, day, net, vat, total].join(' '))
    .sort();
}

/** The same of an export. */
export const writtenIn = (documents: readonly UniformDocument[]): string[] =>
  documents
    .map(({ type, number, header }) =>
      [type, number, textOf(header, 1230), ...[1221, 1222, 1223].map((id) => numberOf(header, id))].join(' '),
    )
    .sort();
