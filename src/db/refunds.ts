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
  /** The vendor answered the order, if only by "pending". */
  readonly answeredAt: Date | null;
  /** The vendor's id of it, where its answer named one, or a person did. */
  readonly providerRefundId: string | null;
  /** Settled on a person's word: the vendor's own movement, which showed up later. */
  readonly recognisedId: string | null;
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
  answered_at AS "answeredAt", provider_refund_id AS "providerRefundId", recognised_id AS "recognisedId"`;

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
 * between the two leaves it taken, so that nobody sends again what may have been sent. The caller holds the payment.
 */
export async function takeSending(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET sent_at = clock_timestamp() WHERE id = $1 AND status = 'pending' AND sent_at IS NULL`,
    [id],
  );
  return rowCount === 1;
}

/** The vendor has answered; it must still say what became of the refund. */
export async function markAnswered(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET answered_at = coalesce(answered_at, now()) WHERE id = $1', [id]);
}

/** From now on a person is asked what became of it. */
export async function askPersonAbout(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET person_asked_at = coalesce(person_asked_at, now()) WHERE id = $1', [id]);
}

/** The vendor's own movement of a refund that was settled on a person's word. */
export async function recogniseRefund(tx: Sql, id: string, transactionId: string): Promise<void> {
  await tx.query('UPDATE refunds SET recognised_id = $2 WHERE id = $1 AND recognised_id IS NULL', [
    id,
    transactionId,
  ]);
}

/** A refund that had succeeded and that the vendor took back: the money is the business's again. */
export async function reverseRefund(tx: Sql, id: string, failure: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'failed', failure = $2 WHERE id = $1 AND status = 'completed'`,
    [id, failure],
  );
  return rowCount === 1;
}

/**
 * The order is known not to have arrived: it may be sent again. Not where another try has told meanwhile that the outcome is
 * unknown: then it is looked up, and a person is asked in the end.
 */
export async function releaseSending(tx: Sql, id: string): Promise<void> {
  await tx.query(
    `UPDATE refunds SET sent_at = NULL WHERE id = $1 AND status = 'pending' AND outcome = 'known'`,
    [id],
  );
}

/** Nobody knows what became of the order; false where it is known by now that it never arrived. */
export async function markUnknown(tx: Sql, id: string, nextCheckAt: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET outcome = 'unknown', next_check_at = $2 WHERE id = $1 AND sent_at IS NOT NULL`,
    [id, nextCheckAt],
  );
  return rowCount === 1;
}

/** What the vendor calls it. */
export async function setProviderRefundId(tx: Sql, id: string, providerRefundId: string): Promise<void> {
  await tx.query('UPDATE refunds SET provider_refund_id = $2 WHERE id = $1', [id, providerRefundId]);
}

/** Ties a refund to the movement that did it. One that has ended without money stays so: its money is explained anew. */
export async function linkRefund(tx: Sql, id: string, transactionId: string): Promise<void> {
  await tx.query(
    `UPDATE refunds SET transaction_id = $2 WHERE id = $1 AND transaction_id IS NULL AND status <> 'failed'`,
    [id, transactionId],
  );
}

/** Whether it is known what became of it; while it is not, when the vendor is asked next. What has ended stays as it is. */
export async function setRefundOutcome(
  tx: Sql,
  id: string,
  outcome: Outcome,
  nextCheckAt: Date | null,
): Promise<void> {
  await tx.query(`UPDATE refunds SET outcome = $2, next_check_at = $3 WHERE id = $1 AND status = 'pending'`, [
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

/**
 * The charge is documented from now on: what is still on its way back is credited when it has moved. Returns the ids of
 * refunds that have moved without a credit document.
 */
export async function becomeDocumented(tx: Sql, chargeId: string): Promise<string[]> {
  await tx.query(
    `UPDATE refunds SET is_documented = true WHERE charge_id = $1 AND status = 'pending' AND NOT is_documented`,
    [chargeId],
  );
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM refunds WHERE charge_id = $1 AND status = 'completed' AND NOT is_documented ORDER BY id`,
    [chargeId],
  );
  return rows.map(({ id }) => id);
}

/** The charge became a payment of its own: what went back of it is that one's, and so are the movements. */
export async function moveRefunds(tx: Sql, chargeId: string, paymentId: string): Promise<void> {
  await tx.query(
    `WITH moved AS (
       UPDATE refunds SET payment_id = $2 WHERE charge_id = $1 RETURNING transaction_id, recognised_id)
     UPDATE provider_transactions t SET payment_id = $2 FROM moved m WHERE t.id IN (m.transaction_id, m.recognised_id)`,
    [chargeId, paymentId],
  );
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

/** A workflow is known for it. */
export async function markRefundStarted(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET started_at = now() WHERE id = $1', [id]);
}

/**
 * Takes refunds that wait and that no workflow is known for, or that nobody has asked about for hours though a look was
 * due: theirs was terminated, or Temporal has lost it. For `leaseSeconds` no other worker takes them. System role, for
 * the sweeper.
 */
export async function claimUnstartedRefunds(
  sql: Sql,
  claim: { readonly olderThan: Date; readonly leaseSeconds: number; readonly limit: number },
): Promise<RefundRow[]> {
  const { rows } = await sql.query<RefundRow>(
    `UPDATE refunds SET start_claimed_until = now() + make_interval(secs => $2)
     WHERE id IN (SELECT id FROM refunds
       WHERE status = 'pending' AND created_at < $1
         AND (started_at IS NULL OR greatest(next_check_at, started_at) < now() - interval '1 hour')
         AND (start_claimed_until IS NULL OR start_claimed_until < now())
       ORDER BY created_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [claim.olderThan, claim.leaseSeconds, claim.limit],
  );
  return rows;
}
