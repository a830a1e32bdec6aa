import type { ReviewReason } from '../domain/payment.ts';
import type { Sql } from './pool.ts';

/** Reasons that do not follow from the other books. */
export type QuestionReason = Extract<
  ReviewReason,
  | 'late_success'
  | 'document_mismatch'
  | 'foreign_document'
  | 'reconciliation'
  | 'refund_reversed'
  | 'refund_lines_required'
>;

/** A question for a person. `subject` names the thing at the vendor, or our row. */
export interface Question {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly reason: QuestionReason;
  readonly subject: string;
}

/**
 * Asks once; false if it was asked before, answered or not. The caller has locked the payment and updates its
 * standing.
 */
export async function askPerson(tx: Sql, question: Question): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO review_questions (payment_id, reason, subject, workspace_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [question.paymentId, question.reason, question.subject, question.workspaceId],
  );
  return rowCount === 1;
}

/** Asks again if a person has answered and the same came back; false if the question is still open. */
export async function askPersonAgain(tx: Sql, question: Question): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO review_questions AS q (payment_id, reason, subject, workspace_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (payment_id, reason, subject) DO UPDATE SET answered_at = NULL, asked_at = now()
       WHERE q.answered_at IS NOT NULL`,
    [question.paymentId, question.reason, question.subject, question.workspaceId],
  );
  return rowCount === 1;
}

/**
 * Subjects of the questions that the person saw when deciding: open, of this reason, asked before the decision.
 * Oldest first.
 */
export async function listSeenSubjects(
  tx: Sql,
  resolution: { readonly id: string; readonly paymentId: string; readonly review: ReviewReason },
): Promise<string[]> {
  const { rows } = await tx.query<{ subject: string }>(
    `SELECT subject FROM review_questions WHERE payment_id = $1 AND reason = $2 AND answered_at IS NULL
       AND asked_at <= (SELECT created_at FROM review_resolutions WHERE id = $3)
     ORDER BY asked_at, subject`,
    [resolution.paymentId, resolution.review, resolution.id],
  );
  return rows.map(({ subject }) => subject);
}

/** Records that a person has answered these. */
export async function markAnswered(
  tx: Sql,
  paymentId: string,
  reason: ReviewReason,
  subjects: readonly string[],
): Promise<void> {
  await tx.query(
    `UPDATE review_questions SET answered_at = now()
     WHERE payment_id = $1 AND reason = $2 AND subject = ANY($3) AND answered_at IS NULL`,
    [paymentId, reason, subjects],
  );
}
