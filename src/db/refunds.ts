import type { CreditItem } from '../domain/credit-lines.ts';
import type { Currency } from '../domain/money.ts';
import type { Outcome } from '../domain/payment.ts';
import type { RefundMethod, RefundOrigin, RefundStatus } from '../domain/refund.ts';
import type { Sql } from './pool.ts';

/** A refund. Amounts in minor units. */
export interface RefundRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge that it refunds. */
  readonly chargeId: string;
  /** Our row of the transaction that carried it out. */
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
  /** The lines of the document that it takes back, if its caller named them. */
  readonly items: readonly CreditItem[] | null;
  /** It is made, and its credit document waits until the original has its allocation number. */
  readonly creditWaits: boolean;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** The vendor has answered, even if only with "pending". */
  readonly answeredAt: Date | null;
  /** The vendor's id, if its answer or a person named one. */
  readonly providerRefundId: string | null;
  /** For a refund settled on a person's word: the vendor's own transaction, which showed up later. */
  readonly recognisedId: string | null;
}

/** A refund to store. */
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
> &
  Partial<Pick<RefundRow, 'items'>>;

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", charge_id AS "chargeId",
  transaction_id AS "transactionId", amount, currency, method, origin, is_documented AS "isDocumented", status, outcome,
  next_check_at AS "nextCheckAt", reason, failure, paid_on AS "paidOn", items, credit_waits AS "creditWaits", created_at AS "createdAt", sent_at AS "sentAt",
  answered_at AS "answeredAt", provider_refund_id AS "providerRefundId", recognised_id AS "recognisedId"`;

/** Inserts a refund that is to be made. The caller has locked the payment, so the sum of refunds is right. */
export async function insertRefund(tx: Sql, refund: NewRefund): Promise<void> {
  await tx.query(
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, transaction_id, amount, currency, method, origin,
       is_documented, status, reason, paid_on, items)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $12, $13)`,
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
      refund.items ? JSON.stringify(refund.items) : null,
    ],
  );
}

/** A refund of any origin. Null: `tx` sees none. It is not locked. */
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
 * Takes the right to send the refund: true for one caller only, until `releaseSending`. If its worker is killed, the
 * right stays taken, so that nobody repeats what may have been sent. The caller has locked the payment.
 */
export async function takeSending(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET sent_at = clock_timestamp() WHERE id = $1 AND status = 'pending' AND sent_at IS NULL`,
    [id],
  );
  return rowCount === 1;
}

/** The vendor has answered; the outcome of the refund is still open. */
export async function markAnswered(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET answered_at = coalesce(answered_at, now()) WHERE id = $1', [id]);
}

/** From now on, a person is asked about its outcome. */
export async function askPersonAbout(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET person_asked_at = coalesce(person_asked_at, now()) WHERE id = $1', [id]);
}

/** Records the vendor's own transaction of a refund that was settled on a person's word. */
export async function recogniseRefund(tx: Sql, id: string, transactionId: string): Promise<void> {
  await tx.query('UPDATE refunds SET recognised_id = $2 WHERE id = $1 AND recognised_id IS NULL', [
    id,
    transactionId,
  ]);
}

/** A refund that had succeeded and was reversed by the vendor: the business has the money again. */
export async function reverseRefund(tx: Sql, id: string, failure: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'failed', failure = $2, credit_waits = false WHERE id = $1 AND status = 'completed'`,
    [id, failure],
  );
  return rowCount === 1;
}

/**
 * The refund is known not to have arrived, so it may be sent again. Not if another try has meanwhile reported an
 * unknown outcome: then it is looked up, and in the end a person is asked.
 */
export async function releaseSending(tx: Sql, id: string): Promise<void> {
  await tx.query(
    `UPDATE refunds SET sent_at = NULL WHERE id = $1 AND status = 'pending' AND outcome = 'known'`,
    [id],
  );
}

