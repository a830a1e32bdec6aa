import { insertPaymentEvents } from '../../db/events.ts';
import { findPush, markPushed } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setReview } from '../../db/payments.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { findDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { ServiceDocument } from '../../providers/invoices/invoice-service.ts';
import { finalIfRejected, impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { holdPush } from './push-lease.ts';
import { toPushOrder } from './push-order.ts';

interface LoadedDocument {
  readonly document: DocumentRow;
  readonly workspace: Workspace;
  readonly account: AccountRow;
}

/**
 * Brings a document to the workspace's invoice service: looks it up first, so that one payment makes one document
 * whatever became of an earlier try. One try at a time holds the push, so two side by side cannot both find nothing. No
 * push owed, or already pushed: nothing to do.
 * @throws ApplicationFailure final when the service rejects the document
 */
export function createPushDocument(context: ActivityContext) {
  return async function pushDocument(ids: {
    workspaceId: string;
    documentId: string;
  }): Promise<ReviewReason | null> {
    const push = await inWorkspace(context.pool, ids.workspaceId, (tx) => findPush(tx, ids.documentId));
    if (push === null || push.status === 'pushed') return null;
    const lease = await holdPush(context, push);
    try {
      return await bring(context, push);
    } catch (error) {
      await lease.letGoAfter(error);
      throw finalIfRejected(error);
    } finally {
      lease.stop();
    }
  };
}

async function bring(context: ActivityContext, push: PushRow): Promise<ReviewReason | null> {
  const loaded = await load(context, push);
  const service = context.adapters.invoice(loaded.account, loaded.workspace.mode);
  const order = toPushOrder(loaded);
  const document = (await service.findDocument(order)) ?? (await service.createDocument(order));
  return store(context, loaded, document);
}

function load(context: ActivityContext, push: PushRow): Promise<LoadedDocument> {
  return inWorkspace(context.pool, push.workspaceId, async (tx) => {
    const document = await findDocument(tx, push.documentId);
    const workspace = await findWorkspace(tx, push.workspaceId);
    const account = await findAccount(tx, push.accountId);
    if (document === null || workspace === null || account === null) {
      throw impossible('no_such_document', `document ${push.documentId} cannot be loaded for its push`);
    }
    return { document, workspace, account };
  });
}

/** Notes where the document lies; amounts that differ from ours are shown to a person. Returns the payment's review. */
async function store(
  context: ActivityContext,
  loaded: LoadedDocument,
  made: ServiceDocument,
): Promise<ReviewReason | null> {
  const { document, account } = loaded;
  const owner = { workspaceId: document.workspaceId, paymentId: document.paymentId };
  const differs =
    (made.total ?? document.total) !== document.total || (made.vat ?? document.vat) !== document.vat;
  return inWorkspace(context.pool, document.workspaceId, async (tx) => {
    const payment = await lockPayment(tx, document.paymentId);
    const isFirst = await markPushed(tx, {
      documentId: document.id,
      externalId: made.id,
      number: made.number,
      url: made.url,
      allocationNumber: made.allocationNumber,
    });
    const review = payment?.review ?? null;
    if (!isFirst) return review;
    await insertLog(tx, {
      ...owner,
      kind: 'pushed',
      summary: `${account.provider} holds the document as number ${made.number}`,
    });
    const facts = { documentId: document.id, service: account.provider, externalNumber: made.number };
    await insertPaymentEvents(tx, owner, [{ type: 'invoice.pushed', facts }]);
    if (!differs || review !== null) return review;
    await setReview(tx, document.paymentId, 'document_mismatch');
    await insertLog(tx, {
      ...owner,
      kind: 'review_opened',
      summary: `${account.provider} shows other amounts than our document`,
    });
    await insertPaymentEvents(tx, owner, [
      { type: 'payment.review_opened', facts: { review: 'document_mismatch' } },
    ]);
    return 'document_mismatch';
  });
}
