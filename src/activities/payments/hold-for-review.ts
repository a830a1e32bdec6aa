import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { openReview } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { ReviewReason } from '../../domain/payment.ts';

/** Holds a payment for a person, once; the money that really came is recorded. */
export async function holdForReview(
  tx: Sql,
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  reason: ReviewReason,
): Promise<ReviewReason> {
  if (payment.review !== null) return payment.review;
  const captured = charges.reduce((sum, charge) => sum + charge.amount, 0);
  await openReview(tx, payment.id, reason, captured);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await insertLog(tx, { ...owner, kind: 'review_opened', summary: REVIEW_SENTENCES[reason] });
  await insertPaymentEvents(tx, owner, [
    {
      type: 'payment.review_opened',
      facts: { review: reason, status: payment.status, capturedAmount: captured },
    },
  ]);
  return reason;
}

const REVIEW_SENTENCES: Readonly<Record<ReviewReason, string>> = {
  amount_mismatch:
    'The payer was charged another amount or currency than was asked: held for a person, nothing is documented',
  duplicate_payment: 'The payer paid twice: the second charge is held for a person',
  late_success: 'Money came after the payment had been given up',
  unknown_outcome: 'What became of the money is not known',
  provider_dispute: 'The payer disputes the charge',
  document_mismatch: 'The invoice service shows other amounts than our document',
  foreign_document: 'The provider issued a tax document of its own',
  push_failed: 'The document could not be pushed to the invoice service',
  reconciliation: 'The provider and our books differ',
};
