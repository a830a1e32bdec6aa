import type { RequestHandler, Response } from 'express';
import { findFile, findOriginal } from '../../db/document-files.ts';
import { findPush } from '../../db/invoice-pushes.ts';
import { whyNotMailed } from '../../db/mailed-originals.ts';
import { findPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { FileVariant } from '../../db/document-files.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { Problem } from '../../domain/problems.ts';
import { fileNameOf, isConfirmation } from '../../domain/tax-document.ts';
import type { ApiContext } from '../context.ts';
import { readQuery } from '../http/read-input.ts';
import { mustFindDocument, workspaceOfDocument } from './document-access.ts';
import { pdfQuery } from './document-schema.ts';
import { createOriginals } from './originals.ts';

interface Pdf {
  readonly variant: FileVariant;
  readonly bytes: Buffer;
  readonly fileName: string;
}

/**
 * `GET /v1/documents/{id}/pdf`. The original leaves once, with the first finished answer; every other answer is a
 * copy. HEAD tells what a GET would return, and uses nothing up.
 */
export function createPdfRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const originals = createOriginals(context);
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfDocument(context, request, id);
    const { copy } = readQuery(request, pdfQuery);
    const order = { workspaceId, documentId: id, isCopyWanted: copy === 'true' };
    if (request.method === 'HEAD' || order.isCopyWanted || !(await originals.hold(order))) {
      const isCopyWanted = order.isCopyWanted || (await originals.isOut(order));
      send(response, await readPdf(context, { ...order, isCopyWanted }));
      return;
    }
    try {
      const pdf = await readPdf(context, order);
      if (pdf.variant === 'original') originals.markWhenSent(response, order);
      else await originals.release(order);
      send(response, pdf);
    } catch (error) {
      await originals.release(order);
      throw error;
    }
  };
}

/** @throws Problem not_found, document_not_ready (and orders the print) */
async function readPdf(
  context: ApiContext,
  order: { workspaceId: string; documentId: string; isCopyWanted: boolean },
): Promise<Pdf> {
  const { pool, queue } = context;
  const { workspaceId, documentId } = order;
  const { document, variant, bytes } = await inWorkspace(pool, workspaceId, async (tx) => {
    const found = await mustFindDocument(tx, documentId);
    const isGone = order.isCopyWanted || found.originalLeftAt !== null;
    const isMailed = isGone ? false : await isForMail(tx, found);
    const wanted = await wantedVariant(tx, found, isGone || isMailed === true);
    const file = isMailed === 'after_print' ? null : await findFile(tx, documentId, wanted);
    return { document: found, variant: wanted, bytes: file };
  });
  if (bytes === null) {
    await queue.enqueue('print_document', { workspaceId, documentId, variant }, `${documentId}/${variant}`);
    throw new Problem('document_not_ready', 'the document is being printed; ask again in a second', {
      retryAfterSeconds: 1,
    });
  }
  return { variant, bytes, fileName: fileNameOf(document.type, document.number) };
}

/** Whether the original leaves by mail, and so not here. Before its print nobody can tell whether the file is signed. */
async function isForMail(tx: Sql, document: DocumentRow): Promise<boolean | 'after_print'> {
  const workspace = await findWorkspace(tx, document.workspaceId);
  if (workspace?.receipt.email !== true) return false;
  const { email = '' } = (await findPayment(tx, document.paymentId))?.customer ?? {};
  if ((await whyNotMailed(tx, document, email)) !== null) return false;
  const isWaiting = document.status === 'allocation_required';
  return isWaiting || (await findOriginal(tx, document.id)) !== null || 'after_print';
}

/**
 * While a document waits for its allocation number, it has no original and so no copy. A confirmation has neither once it
 * names the legal document.
 */
async function wantedVariant(
  tx: Sql,
  { id, type, status }: DocumentRow,
  isCopy: boolean,
): Promise<FileVariant> {
  if (status === 'allocation_required') return 'awaiting';
  if (isConfirmation(type) && (await findPush(tx, id))?.status === 'pushed') return 'pushed';
  return isCopy ? 'copy' : 'original';
}

function send(response: Response, pdf: Pdf): void {
  response.set({
    'Content-Disposition': `inline; filename="${pdf.fileName}"`,
    'Cache-Control': 'private, no-store',
    'X-Document-Variant': pdf.variant,
  });
  response.type('application/pdf').send(pdf.bytes);
}
