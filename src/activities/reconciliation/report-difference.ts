import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setReview } from '../../db/payments.ts';
import { insertFinding } from '../../db/reconciliation.ts';
import type { DifferenceKind } from '../../db/reconciliation.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import type { ActivityContext } from '../context.ts';

/** A difference between a vendor's books and ours, about one payment of ours. */
export interface Difference {
  readonly paymentId: string;
  readonly kind: DifferenceKind;
  /** What it is about and what is said of it: the same is told once. */
  readonly subject: string;
  /** A sentence for people, without names. */
  readonly summary: string;
}

/** Whose books were compared. */
export interface ComparedAccount {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
}

const REASONS: Readonly<Record<DifferenceKind, ReviewReason>> = {
  unknown_transaction: 'reconciliation',
  missing_transaction: 'reconciliation',
  other_amount: 'reconciliation',
  other_status: 'reconciliation',
  unknown_document: 'document_mismatch',
  doubled_document: 'document_mismatch',
  missing_document: 'document_mismatch',
  other_total: 'document_mismatch',
};

/**
 * Shows a difference to a person, once: nothing is mended. A payment that is held already keeps its review, and the
 * timeline says what else was found. Returns whether it is news.
 */
export async function reportDifference(
  { pool, metrics }: Pick<ActivityContext, 'pool' | 'metrics'>,
  account: ComparedAccount,
  { paymentId, kind, subject, summary }: Difference,
): Promise<boolean> {
  const owner = { workspaceId: account.workspaceId, paymentId };
  const isNews = await inWorkspace(pool, account.workspaceId, async (tx) => {
    const payment = await lockPayment(tx, paymentId);
    if (payment === null) throw new Error(`payment ${paymentId} is gone`);
    if (!(await insertFinding(tx, { ...owner, accountId: account.id, kind, subject }))) return false;
    await insertLog(tx, { ...owner, kind: 'reconciliation', summary, detail: { kind } });
    if (payment.review !== null) return true;
    const review = REASONS[kind];
    await setReview(tx, paymentId, review);
    await insertLog(tx, {
      ...owner,
      kind: 'review_opened',
      summary: `The books of ${account.provider} and ours differ: held for a person, nothing was changed`,
    });
    await insertPaymentEvents(tx, owner, [{ type: 'payment.review_opened', facts: { review } }]);
    return true;
  });
  if (isNews) metrics.reconciliation.inc({ provider: account.provider, kind });
  return isNews;
}
