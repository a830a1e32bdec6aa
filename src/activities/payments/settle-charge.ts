import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { becomeDocumented } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { markSettled } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { Standing } from '../../domain/standing.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { keepStanding } from '../books/keep-standing.ts';
import type { Kept } from '../books/keep-standing.ts';
import { documentEvents, issueDocument } from '../documents/issue-document.ts';
import type { ActivityContext } from '../context.ts';

/**
 * Marks a payment paid by one charge: document numbered, events written, push owed, in the caller's transaction, which
 * holds the payment. The only way to `completed`.
 */
export async function settleCharge(
  context: Pick<ActivityContext, 'adapters' | 'metrics'>,
  tx: Sql,
  payment: PaymentRow,
  charge: TransactionRow,
): Promise<{ readonly document: DocumentRow; readonly kept: Kept }> {
  const document = await issueDocument(context, tx, payment, charge);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  // A part went back while nobody knew that this charge would be documented: a person credits it.
  for (const id of await becomeDocumented(tx, charge.id))
    await askPerson(tx, {
      ...owner,
      reason: 'reconciliation',
      subject: `${id} went back before the document`,
    });
  const method = charge.means[0]?.method ?? null;
  await markSettled(tx, { id: payment.id, method, paidAt: charge.paidAt });
  const kept = await keepStanding(tx, payment.id, ({ now }) => tell(tx, payment, document, now));
  context.metrics.payments.inc({ provider: payment.provider, outcome: 'completed' });
  return { document, kept };
}

async function tell(
  tx: Sql,
  payment: PaymentRow,
  document: DocumentRow,
  { status, review }: Standing,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const number = displayNumber(document.type, document.number);
  await insertLog(tx, {
    ...owner,
    kind: 'completed',
    summary: `Paid: ${document.type} ${number} was issued`,
    from: payment.status,
    to: status,
    detail: { documentId: document.id },
  });
  const facts = { status, amount: document.total, currency: document.currency, review };
  const events = [{ type: 'payment.completed' as const, facts }, ...documentEvents(document)];
  await insertPaymentEvents(tx, owner, events);
}
