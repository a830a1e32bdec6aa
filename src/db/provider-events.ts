import { IS_IN_BOOKS, IS_OLD_NEWS } from './news.ts';
import type { Sql } from './pool.ts';

/** A row of the inbox. Body and headers are sealed; `handledAs` is a word for what came of it. */
export interface ProviderEventRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly eventId: string;
  readonly kind: string | null;
  readonly paymentId: string | null;
  readonly verdict: 'accepted' | 'quarantined' | 'refused';
  readonly reason: string | null;
  readonly receivedAt: Date;
  readonly signalledAt: Date | null;
  readonly handledAt: Date | null;
  readonly handledAs: string | null;
}

/** An incoming webhook to store. */
export interface NewProviderEvent {
  readonly id: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly eventId: string;
  readonly kind: string | null;
  /** The charge, refund or dispute that it is about, by the vendor's id. */
  readonly names: string | null;
  /** The status of that refund or dispute, in our words, if the vendor signed one that we know. */
  readonly namesStatus: string | null;
  /** What the event says it belongs to. Only a page or payment of this very account counts. */
  readonly claimed: {
    readonly pageId: string | null;
    readonly paymentId: string | null;
    readonly transactionId: string | null;
    /** The vendor signed it, so the payment that it names goes before the page that it names. */
    readonly isSigned: boolean;
  };
  /** The vendor certainly sent it: its signature, or the secret of the page that it names, is right. */
  readonly isProven: boolean;
  /** Why it is quarantined, if it names no payment of the account. */
  readonly reason: string;
  readonly bodySealed: Buffer;
  readonly headersSealed: Buffer;
  readonly bodySha256: Buffer;
  readonly remoteAddress: string | null;
  readonly receivedAt: Date;
}

/** Columns of a row. */
export const COLUMNS = `id, workspace_id AS "workspaceId", account_id AS "accountId", provider, event_id AS "eventId", kind,
  payment_id AS "paymentId", verdict, reason, received_at AS "receivedAt", signalled_at AS "signalledAt",
  handled_at AS "handledAt", handled_as AS "handledAs"`;

/** SQL for the payment that an event claims to belong to, if it is one of the account. Takes the names of parameters. */
export const toPaymentId = (of: {
  readonly account: string;
  readonly page: string;
  readonly payment: string;
  readonly transaction: string;
  readonly isSigned: string;
}): string => `coalesce(
  (SELECT id FROM payments WHERE ${of.isSigned}::boolean AND id = ${of.payment} AND account_id = ${of.account}),
  (SELECT payment_id FROM provider_pages WHERE account_id = ${of.account} AND provider_page_id = ${of.page}),
  (SELECT id FROM payments WHERE id = ${of.payment} AND account_id = ${of.account}),
  (SELECT payment_id FROM provider_transactions WHERE account_id = ${of.account} AND provider_transaction_id = ${of.transaction}))`;

/**
 * Stores an event once and finds its payment, in one statement. An event that names none of the account's payments is
 * quarantined. One that names a settled charge counts as handled. Null for a duplicate, which changes nothing.
 * A proven one ends a run of refused webhooks of the account. `freshFor`: seconds in which the caller itself tells the payment. System role, since a vendor knows no workspace.
 */
export async function insertProviderEvent(
  sql: Sql,
  event: NewProviderEvent,
  freshFor = FRESH_SECONDS,
): Promise<Pick<ProviderEventRow, 'paymentId' | 'verdict' | 'handledAt'> | null> {
  const { rows } = await sql.query<Pick<ProviderEventRow, 'paymentId' | 'verdict' | 'handledAt'>>(
    `WITH claimed AS (
       SELECT ${toPaymentId({ account: '$3', page: '$7', payment: '$8', transaction: '$15', isSigned: '$16' })} AS payment_id
     ), e AS (
       SELECT claimed.payment_id, $3::text AS account_id, $6::text AS kind, $17::text AS names, $19::text AS names_status FROM claimed
     ), known AS (
       SELECT e.payment_id, e.payment_id IS NOT NULL AND ${IS_OLD_NEWS} AND ${IS_IN_BOOKS} AS is_old FROM e
     ), proven AS (
       UPDATE webhook_refusals SET in_a_row = 0 WHERE account_id = $3 AND in_a_row > 0 AND $20::boolean
     )
     INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, kind, payment_id, verdict, reason,
       body_sealed, headers_sealed, body_sha256, remote_address, received_at, provider_transaction_id,
       names, names_status, handled_at, handled_as, due_at)
     SELECT $1, $2, $3, $4, $5, $6, payment_id, CASE WHEN payment_id IS NULL THEN 'quarantined' ELSE 'accepted' END,
       CASE WHEN payment_id IS NULL THEN $9 END, $10, $11, $12, $13, $14, $15, $17, $19,
       CASE WHEN is_old THEN now() END, CASE WHEN is_old THEN 'no_change' END,
       CASE WHEN payment_id IS NOT NULL AND NOT is_old THEN now() + make_interval(secs => $18) END
     FROM known
     ON CONFLICT (account_id, event_id) DO NOTHING
     RETURNING payment_id AS "paymentId", verdict, handled_at AS "handledAt"`,
    [
      event.id,
      event.workspaceId,
      event.accountId,
      event.provider,
      event.eventId,
      event.kind,
      event.claimed.pageId,
      event.claimed.paymentId,
      event.reason,
      event.bodySealed,
      event.headersSealed,
      event.bodySha256,
      event.remoteAddress,
      event.receivedAt,
      event.claimed.transactionId,
      event.claimed.isSigned,
      event.names,
      freshFor,
      event.namesStatus,
      event.isProven,
    ],
  );
  return rows[0] ?? null;
}

