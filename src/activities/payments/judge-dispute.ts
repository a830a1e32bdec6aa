import { listDisputes, upsertDispute } from '../../db/disputes.ts';
import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { setReview, setStatus } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { newId } from '../../domain/ids.ts';
import { sumMinor } from '../../domain/money.ts';
import { judgeTransition } from '../../domain/payment.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { statusAfterRefunds } from '../../domain/refund.ts';
import type { ProviderDispute } from '../../providers/payments/payment-provider.ts';

/**
 * Chargebacks: an open one suspends the payment, a won one puts it back, a lost one waits for a person's decision and
 * issues nothing by itself. That a person must look is `judgeBooks`'s to say. Returns the payment as it then stands.
 */
export async function judgeDisputes(
  tx: Sql,
  payment: PaymentRow,
  told: readonly ProviderDispute[],
): Promise<PaymentRow> {
  if (told.length === 0) return payment;
  const charges = await listTransactions(tx, payment.id);
  let standing = payment;
  for (const dispute of told) {
    if (payment.accountId === null) break;
    const isNews = await upsertDispute(tx, {
      id: newId('dispute'),
      workspaceId: payment.workspaceId,
      paymentId: payment.id,
      accountId: payment.accountId,
      providerDisputeId: dispute.disputeId,
      chargeId: charges.find((row) => row.providerTransactionId === dispute.transactionId)?.id ?? null,
      status: dispute.status,
      amount: dispute.amount,
      currency: dispute.currency,
    });
    if (isNews) standing = await apply(tx, standing, dispute);
  }
  return standing;
}

async function apply(tx: Sql, payment: PaymentRow, dispute: ProviderDispute): Promise<PaymentRow> {
  const isOver = dispute.status !== 'open';
  const isWon = dispute.status === 'won' && !(await isDisputedStill(tx, payment));
  const isGivenUp = (await listRefunds(tx, payment.id)).some(({ origin }) => origin === 'dispute');
  const status = isWon || isGivenUp ? await statusWithoutDispute(tx, payment) : 'disputed';
  const next = await moveTo(tx, payment, status);
  const review = isWon ? reviewOnceWon(payment.review, isGivenUp) : payment.review;
  if (review !== payment.review) await setReview(tx, payment.id, review);
  await tell(tx, payment, dispute, { isOver, review, status: next });
  return { ...payment, status: next, review };
}

/** Nobody need look any more, unless a credit document was issued for the dispute, which it should not have been. */
function reviewOnceWon(review: ReviewReason | null, isGivenUp: boolean): ReviewReason | null {
  if (isGivenUp) return review ?? 'reconciliation';
  return review === 'provider_dispute' ? null : review;
}

async function isDisputedStill(tx: Sql, payment: PaymentRow): Promise<boolean> {
  return (await listDisputes(tx, payment.id)).some(({ status }) => status === 'open');
}

/** Where the payment stood before anybody disputed it, by what was credited. */
export async function statusWithoutDispute(tx: Sql, payment: PaymentRow): Promise<PaymentStatus> {
  const documents = await listPaymentDocuments(tx, payment.id);
  const original = documents.find(({ refundId }) => refundId === null);
  if (original === undefined) return payment.status;
  const credited = sumMinor(documents.filter(({ refundId }) => refundId !== null).map(({ total }) => total));
  return statusAfterRefunds(original.total, credited);
}

async function moveTo(tx: Sql, payment: PaymentRow, status: PaymentStatus): Promise<PaymentStatus> {
  if (judgeTransition(payment.status, status) !== 'allowed') return payment.status;
  await setStatus(tx, payment.id, status);
  return status;
}

async function tell(
  tx: Sql,
  payment: PaymentRow,
  dispute: ProviderDispute,
  now: { isOver: boolean; review: PaymentRow['review']; status: PaymentStatus },
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await insertLog(tx, {
    ...owner,
    kind: `dispute_${dispute.status}`,
    summary: SENTENCES[dispute.status],
    ...(now.status === payment.status ? {} : { from: payment.status, to: now.status }),
    detail: { disputeId: dispute.disputeId },
  });
  const { amount, currency, status: outcome } = dispute;
  const facts = { status: now.status, outcome, amount, currency };
  await insertPaymentEvents(tx, owner, [
    { type: now.isOver ? 'dispute.closed' : 'dispute.opened', facts },
    ...reviewEvents(payment, now.review),
  ]);
}

function reviewEvents(payment: PaymentRow, review: PaymentRow['review']) {
  if (review === payment.review) return [];
  const type = review === null ? ('payment.review_closed' as const) : ('payment.review_opened' as const);
  return [{ type, facts: { review: review ?? payment.review } }];
}

const SENTENCES: Readonly<Record<ProviderDispute['status'], string>> = {
  open: 'The payer disputes the charge at the bank: the money is held back until that is decided',
  won: 'The dispute was won: the money is the business’s again',
  lost: 'The dispute was lost: resolve the review with a credit document (refund) or as bad debt (dismiss)',
};
