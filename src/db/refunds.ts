import type { Currency } from '../domain/money.ts';
import type { Outcome } from '../domain/payment.ts';
import type { RefundMethod, RefundOrigin, RefundStatus } from '../domain/refund.ts';
import type { Sql } from './pool.ts';

/** Money given back, or to be given back. Amounts in minor units. */
export interface RefundRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge that it reverses. */
  readonly chargeId: string;
  /** Our row of the movement that did it. */
  readonly transactionId: string | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly method: RefundMethod;
  readonly origin: RefundOrigin;
  readonly isDocumented: boolean;
  readonly status: RefundStatus;
  readonly outcome: Outcome;
  readonly nextCheckAt: Date | null;
  readonly reason: string;
  readonly failure: string | null;
  readonly paidOn: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** The vendor's id of it, where its answer named one. */
  readonly providerRefundId: string | null;
}

export type NewRefund = Pick<
  RefundRow,
  | 'id'
  | 'workspaceId'
  | 'paymentId'
  | 'chargeId'
  | 'transactionId'
  | 'amount'
  | 'currency'
  | 'method'
  | 'origin'
  | 'isDocumented'
  | 'reason'
  | 'paidOn'
>;

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", charge_id AS "chargeId",
  transaction_id AS "transactionId", amount, currency, method, origin, is_documented AS "isDocumented", status, outcome,
  next_check_at AS "nextCheckAt", reason, failure, paid_on AS "paidOn", created_at AS "createdAt", sent_at AS "sentAt",
  provider_refund_id AS "providerRefundId"`;

/** Writes down a refund that is to happen. The caller holds the payment, so the sum of refunds is right. */
export async function insertRefund(tx: Sql, refund: NewRefund): Promise<void> {
  await tx.query(
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, transaction_id, amount, currency, method, origin,
       is_documented, status, reason, paid_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $12)`,
    [
      refund.id,
      refund.workspaceId,
      refund.paymentId,
      refund.chargeId,
      refund.transactionId,
      refund.amount,
      refund.currency,
      refund.method,
      refund.origin,
      refund.isDocumented,
      refund.reason,
      refund.paidOn,
    ],
  );
}

export async function findRefund(tx: Sql, id: string): Promise<RefundRow | null> {
  const { rows } = await tx.query<RefundRow>(`SELECT ${COLUMNS} FROM refunds WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** All of a payment's refunds, oldest first. */
export async function listRefunds(tx: Sql, paymentId: string): Promise<RefundRow[]> {
  const { rows } = await tx.query<RefundRow>(
    `SELECT ${COLUMNS} FROM refunds WHERE payment_id = $1 ORDER BY created_at, id`,
    [paymentId],
  );
  return rows;
}

/**
 * Takes the right to send the order, once: true for one caller only, until `releaseSending`. A worker that is killed
 * between the two leaves it taken, so that nobody sends again what may have been sent.
 */
export async function takeSending(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET sent_at = now() WHERE id = $1 AND status = 'pending' AND sent_at IS NULL`,
    [id],
  );
  return rowCount === 1;
}

/** The order is known not to have arrived: it may be sent again. */
export async function releaseSending(tx: Sql, id: string): Promise<void> {
  await tx.query(`UPDATE refunds SET sent_at = NULL WHERE id = $1 AND status = 'pending'`, [id]);
}

/** What the vendor calls it. */
export async function setProviderRefundId(tx: Sql, id: string, providerRefundId: string): Promise<void> {
  await tx.query('UPDATE refunds SET provider_refund_id = $2 WHERE id = $1', [id, providerRefundId]);
}

/** Ties a refund to the movement that did it. */
export async function linkRefund(tx: Sql, id: string, transactionId: string): Promise<void> {
  await tx.query('UPDATE refunds SET transaction_id = $2 WHERE id = $1 AND transaction_id IS NULL', [
    id,
    transactionId,
  ]);
}

/** Whether it is known what became of it; while it is not, when the vendor is asked next. */
export async function setRefundOutcome(
  tx: Sql,
  id: string,
  outcome: Outcome,
  nextCheckAt: Date | null,
): Promise<void> {
  await tx.query('UPDATE refunds SET outcome = $2, next_check_at = $3 WHERE id = $1', [
    id,
    outcome,
    nextCheckAt,
  ]);
}

/** The end of a refund; false where it has ended already. */
export async function completeRefund(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'completed', outcome = 'known', next_check_at = NULL, completed_at = now()
     WHERE id = $1 AND status = 'pending'`,
    [id],
  );
  return rowCount === 1;
}

/** The same without money: `failure` is a code of ours. */
export async function failRefund(tx: Sql, id: string, failure: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'failed', outcome = 'known', next_check_at = NULL, failure = $2
     WHERE id = $1 AND status = 'pending'`,
    [id, failure],
  );
  return rowCount === 1;
}

export async function markRefundStarted(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET started_at = now() WHERE id = $1', [id]);
}

/**
 * Refunds that wait and that no workflow is known for, or that nobody has asked about for hours though a look was due:
 * theirs was terminated, or Temporal has lost it. System role, for the sweeper.
 */
export async function listUnstartedRefunds(
  sql: Sql,
  olderThan: Date,
  limit: number,
): Promise<Pick<RefundRow, 'id' | 'workspaceId' | 'paymentId'>[]> {
  const { rows } = await sql.query<Pick<RefundRow, 'id' | 'workspaceId' | 'paymentId'>>(
    `SELECT id, workspace_id AS "workspaceId", payment_id AS "paymentId" FROM refunds
     WHERE status = 'pending' AND created_at < $1
       AND (started_at IS NULL OR greatest(next_check_at, started_at) < now() - interval '1 hour')
     ORDER BY created_at LIMIT $2`,
    [olderThan, limit],
  );
  return rows;
}
