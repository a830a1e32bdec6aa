import { upsertDispute } from '../../db/disputes.ts';
import type { StoredDispute } from '../../db/disputes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listRefunds } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { newId } from '../../domain/ids.ts';
import { tell } from '../../history/tell.ts';
import type { ProviderDispute } from '../../providers/payments/payment-provider.ts';
import type { Kept } from './update-standing.ts';

/** A dispute with news, and the payment of ours that it belongs to. */
export interface DisputeNews {
  readonly paymentId: string;
  readonly told: ProviderDispute;
}

/**
 * Records what the vendor reports about disputes. A dispute belongs to the payment of its charge, also if that charge
 * became a separate payment. The standing decides its effect. The caller has locked the payment.
 */
export async function recordDisputes(
  tx: Sql,
  payment: PaymentRow,
  told: readonly ProviderDispute[],
): Promise<readonly DisputeNews[]> {
  const news: DisputeNews[] = [];
  for (const dispute of told) {
    if (payment.accountId === null) break;
    const stored = await upsertDispute(tx, {
      id: newId('dispute'),
      workspaceId: payment.workspaceId,
      paymentId: payment.id,
      accountId: payment.accountId,
      providerDisputeId: dispute.disputeId,
      providerTransactionId: dispute.transactionId,
      status: dispute.status,
      amount: dispute.amount,
      currency: dispute.currency,
    });
    if (!stored.isNews) continue;
    news.push({ paymentId: stored.paymentId, told: dispute });
    if (dispute.status === 'won' && stored.wasCredited) await askAboutCredit(tx, payment, stored);
  }
  return news;
}

/**
 * The dispute was won after its money was booked as taken. A person is asked to reverse that, with its credit. If there
 * are several such bookings of its charge, it is unclear which one, and the person is asked to look.
 */
async function askAboutCredit(
  tx: Sql,
  { workspaceId }: PaymentRow,
  { id, paymentId, chargeId }: Pick<StoredDispute, 'id' | 'paymentId' | 'chargeId'>,
): Promise<void> {
  const credited = (await listRefunds(tx, paymentId)).filter(
    (one) =>
      one.origin === 'dispute' &&
      one.status === 'completed' &&
      (chargeId === null || one.chargeId === chargeId),
  );
  const [refund, ...others] = credited;
  const isPlain = refund !== undefined && others.length === 0;
  const about = isPlain
    ? ({ reason: 'refund_reversed', subject: refund.id } as const)
    : ({ reason: 'reconciliation', subject: id } as const);
  await askPerson(tx, { workspaceId, paymentId, ...about });
}

/** Reports news of disputes of a payment, with the status that they lead to. */
export function tellDisputes(
  tx: Sql,
  { before, now }: Kept,
  news: readonly ProviderDispute[],
): readonly Promise<void>[] {
  const owner = { workspaceId: before.workspaceId, paymentId: before.id };
  return news.map((dispute, index) => {
    const isLast = index === news.length - 1 && now.status !== before.status;
    const { amount, currency, disputeId, status: outcome } = dispute;
    const type = outcome === 'won' || outcome === 'lost' ? 'dispute.closed' : 'dispute.opened';
    const facts = { disputeId, status: now.status, outcome, amount, currency };
    return tell(tx, owner, {
      kind: `dispute_${dispute.status}`,
      summary: SENTENCES[dispute.status],
      ...(isLast ? { from: before.status, to: now.status } : {}),
      detail: { disputeId },
      events: [{ type, facts }],
    });
  });
}

const SENTENCES: Readonly<Record<ProviderDispute['status'], string>> = {
  inquiry:
    'The payer’s bank asks about the charge. No money was taken. Answer at the provider, or refund the payment',
  open: 'The payer disputes the charge at the bank. The money is held until the dispute is decided',
  won: 'The dispute was won: the business keeps the money',
  lost: 'The dispute was lost. Resolve the review: refund issues a credit document, dismiss records bad debt',
};
