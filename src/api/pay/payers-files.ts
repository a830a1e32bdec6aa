import { listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findLogoPng } from '../../db/workspace-logos.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { readPdf } from '../documents/pdf-route.ts';
import type { LinkedPayment } from './linked-payment.ts';

/** Whether the payer is offered a copy of the document: the workspace allows it, and the money is received. */
export function offersReceipt({ workspace, view }: LinkedPayment): boolean {
  return workspace.receipt.onPayPage && view === 'paid';
}

/** A copy of the newest document of the sale. null: there is none for the payer. `soon`: it is being issued or printed. */
export async function readReceipt(
  context: ApiContext,
  linked: LinkedPayment,
): Promise<{ readonly bytes: Buffer; readonly fileName: string } | 'soon' | null> {
  if (!offersReceipt(linked)) return null;
  const { id, workspaceId } = linked.payment;
  const documents = await inWorkspace(context.pool, workspaceId, (tx) => listPaymentDocuments(tx, id));
  const document = documents.findLast(isOfSale);
  if (document === undefined) return 'soon';
  // Without its number it is no receipt yet, and it may wait for days.
  if (document.status === 'allocation_required') return null;
  try {
    return await readPdf(context, { workspaceId, documentId: document.id, original: false });
  } catch (error) {
    if (error instanceof Problem && error.code === 'document_not_ready') return 'soon';
    throw error;
  }
}

const isOfSale = ({ refundId, reversesDocumentId, status }: DocumentRow): boolean =>
  refundId === null && reversesDocumentId === null && status !== 'cancelled';

/** The logo of the business behind a link; null for none. */
export async function readLogo(
  { pool }: Pick<ApiContext, 'pool'>,
  { workspace: { id, logoSha256 } }: LinkedPayment,
): Promise<Buffer | null> {
  return logoSha256 === null ? null : inWorkspace(pool, id, (tx) => findLogoPng(tx, id, logoSha256));
}
