import { insertMail } from '../../db/mails.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { newId } from '../../domain/ids.ts';
import { mayBeMailedOriginal } from '../../domain/payer.ts';

/**
 * Queues a mail with the document to the payer, in the transaction that issues it, if the workspace wants that and
 * the address is known. It contains the original if the payer consented, else a copy. It waits for the print by
 * itself, so nothing waits for the mail.
 */
export async function oweDocumentMail(
  tx: Sql,
  workspace: Pick<WorkspaceRow, 'receipt' | 'eDocumentConsentsHeld'>,
  payment: Pick<PaymentRow, 'customer'>,
  document: Pick<DocumentRow, 'id' | 'workspaceId' | 'paymentId' | 'content'>,
): Promise<void> {
  const recipient = payment.customer?.email;
  if (!workspace.receipt.email || recipient === undefined) return;
  await insertMail(tx, {
    id: newId('mail'),
    workspaceId: document.workspaceId,
    paymentId: document.paymentId,
    kind: 'document',
    documentId: document.id,
    variant: mayBeMailedOriginal(workspace, payment.customer, recipient) ? 'original' : 'copy',
    recipient,
    locale: document.content.locale,
    isAsked: false,
  });
}
