import { markPushed } from '../../db/invoice-pushes.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { askPerson } from '../../db/review-questions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { inShekels } from '../../domain/shekel-sums.ts';
import { mayIssueTaxInvoice, needsAllocationNumber } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import type { ServiceDocument } from '../../providers/invoices/invoice-service.ts';
import { readStanding, writeStanding } from '../books/update-standing.ts';
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
  const { document, made } = taken;
  return inWorkspace(context.pool, document.workspaceId, async (tx) => {
    const owner = { workspaceId: document.workspaceId, paymentId: document.paymentId };
    const question = { ...owner, reason: 'document_mismatch', subject: document.id } as const;
    // A second try asks nothing new: a question is asked once.
    const [, isFirst, , kept] = await Promise.all([
      lockPayment(tx, document.paymentId),
      markPushed(tx, {
        documentId: document.id,
        externalId: made.id,
        number: made.number,
        url: made.url,
        allocationNumber: made.allocationNumber,
        awaitsAllocation: awaitsAllocation(taken),
      }),
      differs(taken) ? askPerson(tx, question) : null,
      readStanding(tx, document.paymentId),
    ]);
    await Promise.all([isFirst ? tellPushed(tx, taken) : null, writeStanding(tx, kept)]);
    return kept.now.review;
  });
}

function tellPushed(tx: Sql, { document, account, made }: TakenPush): Promise<void> {
  const facts = { documentId: document.id, service: account.provider, externalNumber: made.number };
  const owner = { workspaceId: document.workspaceId, paymentId: document.paymentId };
  return tell(tx, owner, {
    kind: 'pushed',
    summary: `${account.provider} holds the document as number ${made.number}`,
    events: [{ type: 'invoice.pushed', facts }],
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
  const { content, currency } = document;
  return (
    showsAllocationNumbers &&
    made.allocationNumber === null &&
    document.refundId === null &&
    mayIssueTaxInvoice(content.issuer) &&
    needsAllocationNumber({
      type: 'tax_invoice_receipt',
      day: document.documentDate,
      split: document,
      shekels: inShekels({ currency, split: document, content }),
      customerIsRegistered: content.customer.taxId !== null,
    })
  );
}
