import { markPushFailed } from '../../db/invoice-pushes.ts';
import { lockPayment } from '../../db/payments.ts';
import { findDocument } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { tell } from '../../history/tell.ts';
import { readStanding, writeStanding } from '../books/update-standing.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';

/**
 * Ends a push that failed finally: records it, reports it, and asks a person. If it has already succeeded, or is no
 * longer due, nothing happens. The payment stays as it is. Returns its review.
 */
export function createGiveUpPush(context: ActivityContext) {
  return async function giveUpPush(order: {
    workspaceId: string;
    documentId: string;
    reason: string;
    sentence?: string;
  }): Promise<ReviewReason | null> {
    const why = order.sentence === undefined ? '' : `: ${order.sentence}`;
    return inWorkspace(context.pool, order.workspaceId, async (tx) => {
      const document = await findDocument(tx, order.documentId);
      if (document === null) throw impossible('no_such_document', `no document ${order.documentId}`);
      const owner = { workspaceId: order.workspaceId, paymentId: document.paymentId };
      await lockPayment(tx, document.paymentId);
      const hasFailed = await markPushFailed(tx, document.id, order.reason + why);
      const kept = await readStanding(tx, document.paymentId);
      const facts = { documentId: document.id, reason: order.reason };
      if (hasFailed)
        await tell(tx, owner, {
          kind: 'push_failed',
          summary: `The invoice service refused the document (${order.reason})${why}`,
          events: [{ type: 'invoice.failed', facts }],
        });
      await writeStanding(tx, kept);
      return kept.now.review;
    });
  };
}
