import type { PaymentRequest } from '../domain/payment-request.ts';
import type { Sql } from './pool.ts';

/** What the app asked for when it made the payment. */
export type RequestWishes = Pick<PaymentRequest, 'dueAt' | 'remindAfterDays' | 'overdueAfterHours'>;

const COLUMNS = `due_at AS "dueAt", remind_after_days AS "remindAfterDays", overdue_after_hours AS "overdueAfterHours",
  asked_at AS "askedAt", last_asked_at AS "lastAskedAt", reminders, overdue_at AS "overdueAt"`;

interface Owner {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/**
 * Plans a payment request, in the transaction that makes the payment or first asks. If it has a due date, its
 * workflow must be started.
 */
export async function insertPaymentRequest(tx: Sql, owner: Owner, wishes: RequestWishes): Promise<void> {
  await tx.query(
    `INSERT INTO payment_requests (payment_id, workspace_id, due_at, remind_after_days, overdue_after_hours, owed_since)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $3::timestamptz IS NOT NULL THEN now() END) ON CONFLICT DO NOTHING`,
    [owner.paymentId, owner.workspaceId, wishes.dueAt, wishes.remindAfterDays, wishes.overdueAfterHours],
  );
}

/** Locks the row until the transaction ends. */
export async function lockPaymentRequest(tx: Sql, paymentId: string): Promise<PaymentRequest | null> {
  const { rows } = await tx.query<PaymentRequest>(
    `SELECT ${COLUMNS} FROM payment_requests WHERE payment_id = $1 FOR NO KEY UPDATE`,
    [paymentId],
  );
  return rows[0] ?? null;
}

/** Records that the payer is asked or reminded; returns the request after that. */
export async function markAsked(
  tx: Sql,
  paymentId: string,
  how: { readonly isReminder: boolean },
): Promise<PaymentRequest> {
  const { rows } = await tx.query<PaymentRequest>(
    `UPDATE payment_requests SET asked_at = coalesce(asked_at, now()), last_asked_at = now(),
       reminders = reminders + CASE WHEN $2 THEN 1 ELSE 0 END
     WHERE payment_id = $1 RETURNING ${COLUMNS}`,
    [paymentId, how.isReminder],
  );
  if (!rows[0]) throw new Error(`payment ${paymentId} has no request`);
  return rows[0];
}

/**
 * Notes that the payment is overdue. The first time stays.
 * @throws Error if the payment has no request
 */
export async function markOverdue(tx: Sql, paymentId: string): Promise<PaymentRequest> {
  const { rows } = await tx.query<PaymentRequest>(
    `UPDATE payment_requests SET overdue_at = coalesce(overdue_at, now()) WHERE payment_id = $1 RETURNING ${COLUMNS}`,
    [paymentId],
  );
  if (!rows[0]) throw new Error(`payment ${paymentId} has no request`);
  return rows[0];
}

/** The workflow must be told about a change. */
export async function oweNudge(tx: Sql, paymentId: string): Promise<void> {
  await tx.query('UPDATE payment_requests SET owed_since = now() WHERE payment_id = $1', [paymentId]);
}

/** Since when the workflow must be started or signalled; null if nothing is due. Read it before you signal. */
export async function findOwedSince(tx: Sql, paymentId: string): Promise<string | null> {
  const { rows } = await tx.query<{ owedSince: string | null }>(
    'SELECT owed_since::text AS "owedSince" FROM payment_requests WHERE payment_id = $1',
    [paymentId],
  );
  return rows[0]?.owedSince ?? null;
}

/**
 * The workflow was told about this change, and reads the row itself. A newer change, which it may not have seen,
 * stays due.
 */
export async function markNudged(sql: Sql, paymentId: string, owedSince: string): Promise<void> {
  await sql.query(
    'UPDATE payment_requests SET owed_since = NULL WHERE payment_id = $1 AND owed_since = $2::timestamptz',
    [paymentId, owedSince],
  );
}

/** Requests whose workflow must be started or told, the longest waiting first. System role. */
export async function listOwedRequests(
  sql: Sql,
  olderThanSeconds: number,
  limit: number,
): Promise<(Owner & { readonly owedSince: string })[]> {
  const { rows } = await sql.query<Owner & { readonly owedSince: string }>(
    `SELECT workspace_id AS "workspaceId", payment_id AS "paymentId", owed_since::text AS "owedSince" FROM payment_requests
     WHERE owed_since < now() - make_interval(secs => $1) ORDER BY owed_since LIMIT $2`,
    [olderThanSeconds, limit],
  );
  return rows;
}
