import { DISPUTE_STATUSES } from '../domain/standing.ts';
import type { Sql } from './pool.ts';

/** True if row `e` names a page that is paid only once (Stripe's session), and so its charge. */
const NAMES_A_PAGE = `EXISTS (
    SELECT FROM provider_pages g WHERE g.payment_id = e.payment_id AND g.account_id = e.account_id AND g.provider_page_id = e.names)`;

const inOrder = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]`;
const DISPUTE_ORDER = inOrder(DISPUTE_STATUSES);
const REFUND_ORDER = inOrder(['pending', 'succeeded', 'declined']);

/** True if a refund `t` had succeeded and a person was asked because the vendor took it back. */
const IS_TAKEN_BACK = `EXISTS (SELECT FROM review_questions q WHERE q.payment_id = t.payment_id AND (
    (q.reason = 'reconciliation' AND q.subject = t.id || ' taken back')
    OR (q.reason = 'refund_reversed' AND q.subject IN (SELECT r.id FROM refunds r WHERE t.id IN (r.transaction_id, r.recognised_id)))))`;

/** Whether refund `t` or dispute `d` is in the books at least as far as row `e` says. A row that names no status does not say. */
const IS_REFUND_SO_FAR = `(e.names_status IS NULL OR array_position(${REFUND_ORDER}, e.names_status) <=
    array_position(${REFUND_ORDER}, CASE WHEN ${IS_TAKEN_BACK} THEN 'declined' ELSE t.status END))`;
const IS_DISPUTE_SO_FAR = `(e.names_status IS NULL
    OR array_position(${DISPUTE_ORDER}, e.names_status) <= array_position(${DISPUTE_ORDER}, d.status))`;

/**
 * Whether our books have what an inbox row `e` is about. A charge counts once it succeeded. A row about a charge that
 * names none counts as known once the vendor was asked and any charge of the payment succeeded. Other rows that name
 * nothing count as known once the vendor was asked. A refund or dispute must be there as far as the vendor signed it: a read-back
 * may show it before its end.
 */
export const IS_IN_BOOKS = `CASE
  WHEN e.kind = 'charge' AND (e.names IS NULL OR ${NAMES_A_PAGE}) THEN
    EXISTS (SELECT FROM provider_transactions t WHERE t.payment_id = e.payment_id AND t.kind = 'charge' AND t.status = 'succeeded')
  WHEN e.kind = 'charge' THEN
    EXISTS (SELECT FROM provider_transactions t WHERE t.account_id = e.account_id AND t.provider_transaction_id = e.names AND t.status = 'succeeded')
  WHEN e.kind = 'refund' AND e.names IS NOT NULL THEN
    EXISTS (SELECT FROM provider_transactions t WHERE t.account_id = e.account_id AND t.kind = 'refund' AND (t.provider_transaction_id = e.names OR t.refund_of = e.names) AND ${IS_REFUND_SO_FAR})
  WHEN e.kind = 'dispute' AND e.names IS NOT NULL THEN
    EXISTS (SELECT FROM disputes d WHERE d.account_id = e.account_id AND d.provider_dispute_id = e.names AND ${IS_DISPUTE_SO_FAR})
  ELSE true END`;

/**
 * A row `e` that a read-back cannot change. It names a charge of a settled payment that is in the books, or the only
 * page of it. A row that names neither may be about a second charge.
 */
export const IS_OLD_NEWS = `e.kind = 'charge' AND e.names IS NOT NULL AND EXISTS (
    SELECT FROM payments p WHERE p.id = e.payment_id AND p.status IN ('completed', 'partially_refunded', 'refunded', 'disputed'))
  AND (NOT ${NAMES_A_PAGE} OR (SELECT count(*) FROM provider_pages g WHERE g.payment_id = e.payment_id) = 1)`;

const OPEN = `e.payment_id = $1 AND e.handled_at IS NULL AND e.verdict = 'accepted'`;
const CLOSE = 'UPDATE provider_events e SET handled_at = now(), due_at = NULL, handled_as = ';

/** Closes rows that name a settled charge: nothing has to be asked. */
export async function closeOldNews(tx: Sql, paymentId: string): Promise<void> {
  await tx.query(`${CLOSE}'no_change' WHERE ${OPEN} AND ${IS_OLD_NEWS} AND ${IS_IN_BOOKS}`, [paymentId]);
}

/**
 * After the vendor was asked, closes the rows that the books now cover: those that were asked about, and others that
 * name a charge. A succeeded charge stays succeeded. Refunds and disputes change: news of them that came during the
 * question may say more than the answer, so it stays open. A declined try settled nothing, also where a later one did.
 */
export async function closeNews(
  tx: Sql,
  paymentId: string,
  ids: readonly string[],
  handledAs: string,
): Promise<void> {
  await tx.query(
    `${CLOSE}CASE WHEN e.kind = 'decline' AND $3 = 'settled' THEN 'no_change' ELSE $3 END WHERE ${OPEN} AND ${IS_IN_BOOKS}
       AND (e.id = ANY($2) OR (e.kind = 'charge' AND e.names IS NOT NULL AND NOT ${NAMES_A_PAGE}))`,
    [paymentId, ids, handledAs],
  );
}

/** News that the vendor signed but did not show when asked. */
export interface OpenNews {
  readonly id: string;
  readonly kind: string | null;
  readonly receivedAt: Date;
}

/** A payment's rows that are open, oldest first. */
export async function listOpenNews(tx: Sql, paymentId: string): Promise<OpenNews[]> {
  const { rows } = await tx.query<OpenNews>(
    `SELECT e.id, e.kind, e.received_at AS "receivedAt" FROM provider_events e WHERE ${OPEN} ORDER BY e.received_at, e.id`,
    [paymentId],
  );
  return rows;
}

/** When a row is looked at again; null closes it as never confirmed. */
export async function putOffNews(
  tx: Sql,
  rows: readonly { readonly id: string; readonly dueAt: Date | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE provider_events e SET due_at = n.due_at,
       handled_at = CASE WHEN n.due_at IS NULL THEN now() END,
       handled_as = CASE WHEN n.due_at IS NULL THEN 'unconfirmed' END
     FROM unnest($1::text[], $2::timestamptz[]) AS n(id, due_at)
     WHERE e.id = n.id AND e.handled_at IS NULL AND e.verdict = 'accepted'`,
    [rows.map(({ id }) => id), rows.map(({ dueAt }) => dueAt)],
  );
}

/** Since when a pending charge of this payment is waited for; null if there is none. */
export async function findPendingChargeSince(tx: Sql, paymentId: string): Promise<Date | null> {
  const { rows } = await tx.query<{ since: Date | null }>(
    `SELECT min(created_at) AS since FROM provider_transactions
     WHERE payment_id = $1 AND kind = 'charge' AND status = 'pending'`,
    [paymentId],
  );
  return rows[0]?.since ?? null;
}

/**
 * Records that a charge is on its way and when the provider is asked next; null if none is. The standing makes the
 * outcome unknown. Returns whether this changed anything.
 */
export async function setChargeUnderWay(tx: Sql, id: string, nextCheckAt: Date | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE payments SET charge_check_at = $2 WHERE id = $1 AND charge_check_at IS DISTINCT FROM $2',
    [id, nextCheckAt],
  );
  return (rowCount ?? 0) > 0;
}
