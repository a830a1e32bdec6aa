import { insertPush } from '../../db/invoice-pushes.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { draftDocument } from '../../domain/document-content.ts';
import { draftDueReceipt } from '../../domain/due-invoice.ts';
import { newId } from '../../domain/ids.ts';
import type { ExchangeRate } from '../../domain/shekel-sums.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import type { ActivityContext } from '../context.ts';
import type { Settling } from '../payments/read-settling.ts';
import { oweDocumentMail } from './owe-mail.ts';

/**
 * Makes, numbers and inserts the document of a charge, and requests its push if there is an invoice service. Every
 * statement leaves at once, in one batch with what the caller starts beside it.
 * @param rate of the day of payment, where it is known; null for shekels
 */
export async function issueDocument(
  context: Pick<ActivityContext, 'adapters'>,
  tx: Sql,
  settling: Settling,
  charge: TransactionRow,
  rate: ExchangeRate | null,
): Promise<DocumentRow> {
  const { payment, workspace, invoiceDueOn } = settling;
  // The receipt of post-dated cheques and its invoice are ours, whatever was connected since they were recorded.
  const account = invoiceDueOn === null ? settling.invoiceAccount : null;
  const service = account === null ? null : context.adapters.invoiceFace(account.provider);
  const source = {
    workspace,
    profiles: settling.profiles,
    issuer: effectiveIssuer(workspace.documentIssuer, service?.issuesLegalDocuments ?? false),
    payment,
    amount: charge.amount,
    means: charge.means,
    paidAt: charge.paidAt,
    issuedAt: new Date(),
    payerName: charge.payerName,
    logoSha256: workspace.logoSha256,
    rate,
  };
  const draft = invoiceDueOn === null ? draftDocument(source) : draftDueReceipt(source, invoiceDueOn);
  const id = newId('document');
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const inserted = { ...draft, ...owner, id, transactionId: charge.id };
  const pushed =
    account === null ? null : { documentId: id, accountId: account.id, service: account.provider };
  const [document] = await Promise.all([
    insertDocument(tx, { ...inserted, refundId: null, originalDocumentId: null }),
    pushed === null ? null : insertPush(tx, { ...pushed, workspaceId: payment.workspaceId }),
    oweDocumentMail(tx, workspace, payment, inserted),
  ]);
  return document;
}

/** The facts about an issued document for the app. */
export function documentEvents(document: DocumentRow): OutgoingEvent[] {
  const facts = factsOf(document);
  const { net, vat, total } = document;
  const events: OutgoingEvent[] = [{ type: 'document.issued', facts: { ...facts, net, vat, total } }];
  if (document.status === 'allocation_required') events.push({ type: 'document.allocation_required', facts });
  return events;
}

/** The fact that a document was cancelled. */
export function cancelledEvent(document: DocumentRow): OutgoingEvent {
  return { type: 'document.cancelled', facts: factsOf(document) };
}

function factsOf({ id: documentId, type, number }: DocumentRow) {
  return { documentId, type, number, displayNumber: displayNumber(type, number) };
}
