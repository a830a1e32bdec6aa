import { becomeDocumented } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { markSettled } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { endPayment } from '../../history/end-payment.ts';
import { keepStanding } from '../books/keep-standing.ts';
import type { Kept } from '../books/keep-standing.ts';
import { documentEvents, issueDocument } from '../documents/issue-document.ts';
import type { ActivityContext } from '../context.ts';

/**
 * Marks a payment as paid by one charge: numbers its document, writes the events and requests the push, in the
 * transaction of the caller, which has locked the payment. The only way to `completed`.
 */
export async function settleCharge(
  context: Pick<ActivityContext, 'adapters' | 'metrics'>,
  tx: Sql,
  payment: PaymentRow,
  charge: TransactionRow,
): Promise<{ readonly document: DocumentRow; readonly kept: Kept }> {
  const document = await issueDocument(context, tx, payment, charge);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  // A part was refunded before this charge was known to get a document: a person credits it.
  for (const id of await becomeDocumented(tx, charge.id))
    await askPerson(tx, {
      ...owner,
      reason: 'reconciliation',
      subject: `${id} went back before the document`,
    });
  const method = charge.means[0]?.method ?? null;
  await markSettled(tx, { id: payment.id, method, paidAt: charge.paidAt });
  const { id, total, currency } = document;
  const name = `${document.type} ${displayNumber(document.type, document.number)}`;
  const kept = await keepStanding(tx, payment.id, ({ now }) =>
    endPayment(context, tx, payment, {
      status: 'completed',
      now,
      document: { id, name, total, currency },
      documentEvents: documentEvents(document),
    }),
  );
  return { document, kept };
}
