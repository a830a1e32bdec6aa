import { markPushed } from '../../db/invoice-pushes.ts';
import { lockPayment } from '../../db/payments.ts';
import { askPerson } from '../../db/review-questions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { mayIssueTaxInvoice, needsAllocationNumber } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import type { ServiceDocument } from '../../providers/invoices/invoice-service.ts';
import { keepStanding } from '../books/keep-standing.ts';
import type { ActivityContext } from '../context.ts';
import type { LoadedPush } from './load-push.ts';

/** A successful push. */
interface TakenPush extends LoadedPush {
  readonly made: ServiceDocument;
  /** Whether the service can be asked for an allocation number later. */
  readonly showsAllocationNumbers: boolean;
}

/**
 * Records where the document is. If its amounts differ from ours, a person is asked. The review of a failed push
 * closes once every document of the payment is pushed. Returns the review of the payment.
 */
export async function storePush(context: ActivityContext, taken: TakenPush): Promise<ReviewReason | null> {
  const { document, account, made } = taken;
  return inWorkspace(context.pool, document.workspaceId, async (tx) => {
    await lockPayment(tx, document.paymentId);
    const isFirst = await markPushed(tx, {
      documentId: document.id,
      externalId: made.id,
      number: made.number,
      url: made.url,
      allocationNumber: made.allocationNumber,
      awaitsAllocation: awaitsAllocation(taken),
    });
    const owner = { workspaceId: document.workspaceId, paymentId: document.paymentId };
    if (isFirst && differs(taken))
      await askPerson(tx, { ...owner, reason: 'document_mismatch', subject: document.id });
    const { now } = await keepStanding(tx, document.paymentId, async () => {
      if (!isFirst) return;
      const facts = { documentId: document.id, service: account.provider, externalNumber: made.number };
      await tell(tx, owner, {
        kind: 'pushed',
        summary: `${account.provider} holds the document as number ${made.number}`,
        events: [{ type: 'invoice.pushed', facts }],
      });
    });
    return now.review;
  });
}

function differs({ document, made }: TakenPush): boolean {
  return (made.total ?? document.total) !== document.total || (made.vat ?? document.vat) !== document.vat;
}

/**
 * Whether the law requires a number that the service has not shown yet. The tax id decides, because ours may be a
 * confirmation.
 */
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
