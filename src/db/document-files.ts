import type { Sql } from './pool.ts';

export type FileVariant = 'original' | 'copy';

/** Stores printed bytes once; a second print of the same variant changes nothing. `sha256` is lower-case hex. */
export async function insertFile(
  tx: Sql,
  file: { documentId: string; workspaceId: string; variant: FileVariant; bytes: Buffer; sha256: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO document_files (document_id, workspace_id, variant, bytes, sha256) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (document_id, variant) DO NOTHING`,
    [file.documentId, file.workspaceId, file.variant, file.bytes, file.sha256],
  );
}

export async function findFile(tx: Sql, documentId: string, variant: FileVariant): Promise<Buffer | null> {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    'SELECT bytes FROM document_files WHERE document_id = $1 AND variant = $2',
    [documentId, variant],
  );
  return rows[0]?.bytes ?? null;
}

/** SHA-256 of the stored originals of these documents; one that is not printed yet is missing. */
export async function listChecksums(tx: Sql, documentIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ documentId: string; sha256: string }>(
    `SELECT document_id AS "documentId", sha256 FROM document_files WHERE document_id = ANY($1) AND variant = 'original'`,
    [documentIds],
  );
  return new Map(rows.map((row) => [row.documentId, row.sha256]));
}

export async function hasFile(tx: Sql, documentId: string, variant: FileVariant): Promise<boolean> {
  const { rows } = await tx.query('SELECT 1 FROM document_files WHERE document_id = $1 AND variant = $2', [
    documentId,
    variant,
  ]);
  return rows.length === 1;
}
