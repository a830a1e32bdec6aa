import type { Sql } from './pool.ts';

export type DisputeStatus = 'open' | 'won' | 'lost';

/** A chargeback as the vendor tells it. Amounts in minor units. */
export interface DisputeRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly accountId: string;
  readonly providerDisputeId: string;
  readonly chargeId: string | null;
  readonly status: DisputeStatus;
  readonly amount: number;
  readonly currency: string;
}

/** The same as stored. */
export interface StoredDispute extends DisputeRow {
  /** When a person decided what becomes of it. */
  readonly resolvedAt: Date | null;
}

/** Records what the vendor says; returns whether that is news. What has ended stays as it ended. */
export async function upsertDispute(tx: Sql, dispute: DisputeRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO disputes (id, workspace_id, payment_id, account_id, provider_dispute_id, charge_id, status, amount,
       currency, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $7 = 'open' THEN NULL ELSE now() END)
     ON CONFLICT (account_id, provider_dispute_id) DO UPDATE
       SET status = excluded.status, closed_at = excluded.closed_at, resolved_at = NULL
       WHERE disputes.status = 'open' AND excluded.status <> 'open'`,
    [
      dispute.id,
      dispute.workspaceId,
      dispute.paymentId,
      dispute.accountId,
      dispute.providerDisputeId,
      dispute.chargeId,
      dispute.status,
      dispute.amount,
      dispute.currency,
    ],
  );
  return rowCount === 1;
}

/** A payment's disputes, oldest first. */
export async function listDisputes(tx: Sql, paymentId: string): Promise<StoredDispute[]> {
  const { rows } = await tx.query<StoredDispute>(
    `SELECT id, workspace_id AS "workspaceId", payment_id AS "paymentId", account_id AS "accountId",
       provider_dispute_id AS "providerDisputeId", charge_id AS "chargeId", status, amount, currency, resolved_at AS "resolvedAt"
     FROM disputes WHERE payment_id = $1 ORDER BY opened_at, id`,
    [paymentId],
  );
  return rows;
}

/** A person decided about all that are known. */
export async function markDisputesResolved(tx: Sql, paymentId: string): Promise<void> {
  await tx.query('UPDATE disputes SET resolved_at = now() WHERE payment_id = $1 AND resolved_at IS NULL', [
    paymentId,
  ]);
}
