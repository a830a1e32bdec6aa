import { insertPush } from '../../db/invoice-pushes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findActiveAccount } from '../../db/provider-accounts.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { shareWorkspace } from '../../db/workspaces.ts';
import { draftDocument } from '../../domain/document-content.ts';
import { newId } from '../../domain/ids.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { oweDocumentMail } from './owe-mail.ts';

/** Makes, numbers and inserts the document of a charge, and requests its push if there is an invoice service. */
export async function issueDocument(
  context: Pick<ActivityContext, 'adapters'>,
  tx: Sql,
  payment: PaymentRow,
  charge: TransactionRow,
): Promise<DocumentRow> {
  const workspace = await shareWorkspace(tx, payment.workspaceId);
  if (workspace === null) throw impossible('no_such_workspace', `no workspace ${payment.workspaceId}`);
  const account = await findActiveAccount(tx, payment.workspaceId, 'invoice');
  const service = account === null ? null : context.adapters.invoiceFace(account.provider);
  const draft = draftDocument({
    workspace,
    profiles: await listTaxProfiles(tx, payment.workspaceId),
    issuer: effectiveIssuer(workspace.documentIssuer, service?.issuesLegalDocuments ?? false),
    payment,
    amount: charge.amount,
    means: charge.means,
    paidAt: charge.paidAt,
    payerName: charge.payerName,
    logoSha256: workspace.logoSha256,
  });
  const document = await insertDocument(tx, {
    ...draft,
    id: newId('document'),
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    refundId: null,
    originalDocumentId: null,
    transactionId: charge.id,
  });
  if (account !== null) {
    await insertPush(tx, {
      documentId: document.id,
      workspaceId: payment.workspaceId,
      accountId: account.id,
      service: account.provider,
    });
  }
  await oweDocumentMail(tx, workspace, payment, document);
  return document;
}

/** The facts about an issued document for the app. */
export function documentEvents(document: DocumentRow): OutgoingEvent[] {
  const facts = {
    documentId: document.id,
    type: document.type,
    number: document.number,
    displayNumber: displayNumber(document.type, document.number),
  };
  const { net, vat, total } = document;
  const events: OutgoingEvent[] = [{ type: 'document.issued', facts: { ...facts, net, vat, total } }];
  if (document.status === 'allocation_required') events.push({ type: 'document.allocation_required', facts });
  return events;
}
