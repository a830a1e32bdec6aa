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
  readonly appliedAt: Date | null;
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", review, action, reason, paid,
  provider_transaction_id AS "providerTransactionId", applied_at AS "appliedAt"`;

/** False where another resolution of this payment is not applied yet. */
export async function insertResolution(
  tx: Sql,
  resolution: Omit<ResolutionRow, 'appliedAt'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO review_resolutions (id, workspace_id, payment_id, review, action, reason, paid, provider_transaction_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (payment_id) WHERE applied_at IS NULL DO NOTHING`,
    [
      resolution.id,
      resolution.workspaceId,
      resolution.paymentId,
      resolution.review,
      resolution.action,
      resolution.reason,
      resolution.paid,
      resolution.providerTransactionId,
    ],
  );
  return rowCount === 1;
}

export async function findResolution(tx: Sql, id: string): Promise<ResolutionRow | null> {
  const { rows } = await tx.query<ResolutionRow>(`SELECT ${COLUMNS} FROM review_resolutions WHERE id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

export async function markApplied(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE review_resolutions SET applied_at = now() WHERE id = $1 AND applied_at IS NULL', [
    id,
  ]);
}

/** Resolutions that were written and that no workflow has applied; system role, for the sweeper. */
export async function listUnapplied(
  sql: Sql,
  olderThan: Date,
  limit: number,
): Promise<Pick<ResolutionRow, 'id' | 'workspaceId' | 'paymentId'>[]> {
  const { rows } = await sql.query<Pick<ResolutionRow, 'id' | 'workspaceId' | 'paymentId'>>(
    `SELECT id, workspace_id AS "workspaceId", payment_id AS "paymentId" FROM review_resolutions
     WHERE applied_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2`,
    [olderThan, limit],
  );
  return rows;
}
