import { createHash } from 'node:crypto';
import { hasFile, insertFile } from '../../db/document-files.ts';
import type { FileVariant } from '../../db/document-files.ts';
import { findPush } from '../../db/invoice-pushes.ts';
import type { Pool } from '../../db/pool.ts';
import { findDocument } from '../../db/tax-documents.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { findLogoPng } from '../../db/workspace-logos.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { displayNumber, isConfirmation } from '../../domain/tax-document.ts';
import type { DocumentStatus } from '../../domain/tax-document.ts';
import { impossible, retryable } from '../failure.ts';
import { printPdf } from '../../printing/print-pdf.ts';
import { isComputerised } from '../../printing/page/computerised.ts';
import type { PrintableDocument } from '../../printing/page/printable-document.ts';
import type { Logo } from '../../printing/page/logo.ts';
import type { Printer } from '../../printing/browser/printer.ts';
import { createSigners } from '../../printing/signing/signing-folder.ts';
import type { Signers } from '../../printing/signing/signing-folder.ts';

/** A document, and which file of it to print. */
export interface PrintOrder {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly variant: FileVariant;
}

/** Prints the file and stores it, unless it is stored already. */
export type PrintDocument = (order: PrintOrder) => Promise<void>;

/**
 * Prints a document from its frozen content, signs it if the workspace has a certificate, and stores the bytes with
 * their SHA-256. Each is printed once and kept. Where a time-stamp authority is set and gives no stamp, nothing is
 * stored, and the print is tried again: the document itself and its number are there already.
 */
export function createPrintDocument(context: {
  pool: Pool;
  printer: Printer;
  signers?: Signers;
}): PrintDocument {
  const { pool, printer, signers = createSigners(null) } = context;
  return async function printDocument(order: PrintOrder): Promise<void> {
    const printable = await readPrintable(pool, order);
    if (printable === 'nothing_to_print') return;
    const file = { ...order, ...(await print(order.workspaceId, printable)) };
    await inOneTrip(pool, order.workspaceId, (tx) => [insertFile(tx, file)]);
  };

  async function print(workspaceId: string, printable: PrintableDocument) {
    try {
      const signer = await signers.signerOf(workspaceId, new Date());
      const document = { ...printable, signature: signer?.grade ?? null };
      const bytes = await printPdf(printer, document, signer);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { bytes, sha256, signed: signer !== null, computerised: isComputerised(document) };
    } catch (error) {
      // The time-stamp authority is the only vendor here.
      throw retryable(error);
    }
  }
}

async function readPrintable(
  pool: Pool,
  { workspaceId, documentId, variant }: PrintOrder,
): Promise<PrintableDocument | 'nothing_to_print'> {
  const [isPrinted, document, workspace, push] = await inOneTrip(pool, workspaceId, (tx) => [
    hasFile(tx, documentId, variant),
    findDocument(tx, documentId),
    findWorkspace(tx, workspaceId),
    findPush(tx, documentId),
  ]);
  if (isPrinted) return 'nothing_to_print';
  if (document === null || workspace === null)
    throw impossible('no_such_document', `no document ${documentId}`);
  if (!hasPaper(document.status, variant)) return 'nothing_to_print';
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
    legalNumber: isConfirmation(document.type) ? (push?.externalNumber ?? null) : null,
    content: document.content,
    copy: variant !== 'original',
    signature: null,
    logo: await loadLogo(pool, workspaceId, document.content.logoSha256 ?? null),
  };
}

/**
 * The allocation number must be on the original and its copies: until it is entered there are none. A cancelled document
 * never left, and has no original.
 */
function hasPaper(status: DocumentStatus, variant: FileVariant): boolean {
  if (status === 'allocation_required') return variant === 'awaiting';
  return status !== 'cancelled' || variant !== 'original';
}

/** The logo that is frozen in the document, even if the workspace has another one now. */
async function loadLogo(pool: Pool, workspaceId: string, sha256: string | null): Promise<Logo | null> {
  if (sha256 === null) return null;
  const [png] = await inOneTrip(pool, workspaceId, (tx) => [findLogoPng(tx, workspaceId, sha256)]);
  if (png === null) throw impossible('no_such_logo', `no logo ${sha256} in ${workspaceId}`);
  return { png };
}
