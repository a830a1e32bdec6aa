import { isDisputeNews } from '../domain/standing.ts';
import type { DisputeStatus } from '../domain/standing.ts';
import type { Sql } from './pool.ts';

/** A chargeback as the vendor reports it. Amounts in minor units. */
export interface NewDispute {
  readonly id: string;
  readonly workspaceId: string;
  /** The payment it belongs to while its charge is not in the books. */
  readonly paymentId: string;
  readonly accountId: string;
  readonly providerDisputeId: string;
  /** The vendor's id of the charge. */
  readonly providerTransactionId: string;
  readonly status: DisputeStatus;
  readonly amount: number;
  readonly currency: string;
}

/** The same as stored. */
export interface DisputeRow extends NewDispute {
  readonly chargeId: string | null;
  readonly resolution: 'refund' | 'dismiss' | null;
}

/** The result of recording a dispute. `wasCredited`: a person had decided on a credit document. */
export interface StoredDispute {
  readonly id: string;
  readonly paymentId: string;
  /** Null while its charge is not in the books. */
  readonly chargeId: string | null;
  readonly isNews: boolean;
  readonly wasCredited: boolean;
}

/**
 * Records what the vendor reports, on the payment of the charge. Only a later status than the known one is news, in
 * whichever order reports come. A decision holds as long as the status does. A loss that was already credited raises
 * no new question. The caller has locked the payment.
 */
export async function upsertDispute(tx: Sql, dispute: NewDispute): Promise<StoredDispute> {
  const known = await findDispute(tx, dispute.accountId, dispute.providerDisputeId);
  const isNews = isDisputeNews(known?.status ?? null, dispute.status);
  const wasCredited = known?.resolution === 'refund';
  const isDecidedStill = !isNews || (wasCredited && dispute.status === 'lost');
  const { rows } = await tx.query<Pick<StoredDispute, 'id' | 'paymentId' | 'chargeId'>>(
    `WITH charge AS (
       SELECT id, payment_id FROM provider_transactions WHERE account_id = $4 AND provider_transaction_id = $6)
     INSERT INTO disputes AS d (id, workspace_id, payment_id, account_id, provider_dispute_id, provider_transaction_id,
       charge_id, status, amount, currency, closed_at)
     VALUES ($1, $2, coalesce((SELECT payment_id FROM charge), $3), $4, $5, $6, (SELECT id FROM charge), $7, $8, $9,
       CASE WHEN $10 THEN now() END)
     ON CONFLICT (account_id, provider_dispute_id) DO UPDATE
       SET payment_id = CASE WHEN excluded.charge_id IS NULL THEN d.payment_id ELSE excluded.payment_id END,
           charge_id = coalesce(excluded.charge_id, d.charge_id),
           status = CASE WHEN $11 THEN excluded.status ELSE d.status END,
           closed_at = coalesce(d.closed_at, excluded.closed_at),
           resolution = CASE WHEN $12 THEN d.resolution END,
           resolved_at = CASE WHEN $12 THEN d.resolved_at END
     RETURNING id, payment_id AS "paymentId", charge_id AS "chargeId"`,
    [
      dispute.id,
      dispute.workspaceId,
      dispute.paymentId,
      dispute.accountId,
      dispute.providerDisputeId,
      dispute.providerTransactionId,
      dispute.status,
      dispute.amount,
      dispute.currency,
      dispute.status === 'won' || dispute.status === 'lost',
      isNews,
      isDecidedStill,
    ],
  );
  if (!rows[0]) throw new Error('the dispute was not stored');
  return { ...rows[0], isNews, wasCredited };
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", account_id AS "accountId",
  provider_dispute_id AS "providerDisputeId", provider_transaction_id AS "providerTransactionId",
  charge_id AS "chargeId", status, amount, currency, resolution`;

/** A dispute by the vendor's id, whichever payment it belongs to, locked until the transaction ends. */
export async function findDispute(
  tx: Sql,
  accountId: string,
  providerDisputeId: string,
): Promise<DisputeRow | null> {
  const { rows } = await tx.query<DisputeRow>(
    `SELECT ${COLUMNS} FROM disputes WHERE account_id = $1 AND provider_dispute_id = $2 FOR NO KEY UPDATE`,
    [accountId, providerDisputeId],
  );
  return rows[0] ?? null;
}

/** A payment's disputes, oldest first. */
export async function listDisputes(tx: Sql, paymentId: string): Promise<DisputeRow[]> {
  const { rows } = await tx.query<DisputeRow>(
    `SELECT ${COLUMNS} FROM disputes WHERE payment_id = $1 ORDER BY opened_at, id`,
    [paymentId],
  );
  return rows;
}

/**
 * Payments of an account with a dispute that may still change: an inquiry, an undecided one, or one open to appeal.
 */
export async function listDisputedPayments(tx: Sql, accountId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT payment_id AS id FROM disputes
     WHERE account_id = $1
       AND (status IN ('inquiry', 'open') OR (status = 'lost' AND closed_at > now() - interval '120 days'))
     ORDER BY id`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** Records the decision of a person about these disputes of a payment, as far as they took money and are not decided. */
export async function markDisputesResolved(
  tx: Sql,
  paymentId: string,
  resolution: 'refund' | 'dismiss',
  ids: readonly string[],
): Promise<void> {
  await tx.query(
    `UPDATE disputes SET resolution = $2, resolved_at = now()
     WHERE payment_id = $1 AND resolution IS NULL AND status IN ('open', 'lost') AND id = ANY ($3)`,
    [paymentId, resolution, ids],
  );
}

/** The charge is now a separate payment, and its disputes move there. */
export async function moveDisputes(tx: Sql, chargeId: string, paymentId: string): Promise<void> {
  await tx.query('UPDATE disputes SET payment_id = $2 WHERE charge_id = $1', [chargeId, paymentId]);
}
