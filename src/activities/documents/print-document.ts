import { createHash } from 'node:crypto';
import { hasFile, insertFile } from '../../db/document-files.ts';
import type { FileVariant } from '../../db/document-files.ts';
import type { Pool } from '../../db/pool.ts';
import { findDocument } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { impossible } from '../failure.ts';
import { toDocumentHtml } from './document-html.ts';
import type { PrintableDocument } from './document-html.ts';
import type { Printer } from './printer.ts';

export interface PrintOrder {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly variant: FileVariant;
}

/** Prints a document from its frozen content and stores the bytes with their SHA-256. Printed once, kept as it is. */
export function createPrintDocument(context: { pool: Pool; printer: Printer }) {
  return async function printDocument(order: PrintOrder): Promise<void> {
    const printable = await readPrintable(context.pool, order);
    if (printable === 'printed') return;
    const bytes = await context.printer.print(toDocumentHtml(printable));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await inWorkspace(context.pool, order.workspaceId, (tx) => insertFile(tx, { ...order, bytes, sha256 }));
  };
}

function readPrintable(pool: Pool, order: PrintOrder): Promise<PrintableDocument | 'printed'> {
  return inWorkspace(pool, order.workspaceId, async (tx) => {
    if (await hasFile(tx, order.documentId, order.variant)) return 'printed';
    const document = await findDocument(tx, order.documentId);
    const workspace = await findWorkspace(tx, order.workspaceId);
    if (document === null || workspace === null)
      throw impossible('no_such_document', `no document ${order.documentId}`);
    return {
      type: document.type,
      displayNumber: displayNumber(document.type, document.number),
      documentDate: document.documentDate,
      createdAt: document.createdAt,
      timeZone: workspace.timeZone,
      currency: document.currency,
      split: { net: document.net, vat: document.vat, total: document.total, rateBp: document.rateBp },
      status: document.status,
      allocationNumber: document.allocationNumber,
      content: document.content,
      copy: order.variant === 'copy',
      credits: null,
    };
  });
}