/** Whether an account got too many webhooks within the hour that name nothing of it. */
export async function hasQuarantined(sql: Sql, accountId: string, count: number): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT 1 FROM provider_events
     WHERE account_id = $1 AND verdict = 'quarantined' AND received_at > now() - interval '1 hour' OFFSET $2 LIMIT 1`,
    [accountId, count - 1],
  );
  return rows.length > 0;
}

/** The API has just stored this row and tells the payment itself. */
const FRESH_SECONDS = 3;

/** A row of the inbox, without its body. Null: `tx` sees none. */
export async function findProviderEvent(tx: Sql, id: string): Promise<ProviderEventRow | null> {
  const { rows } = await tx.query<ProviderEventRow>(`SELECT ${COLUMNS} FROM provider_events WHERE id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** Events of a payment, oldest first. */
export async function listPaymentEvents(tx: Sql, paymentId: string): Promise<ProviderEventRow[]> {
  const { rows } = await tx.query<ProviderEventRow>(
    `SELECT ${COLUMNS} FROM provider_events WHERE payment_id = $1 ORDER BY received_at, id`,
    [paymentId],
  );
  return rows;
}

/** A signal without effect is repeated after the age of the row, 1 minute to 6 hours. */
const SIGNAL_AGAIN = `now() + least(greatest(now() - received_at, interval '1 minute'), interval '6 hours')`;

/** Records that the payment was told about these. Rows that it delayed or closed meanwhile stay so. */
export async function markSignalled(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    `UPDATE provider_events SET signalled_at = now(),
       due_at = CASE WHEN due_at IS NULL THEN NULL ELSE greatest(due_at, ${SIGNAL_AGAIN}) END
     WHERE id = ANY($1)`,
    [ids],
  );
}

/**
 * Releases quarantined events that came before the transaction that they name, now that it is in the books. They
 * belong to its payment. System role, for the sweeper.
 */
export async function acceptEarlyEvents(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(
    `UPDATE provider_events e SET verdict = 'accepted', reason = NULL, payment_id = t.payment_id, due_at = now()
     FROM provider_transactions t
     WHERE e.verdict = 'quarantined' AND e.handled_at IS NULL AND e.provider_transaction_id IS NOT NULL
       AND t.account_id = e.account_id AND t.provider_transaction_id = e.provider_transaction_id`,
  );
  return rowCount ?? 0;
}

/**
 * Events that a payment must be told about: never told, told so long ago that the signal must be lost, or due again.
 * They are marked as told at once, so that no row is locked while Temporal is called and sweepers share the work.
 * System role.
 */
export async function claimDue(sql: Sql, limit: number): Promise<ProviderEventRow[]> {
  const { rows } = await sql.query<ProviderEventRow>(
    `UPDATE provider_events SET signalled_at = now(), due_at = ${SIGNAL_AGAIN}
     WHERE id IN (SELECT id FROM provider_events WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [limit],
  );
  return rows;
}

/** Releases events that were claimed and could not be signalled. */
export async function unclaim(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    'UPDATE provider_events SET signalled_at = NULL, due_at = now() WHERE id = ANY($1) AND due_at IS NOT NULL',
    [ids],
  );
}

/** A row that its payment was told about without any effect. */
export interface UnheardEvent {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
}

/**
 * Rows signalled 20 seconds ago and untouched since, one per payment, oldest first. A workflow that receives a signal
 * closes its rows or moves their `due_at`, so an unchanged `due_at` shows that none did. System role, for the
 * sweeper.
 */
export async function listUnheard(sql: Sql, limit: number): Promise<UnheardEvent[]> {
  const { rows } = await sql.query<UnheardEvent>(
    `SELECT id, workspace_id AS "workspaceId", payment_id AS "paymentId" FROM (
       SELECT DISTINCT ON (payment_id) id, workspace_id, payment_id, signalled_at FROM provider_events
       WHERE due_at IS NOT NULL AND handled_at IS NULL AND verdict = 'accepted' AND payment_id IS NOT NULL
         AND signalled_at < now() - interval '20 seconds'
         AND due_at = signalled_at + least(greatest(signalled_at - received_at, interval '1 minute'), interval '6 hours')
       ORDER BY payment_id, received_at) AS unheard
     ORDER BY signalled_at LIMIT $1`,
    [limit],
  );
  return rows;
}
