import { insertPaymentEvents } from '../../db/events.ts';
import { markPushed } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setReview } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { mayIssueTaxInvoice, needsAllocationNumber } from '../../domain/tax-document.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { ServiceDocument } from '../../providers/invoices/invoice-service.ts';
import type { ActivityContext } from '../context.ts';
import type { LoadedPush } from './load-push.ts';

/** A push that the service took. `push` is the row as it was before. */
interface TakenPush extends LoadedPush {
  readonly push: PushRow;
  readonly made: ServiceDocument;
  /** Whether the service can be asked for an allocation number later. */
  readonly showsAllocationNumbers: boolean;
}

/**
 * Notes where the document lies. Amounts that differ from ours are shown to a person, and the review of a push that had
 * failed is closed by its success. Returns the payment's review.
 */
export async function storePush(context: ActivityContext, taken: TakenPush): Promise<ReviewReason | null> {
  const { document, account, made } = taken;
  return inWorkspace(context.pool, document.workspaceId, async (tx) => {
    const payment = await lockPayment(tx, document.paymentId);
    const isFirst = await markPushed(tx, {
      documentId: document.id,
      externalId: made.id,
      number: made.number,
      url: made.url,
      allocationNumber: made.allocationNumber,
      awaitsAllocation: awaitsAllocation(taken),
    });
    const review = payment?.review ?? null;
    if (!isFirst) return review;
    const owner = ownerOf(document);
    await insertLog(tx, {
      ...owner,
      kind: 'pushed',
      summary: `${account.provider} holds the document as number ${made.number}`,
    });
    const facts = { documentId: document.id, service: account.provider, externalNumber: made.number };
    await insertPaymentEvents(tx, owner, [{ type: 'invoice.pushed', facts }]);
    const left = review === 'push_failed' && taken.push.lastError !== null ? null : review;
    if (left === null && differs(taken)) return openMismatch(tx, taken);
    if (left !== review) await closeReview(tx, document);
    return left;
  });
}

function differs({ document, made }: TakenPush): boolean {
  return (made.total ?? document.total) !== document.total || (made.vat ?? document.vat) !== document.vat;
}

/** Whether the law asks for a number that the service has not shown yet. It goes by the tax id: ours may be a confirmation. */
function awaitsAllocation({ document, made, showsAllocationNumbers }: TakenPush): boolean {
  const { content } = document;
  return (
    showsAllocationNumbers &&
    made.allocationNumber === null &&
    document.refundId === null &&
    mayIssueTaxInvoice(content.issuer) &&
    needsAllocationNumber({
      type: 'tax_invoice_receipt',
      day: document.documentDate,
      split: document,
      currency: document.currency,
      customerIsRegistered: content.customer.taxId !== null,
    })
  );
}

async function openMismatch(tx: Sql, { document, account }: TakenPush): Promise<ReviewReason> {
  const review = 'document_mismatch';
  const owner = ownerOf(document);
  await setReview(tx, document.paymentId, review);
  await insertLog(tx, {
    ...owner,
    kind: 'review_opened',
    summary: `${account.provider} shows other amounts than our document`,
  });
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_opened', facts: { review } }]);
  return review;
}

async function closeReview(tx: Sql, document: DocumentRow): Promise<void> {
  const owner = ownerOf(document);
  await setReview(tx, document.paymentId, null);
  await insertLog(tx, {
    ...owner,
    kind: 'review_closed',
    summary: 'The document is at the invoice service after all',
  });
  const facts = { review: 'push_failed', documentId: document.id };
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_closed', facts }]);
}

const ownerOf = ({ workspaceId, paymentId }: DocumentRow) => ({ workspaceId, paymentId });
