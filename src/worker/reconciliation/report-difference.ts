import { lockPayment } from '../../db/payments.ts';
import { insertFinding } from '../../db/reconciliation.ts';
import type { DifferenceKind } from '../../db/reconciliation.ts';
import { askPerson } from '../../db/review-questions.ts';
import type { QuestionReason } from '../../db/review-questions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { tell } from '../../history/tell.ts';
import { readStanding, writeStanding } from '../../activities/books/update-standing.ts';
import type { ActivityContext } from '../../activities/context.ts';

/** A difference between the books of a vendor and ours, about one payment. */
export interface Difference {
  readonly paymentId: string;
  readonly kind: DifferenceKind;
  /** Its subject and content: the same difference is reported once. */
  readonly subject: string;
  /** A sentence for people, without names. */
  readonly summary: string;
}

/** The vendor that was compared. */
export interface ComparedAccount {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
}

const REASONS: Readonly<Record<DifferenceKind, QuestionReason>> = {
  unknown_transaction: 'reconciliation',
  missing_transaction: 'reconciliation',
  other_amount: 'reconciliation',
  other_status: 'reconciliation',
  other_dispute: 'reconciliation',
  unknown_document: 'document_mismatch',
  doubled_document: 'document_mismatch',
  missing_document: 'document_mismatch',
  other_total: 'document_mismatch',
};

/** Reports a difference to a person, once, and corrects nothing. Returns whether it is new. */
export async function reportDifference(
  { pool, metrics }: Pick<ActivityContext, 'pool' | 'metrics'>,
  account: ComparedAccount,
  { paymentId, kind, subject, summary }: Difference,
): Promise<boolean> {
  const owner = { workspaceId: account.workspaceId, paymentId };
  const isNews = await inWorkspace(pool, account.workspaceId, async (tx) => {
    await lockPayment(tx, paymentId);
    if (!(await insertFinding(tx, { ...owner, accountId: account.id, kind, subject }))) return false;
    await askPerson(tx, { ...owner, reason: REASONS[kind], subject: `${kind} ${subject}` });
    const kept = await readStanding(tx, paymentId);
    const told = tell(tx, owner, { kind: 'reconciliation', summary, detail: { kind } });
    await Promise.all([told, writeStanding(tx, kept)]);
    return true;
  });
  if (isNews) metrics.reconciliation.inc({ provider: account.provider, kind });
  return isNews;
}
