import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { markSettled } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { documentEvents, issueDocument } from '../documents/issue-document.ts';
import type { ActivityContext } from '../context.ts';

/** The charge that is documented; all that came, minor units; and what is told beside it. */
export interface Settling {
  readonly charge: TransactionRow;
  readonly captured: number;
  readonly review: ReviewReason | null;
}

/**
 * Marks a payment paid by one charge: document numbered, events written, push owed, in the caller's transaction, which
 * holds the payment. The only way to `completed`.
 */
export async function settleCharge(
  context: Pick<ActivityContext, 'adapters' | 'metrics'>,
  tx: Sql,
  payment: PaymentRow,
  { charge, captured, review }: Settling,
): Promise<DocumentRow> {
  const document = await issueDocument(context, tx, payment, charge);
  await markSettled(tx, {
    id: payment.id,
    status: 'completed',
    method: charge.means[0]?.method ?? null,
    capturedAmount: captured,
    paidAt: charge.paidAt,
  });
  await tell(tx, payment, document, review);
  context.metrics.payments.inc({ provider: payment.provider, outcome: 'completed' });
  return document;
}

async function tell(
  tx: Sql,
  payment: PaymentRow,
  document: DocumentRow,
  review: ReviewReason | null,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const number = displayNumber(document.type, document.number);
  await insertLog(tx, {
    ...owner,
    kind: 'completed',
    summary: `Paid: ${document.type} ${number} was issued`,
    from: payment.status,
    to: 'completed',
    detail: { documentId: document.id },
  });
  const facts = { status: 'completed', amount: document.total, currency: document.currency, review };
  const events = [{ type: 'payment.completed' as const, facts }, ...documentEvents(document)];
  await insertPaymentEvents(tx, owner, events);
}
