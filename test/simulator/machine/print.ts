import { createHash } from 'node:crypto';
import { hasFile, insertFile } from '../../../src/db/document-files.ts';
import type { FileVariant } from '../../../src/db/document-files.ts';
import type { Pool } from '../../../src/db/pool.ts';
import { findDocument } from '../../../src/db/tax-documents.ts';
import { inWorkspace } from '../../../src/db/transaction.ts';

interface PrintOrder {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly variant: FileVariant;
}

/** Printing without a browser: the same rows, and bytes that are no PDF. What is on paper, other tests look at. */
export function createPrintDocument(pool: Pool) {
  return async function printDocument({ workspaceId, documentId, variant }: PrintOrder): Promise<void> {
    await inWorkspace(pool, workspaceId, async (tx) => {
      if (await hasFile(tx, documentId, variant)) return;
      const document = await findDocument(tx, documentId);
      if (document === null || (document.status === 'allocation_required' && variant !== 'awaiting')) return;
      const bytes = Buffer.from(`${document.type} ${document.number}`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await insertFile(tx, {
        workspaceId,
        documentId,
        variant,
        bytes,
        sha256,
        signed: true,
        computerised: true,
      });
    });
  };
}
