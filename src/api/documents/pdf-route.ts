import type { RequestHandler, Response } from 'express';
import { copyVariantOf, findFile, findOriginal } from '../../db/document-files.ts';
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
import { getDocument, workspaceOfDocument } from './document-access.ts';
import { pdfQuery } from './document-schema.ts';
import { createOriginals } from './originals.ts';

interface Pdf {
  readonly variant: FileVariant;
  readonly bytes: Buffer;
  readonly fileName: string;
}

/**
 * `GET /v1/documents/{id}/pdf`: a copy. With `original=true` the original, which leaves once, with the first finished
 * answer. HEAD tells what a GET would return, and uses nothing up.
 */
export function createPdfRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const originals = createOriginals(context);
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfDocument(context, request, id);
    const { original } = readQuery(request, pdfQuery);
    const order = { workspaceId, documentId: id, original: original === 'true' };
    if (request.method === 'HEAD' || !order.original) {
      send(response, await readPdf(context, order));
      return;
    }
    const isHeld = await originals.hold(order);
    try {
      const pdf = await readPdf(context, order);
      if (!isHeld) throw notReady('another answer has the original; ask again in a second');
      if (pdf.variant === 'original') originals.markWhenSent(response, order);
      else await originals.release(order);
      send(response, pdf);
    } catch (error) {
      if (isHeld) await originals.release(order);
      throw error;
    }
  };
}

/** @throws Problem not_found, original_left, document_not_ready (and orders the print) */
export async function readPdf(
  context: ApiContext,
  order: { workspaceId: string; documentId: string; original: boolean },
): Promise<Pdf> {
  const { pool, queue } = context;
  const { workspaceId, documentId } = order;
  const { document, variant, bytes } = await inWorkspace(pool, workspaceId, async (tx) => {
    const found = await getDocument(tx, documentId);
    if (order.original && found.originalLeftAt !== null)
      throw new Problem('original_left', 'the original has left; leave out original=true to get a copy');
    const isMailed = order.original && (await isForMail(tx, found));
    if (isMailed === true)
      throw new Problem(
        'original_left',
        'the original leaves by mail; leave out original=true to get a copy',
      );
    const wanted = await wantedVariant(tx, found, !order.original);
    const file = isMailed === 'after_print' ? null : await findFile(tx, documentId, wanted);
    return { document: found, variant: wanted, bytes: file };
  });
  if (bytes === null) {
    await queue.enqueue('print_document', { workspaceId, documentId, variant }, `${documentId}/${variant}`);
    throw notReady('the document is being printed; ask again in a second');
  }
  return { variant, bytes, fileName: fileNameOf(document, variant) };
}

const notReady = (detail: string): Problem =>
  new Problem('document_not_ready', detail, { retryAfterSeconds: 1 });

/** Whether the original leaves by mail, and so not here. Before its print nobody can tell whether the file is signed. */
async function isForMail(tx: Sql, document: DocumentRow): Promise<boolean | 'after_print'> {
  const workspace = await findWorkspace(tx, document.workspaceId);
  if (workspace?.receipt.email !== true) return false;
  const { email = '' } = (await findPayment(tx, document.paymentId))?.customer ?? {};
  if ((await whyNotMailed(tx, document, email)) !== null) return false;
  const isWaiting = document.status === 'allocation_required';
  return isWaiting || (await findOriginal(tx, document.id)) !== null || 'after_print';
}

/** A cancelled document did not leave, and its original never does. */
async function wantedVariant(tx: Sql, document: DocumentRow, isCopy: boolean): Promise<FileVariant> {
  const isPushed = isConfirmation(document.type) && (await findPush(tx, document.id))?.status === 'pushed';
  const shown = copyVariantOf(document, isPushed);
  const mayBeOriginal = !isCopy && document.status !== 'cancelled';
  return shown === 'copy' && mayBeOriginal ? 'original' : shown;
}

function send(response: Response, pdf: Pdf): void {
  response.set({
    'Content-Disposition': `inline; filename="${pdf.fileName}"`,
    'Cache-Control': 'private, no-store',
    'X-Document-Variant': pdf.variant,
  });
  response.type('application/pdf').send(pdf.bytes);
}
