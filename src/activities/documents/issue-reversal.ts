import { findPush, insertPush } from '../../db/invoice-pushes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { insertDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { shareWorkspace } from '../../db/workspaces.ts';
import { newId } from '../../domain/ids.ts';
import { draftReversal } from '../../domain/reversal-document.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { impossible } from '../failure.ts';
import { oweDocumentMail } from './owe-mail.ts';

/**
 * Makes, numbers and inserts the document that reverses a credit, dated today. Its push goes to the invoice service
 * that has the original.
 */
export async function issueReversal(
  tx: Sql,
  payment: PaymentRow,
  original: DocumentRow,
  credit: DocumentRow,
): Promise<DocumentRow> {
  const workspace = await shareWorkspace(tx, payment.workspaceId);
  if (workspace === null) throw impossible('no_such_workspace', `no workspace ${payment.workspaceId}`);
  const { net, vat, total, rateBp } = credit;
  const draft = draftReversal({
    type: original.type,
    credit: {
      type: credit.type,
      displayNumber: displayNumber(credit.type, credit.number),
      documentDate: credit.documentDate,
      currency: credit.currency,
      split: { net, vat, total, rateBp },
      content: credit.content,
    },
    at: new Date(),
    timeZone: workspace.timeZone,
    booksClosedThrough: workspace.booksClosedThrough,
    vatReturn: workspace.vatReturn ?? null,
  });
  const document = await insertDocument(tx, {
    ...draft,
    id: newId('document'),
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    refundId: null,
    originalDocumentId: null,
    reversesDocumentId: credit.id,
    transactionId: null,
  });
  const push = await findPush(tx, original.id);
  if (push !== null) {
    const { accountId, service } = push;
    await insertPush(tx, { documentId: document.id, workspaceId: payment.workspaceId, accountId, service });
  }
  await oweDocumentMail(tx, workspace, payment, document);
  return document;
}