/** The outcome is unknown; false if it is already known that the refund never arrived, or it has ended meanwhile. */
export async function markUnknown(tx: Sql, id: string, nextCheckAt: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET outcome = 'unknown', next_check_at = $2
     WHERE id = $1 AND sent_at IS NOT NULL AND status = 'pending'`,
    [id, nextCheckAt],
  );
  return rowCount === 1;
}

/** The vendor's id of it. */
export async function setProviderRefundId(tx: Sql, id: string, providerRefundId: string): Promise<void> {
  await tx.query('UPDATE refunds SET provider_refund_id = $2 WHERE id = $1', [id, providerRefundId]);
}

/**
 * Links a refund to the transaction that carried it out. A refund that ended without money stays so, and its money is
 * matched again.
 */
export async function linkRefund(tx: Sql, id: string, transactionId: string): Promise<void> {
  await tx.query(
    `UPDATE refunds SET transaction_id = $2 WHERE id = $1 AND transaction_id IS NULL AND status <> 'failed'`,
    [id, transactionId],
  );
}

/**
 * Records whether the outcome is known and, if not, when the vendor is asked next. A refund that has ended stays as
 * it is.
 */
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

/** Ends a refund; false if it has already ended. */
export async function completeRefund(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'completed', outcome = 'known', next_check_at = NULL, completed_at = now()
     WHERE id = $1 AND status = 'pending'`,
    [id],
  );
  return rowCount === 1;
}

/** Its credit document waits for the allocation number of the original, or does so no longer. */
export async function setCreditWaits(tx: Sql, id: string, creditWaits: boolean): Promise<void> {
  await tx.query('UPDATE refunds SET credit_waits = $2 WHERE id = $1', [id, creditWaits]);
}

/** The original was cancelled: none of these refunds gets a credit document. */
export async function endCreditWaits(tx: Sql, chargeId: string): Promise<void> {
  await tx.query('UPDATE refunds SET credit_waits = false WHERE charge_id = $1 AND credit_waits', [chargeId]);
}

/**
 * The charge now has a document: refunds on their way are credited when they succeed. Those that went back before it
 * wait for their credit document, which the sweeper of refunds has issued.
 */
export async function markDocumented(tx: Sql, chargeId: string): Promise<void> {
  await tx.query(
    `UPDATE refunds SET is_documented = true, credit_waits = status = 'completed'
     WHERE charge_id = $1 AND status IN ('pending', 'completed') AND NOT is_documented`,
    [chargeId],
  );
}

/** The charge became a payment of its own: what went back of it is that one's, and so are the transactions. */
export async function moveRefunds(tx: Sql, chargeId: string, paymentId: string): Promise<void> {
  await tx.query(
    `WITH moved AS (
       UPDATE refunds SET payment_id = $2 WHERE charge_id = $1 RETURNING transaction_id, recognised_id)
     UPDATE provider_transactions t SET payment_id = $2 FROM moved m WHERE t.id IN (m.transaction_id, m.recognised_id)`,
    [chargeId, paymentId],
  );
}

/** The same for a refund without money: `failure` is a code of ours. */
export async function failRefund(tx: Sql, id: string, failure: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET status = 'failed', outcome = 'known', next_check_at = NULL, failure = $2
     WHERE id = $1 AND status = 'pending'`,
    [id, failure],
  );
  return rowCount === 1;
}

/** Records that it has a workflow. */
export async function markRefundStarted(tx: Sql, id: string): Promise<void> {
  await tx.query('UPDATE refunds SET started_at = now() WHERE id = $1', [id]);
}

/**
 * Takes refunds without a workflow, or that nobody has asked about for hours although a look was due. Their workflow
 * was terminated, or Temporal lost it. Also those whose credit document waited for an allocation number that is there
 * now, or is needed no more. No other worker takes them for `leaseSeconds`. System role, for the sweeper.
 */
export async function claimRefundsToRun(
  sql: Sql,
  claim: { readonly olderThan: Date; readonly leaseSeconds: number; readonly limit: number },
): Promise<RefundRow[]> {
  const { rows } = await sql.query<RefundRow>(
    `UPDATE refunds SET start_claimed_until = now() + make_interval(secs => $2)
     WHERE id IN (SELECT id FROM refunds
       WHERE created_at < $1
         AND ((status = 'pending' AND (started_at IS NULL OR greatest(next_check_at, started_at) < now() - interval '1 hour'))
           OR (credit_waits AND EXISTS (SELECT FROM tax_documents d WHERE d.transaction_id = refunds.charge_id
             AND d.payment_id = refunds.payment_id AND d.refund_id IS NULL AND d.status = 'issued')
           AND NOT EXISTS (SELECT FROM tax_documents d WHERE d.payment_id = refunds.payment_id AND d.transaction_id = refunds.charge_id
             AND d.refund_id IS NULL AND d.status = 'allocation_required')))
         AND (start_claimed_until IS NULL OR start_claimed_until < now())
       ORDER BY created_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [claim.olderThan, claim.leaseSeconds, claim.limit],
  );
  return rows;
}
