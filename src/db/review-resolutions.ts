import type { CreditItem } from '../domain/credit-lines.ts';
import type { DecidedDispute } from '../domain/disputed-money.ts';
import type { ReviewReason } from '../domain/payment.ts';
import type { ReviewAction } from '../domain/review.ts';
import type { Sql } from './pool.ts';

/** How a person closed a review. */
export interface ResolutionRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly review: ReviewReason;
  readonly action: ReviewAction;
  readonly reason: string;
  readonly paid: boolean | null;
  readonly providerTransactionId: string | null;
  /** The refund that it is about, if the review is about one. */
  readonly refundId: string | null;
  /** The lines of its credit document, for `refund_lines_required`. */
  readonly items: readonly CreditItem[] | null;
  /** The disputes that it is about, as they stood; empty where it is about none. */
  readonly disputes: readonly DecidedDispute[];
  readonly appliedAt: Date | null;
  /** Questions that came later were not seen by the person. */
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", review, action, reason, paid,
  provider_transaction_id AS "providerTransactionId", refund_id AS "refundId", items, disputes, applied_at AS "appliedAt", created_at AS "createdAt"`;

/** False if another resolution of this payment was not applied yet. */
export async function insertResolution(
  tx: Sql,
  resolution: Omit<ResolutionRow, 'appliedAt' | 'createdAt'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO review_resolutions (id, workspace_id, payment_id, review, action, reason, paid, provider_transaction_id,
       refund_id, items, disputes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (payment_id) WHERE applied_at IS NULL DO NOTHING`,
    [
      resolution.id,
      resolution.workspaceId,
      resolution.paymentId,
      resolution.review,
      resolution.action,
      resolution.reason,
      resolution.paid,
      resolution.providerTransactionId,
      resolution.refundId,
      resolution.items === null ? null : JSON.stringify(resolution.items),
      JSON.stringify(resolution.disputes),
    ],
  );
  return rowCount === 1;
}

/** A person's decision. Null: `tx` sees none. */
export async function findResolution(tx: Sql, id: string): Promise<ResolutionRow | null> {
  const { rows } = await tx.query<ResolutionRow>(`SELECT ${COLUMNS} FROM review_resolutions WHERE id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** Notes that the decision took effect or was void. The first time stays. After it, another may be made. */
export async function markApplied(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE review_resolutions SET applied_at = now() WHERE id = $1 AND applied_at IS NULL', [
    id,
  ]);
}

/** Takes resolutions that no workflow has applied, for `leaseSeconds`. System role, for the sweeper. */
export async function claimUnapplied(
  sql: Sql,
  claim: { readonly olderThan: Date; readonly leaseSeconds: number; readonly limit: number },
): Promise<Pick<ResolutionRow, 'id' | 'workspaceId' | 'paymentId'>[]> {
  const { rows } = await sql.query<Pick<ResolutionRow, 'id' | 'workspaceId' | 'paymentId'>>(
    `UPDATE review_resolutions SET start_claimed_until = now() + make_interval(secs => $2)
     WHERE id IN (SELECT id FROM review_resolutions
       WHERE applied_at IS NULL AND created_at < $1
         AND (start_claimed_until IS NULL OR start_claimed_until < now())
       ORDER BY created_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING id, workspace_id AS "workspaceId", payment_id AS "paymentId"`,
    [claim.olderThan, claim.leaseSeconds, claim.limit],
  );
  return rows;
}
