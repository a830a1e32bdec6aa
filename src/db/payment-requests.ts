import type { PaymentRequest } from '../domain/payment-request.ts';
import type { Sql } from './pool.ts';

/** What is wished for when a payment is made. */
export type RequestWishes = Pick<PaymentRequest, 'dueAt' | 'remindAfterDays' | 'overdueAfterHours'>;

const COLUMNS = `due_at AS "dueAt", remind_after_days AS "remindAfterDays", overdue_after_hours AS "overdueAfterHours",
  asked_at AS "askedAt", last_asked_at AS "lastAskedAt", reminders, overdue_at AS "overdueAt"`;

interface Owner {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** Plans the asking, in the transaction that makes the payment or first asks. One that is due some day owes a start. */
export async function insertPaymentRequest(tx: Sql, owner: Owner, wishes: RequestWishes): Promise<void> {
  await tx.query(
    `INSERT INTO payment_requests (payment_id, workspace_id, due_at, remind_after_days, overdue_after_hours, owed_since)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $3::timestamptz IS NOT NULL THEN now() END) ON CONFLICT DO NOTHING`,
    [owner.paymentId, owner.workspaceId, wishes.dueAt, wishes.remindAfterDays, wishes.overdueAfterHours],
  );
}

/** Held until the transaction ends. */
export async function lockPaymentRequest(tx: Sql, paymentId: string): Promise<PaymentRequest | null> {
  const { rows } = await tx.query<PaymentRequest>(
    `SELECT ${COLUMNS} FROM payment_requests WHERE payment_id = $1 FOR NO KEY UPDATE`,
    [paymentId],
  );
  return rows[0] ?? null;
}

/** Notes that the payer is being asked, or reminded; returns how it stands then. */
export async function noteAsked(
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

export async function noteOverdue(tx: Sql, paymentId: string): Promise<PaymentRequest> {
  const { rows } = await tx.query<PaymentRequest>(
    `UPDATE payment_requests SET overdue_at = coalesce(overdue_at, now()) WHERE payment_id = $1 RETURNING ${COLUMNS}`,
    [paymentId],
  );
  if (!rows[0]) throw new Error(`payment ${paymentId} has no request`);
  return rows[0];
}

/** The workflow must hear of a change. */
export async function oweNudge(tx: Sql, paymentId: string): Promise<void> {
  await tx.query('UPDATE payment_requests SET owed_since = now() WHERE payment_id = $1', [paymentId]);
}

/** Since when the workflow is owed a start or a nudge; null: it is owed none. To be read before it is told. */
export async function findOwedSince(tx: Sql, paymentId: string): Promise<string | null> {
  const { rows } = await tx.query<{ owedSince: string | null }>(
    'SELECT owed_since::text AS "owedSince" FROM payment_requests WHERE payment_id = $1',
    [paymentId],
  );
  return rows[0]?.owedSince ?? null;
}

/** The workflow knows of this wish: it looks at the row itself. A newer one, which it may not have seen, stays owed. */
export async function markNudged(sql: Sql, paymentId: string, owedSince: string): Promise<void> {
  await sql.query(
    'UPDATE payment_requests SET owed_since = NULL WHERE payment_id = $1 AND owed_since = $2::timestamptz',
    [paymentId, owedSince],
  );
}

/** Requests whose workflow has been owed a start or a nudge for a while, longest first; system role. */
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
