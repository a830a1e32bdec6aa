import { isConfirmation } from '../domain/tax-document.ts';
import type { DocumentStatus, DocumentType } from '../domain/tax-document.ts';
import type { Sql } from './pool.ts';

/**
 * `awaiting`: shown while a document waits for its allocation number and has no original yet. `pushed`: a confirmation that
 * names the legal document at the invoice service.
 */
export type FileVariant = 'original' | 'copy' | 'awaiting' | 'pushed';

/** Every file of a document but its original, which leaves once. */
export type CopyVariant = Exclude<FileVariant, 'original'>;

/**
 * The file of a document that may be shown to anybody. While it waits for its allocation number it has no original and so no
 * copy. A confirmation has neither once it names the legal document. `isPushed`: whether the invoice service has that.
 */
export function copyVariantOf(
  { type, status }: { readonly type: DocumentType; readonly status: DocumentStatus },
  isPushed: boolean,
): CopyVariant {
  if (status === 'allocation_required') return 'awaiting';
  return isConfirmation(type) && isPushed ? 'pushed' : 'copy';
}

/** Stores printed bytes once; a second print of the same variant changes nothing. `sha256` is lower-case hex. */
export async function insertFile(
  tx: Sql,
  file: {
    documentId: string;
    workspaceId: string;
    variant: FileVariant;
    bytes: Buffer;
    sha256: string;
    signed: boolean;
    computerised: boolean;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO document_files (document_id, workspace_id, variant, bytes, sha256, signed, computerised)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (document_id, variant) DO NOTHING`,
    [
      file.documentId,
      file.workspaceId,
      file.variant,
      file.bytes,
      file.sha256,
      file.signed,
      file.computerised,
    ],
  );
}

/** The bytes of a printed document. Null: this variant was not printed yet. */
export async function findFile(tx: Sql, documentId: string, variant: FileVariant): Promise<Buffer | null> {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    'SELECT bytes FROM document_files WHERE document_id = $1 AND variant = $2',
    [documentId, variant],
  );
  return rows[0]?.bytes ?? null;
}

/** Facts about a stored original, without its bytes. */
export interface OriginalFile {
  readonly documentId: string;
  readonly sha256: string;
  readonly signed: boolean;
  /** Whether it is a computerised document, whose original may leave by mail. */
  readonly computerised: boolean;
}

/** The stored original; null until it is printed. */
export async function findOriginal(tx: Sql, documentId: string): Promise<OriginalFile | null> {
  return (await listOriginals(tx, [documentId])).get(documentId) ?? null;
}

/** The stored originals of these documents; documents that are not printed yet are missing. */
export async function listOriginals(
  tx: Sql,
  documentIds: readonly string[],
): Promise<Map<string, OriginalFile>> {
  const { rows } = await tx.query<OriginalFile>(
    `SELECT document_id AS "documentId", sha256, signed, computerised FROM document_files
     WHERE document_id = ANY($1) AND variant = 'original'`,
    [documentIds],
  );
  return new Map(rows.map((row) => [row.documentId, row]));
}

/** Whether this variant was printed. Reads no bytes. */
export async function hasFile(tx: Sql, documentId: string, variant: FileVariant): Promise<boolean> {
  const { rows } = await tx.query('SELECT 1 FROM document_files WHERE document_id = $1 AND variant = $2', [
    documentId,
    variant,
  ]);
  return rows.length === 1;
}
