import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { openReview } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { sumMinor } from '../../domain/money.ts';
import type { ReviewReason } from '../../domain/payment.ts';

/** Reasons that say less than a second charge does: it takes their place. */
const GIVES_WAY_TO_DUPLICATE: readonly ReviewReason[] = [
  'late_success',
  'push_failed',
  'document_mismatch',
  'foreign_document',
];

/**
 * Holds a payment for a person and records the money that really came. A payment that is held already keeps its reason,
 * unless money came twice; more money is told again, and the same news twice is no news.
 */
export async function holdForReview(
  tx: Sql,
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  reason: ReviewReason,
): Promise<ReviewReason> {
  const review = strongerOf(payment.review, reason);
  const captured = capturedOf(payment, charges);
  if (review === payment.review && captured === payment.capturedAmount) return review;
  await openReview(tx, payment.id, review, captured);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await insertLog(tx, { ...owner, kind: 'review_opened', summary: REVIEW_SENTENCES[review] });
  const facts = { review, status: payment.status, capturedAmount: captured };
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_opened', facts }]);
  return review;
}

/** What came in the payment's own currency, minor units. Of another currency it says nothing: a person sees the charge. */
export function capturedOf(payment: PaymentRow, charges: readonly TransactionRow[]): number {
  const own = charges.filter(({ currency }) => currency === payment.currency);
  return sumMinor(own.map(({ amount }) => amount));
}

function strongerOf(open: ReviewReason | null, reason: ReviewReason): ReviewReason {
  if (open === null) return reason;
  return reason === 'duplicate_payment' && GIVES_WAY_TO_DUPLICATE.includes(open) ? reason : open;
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
