import type { Sql } from './pool.ts';
import { exactly } from './conditions.ts';
import type { Listed } from './conditions.ts';
import { COLUMNS, toPaymentId } from './provider-events.ts';
import type { NewProviderEvent, ProviderEventRow } from './provider-events.ts';

/** How an incoming webhook stands. */
export type InboxStatus = 'handled' | 'pending' | 'quarantined' | 'refused';

/** Newest first across all workspaces, one more than `limit`. System role, for admins. */
export async function listInbox(
  sql: Sql,
  page: { status: InboxStatus | null; after: { receivedAt: string; id: string } | null; limit: number },
): Promise<Listed<ProviderEventRow>[]> {
  const where = page.status === null ? ['true'] : [INBOX[page.status]];
  const values: unknown[] = [page.limit + 1];
  if (page.after !== null) {
    where.push('(received_at, id) < ($2, $3)');
    values.push(page.after.receivedAt, page.after.id);
  }
  const { rows } = await sql.query<Listed<ProviderEventRow>>(
    `SELECT ${COLUMNS}, ${exactly('received_at')} AS "sortKey" FROM provider_events WHERE ${where.join(' AND ')}
     ORDER BY received_at DESC, id DESC LIMIT $1`,
    values,
  );
  return rows;
}

const INBOX: Readonly<Record<InboxStatus, string>> = {
  handled: "handled_at IS NOT NULL AND verdict <> 'refused'",
  pending: "handled_at IS NULL AND verdict = 'accepted'",
  quarantined: "handled_at IS NULL AND verdict = 'quarantined'",
  refused: "verdict = 'refused'",
};

/** A webhook that did not prove its sender. Its body is not kept. */
export type RefusedEvent = Pick<
  NewProviderEvent,
  | 'id'
  | 'workspaceId'
  | 'accountId'
  | 'provider'
  | 'reason'
  | 'headersSealed'
  | 'bodySha256'
  | 'remoteAddress'
  | 'receivedAt'
>;

const REFUSED_AN_HOUR = 60;

/**
 * Keeps a refused webhook, unless the account has enough of this hour. Its event id is our own: a forger must not use up the vendor's.
 * System role.
 */
export async function insertRefusedEvent(tx: Sql, event: RefusedEvent): Promise<void> {
  await tx.query(
    `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, verdict, reason, headers_sealed,
       body_sha256, remote_address, received_at, handled_at, handled_as)
     SELECT $1, $2, $3, $4, 'refused:' || $1, 'refused', $5, $6, $7, $8, $9, now(), 'refused'
     WHERE NOT EXISTS (
       SELECT FROM provider_events WHERE account_id = $3 AND verdict = 'refused' AND received_at > now() - interval '1 hour'
       OFFSET ${REFUSED_AN_HOUR - 1})`,
    [
      event.id,
      event.workspaceId,
      event.accountId,
      event.provider,
      event.reason,
      event.headersSealed,
      event.bodySha256,
      event.remoteAddress,
      event.receivedAt,
    ],
  );
}

/** A row with what came in, sealed. */
export interface InboxDelivery extends ProviderEventRow {
  /** Null: it was not kept, or was deleted since. */
  readonly bodySealed: Buffer | null;
  readonly headersSealed: Buffer | null;
  readonly bodySha256: Buffer;
  readonly remoteAddress: string | null;
}

const DELIVERY = `${COLUMNS}, body_sealed AS "bodySealed", headers_sealed AS "headersSealed", body_sha256 AS "bodySha256",
  remote_address AS "remoteAddress"`;

/** System role, for admins. */
export async function findDelivery(sql: Sql, id: string): Promise<InboxDelivery | null> {
  const { rows } = await sql.query<InboxDelivery>(`SELECT ${DELIVERY} FROM provider_events WHERE id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** What came in about a payment, oldest first. */
export async function listDeliveries(
  tx: Sql,
  paymentId: string,
  limit: number,
): Promise<readonly InboxDelivery[]> {
  const { rows } = await tx.query<InboxDelivery>(
    `SELECT ${DELIVERY} FROM provider_events WHERE payment_id = $1 ORDER BY received_at, id LIMIT $2`,
    [paymentId, limit],
  );
  return rows;
}

/** One row, held until the end of the transaction. */
export async function lockDelivery(tx: Sql, id: string): Promise<InboxDelivery | null> {
  const { rows } = await tx.query<InboxDelivery>(
    `SELECT ${DELIVERY} FROM provider_events WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** Opens an accepted row again: its payment is told of it anew. */
export async function reopenEvent(tx: Sql, id: string): Promise<ProviderEventRow | null> {
  const { rows } = await tx.query<ProviderEventRow>(
    `UPDATE provider_events SET handled_at = NULL, handled_as = NULL, signalled_at = NULL, due_at = now()
     WHERE id = $1 AND verdict = 'accepted' RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] ?? null;
}

/** What a quarantined row says when it is read again. */
export type Reread = Pick<
  NewProviderEvent,
  'id' | 'accountId' | 'eventId' | 'kind' | 'names' | 'namesStatus' | 'claimed' | 'reason'
>;

/**
 * Takes a quarantined row out of quarantine if it names a payment of its account now. Null: the vendor sent this event
 * again meanwhile, and that row counts.
 */
export async function acceptReread(tx: Sql, event: Reread): Promise<ProviderEventRow | null> {
  const { pageId, paymentId, transactionId, isSigned } = event.claimed;
  const parameters = { account: '$2', page: '$3', payment: '$4', transaction: '$5', isSigned: '$6' };
  const { rows } = await tx.query<ProviderEventRow>(
    `UPDATE provider_events SET event_id = $7, kind = $8, names = $9, names_status = $10, provider_transaction_id = $5,
       payment_id = claimed.id, reason = CASE WHEN claimed.id IS NULL THEN $11 END, handled_at = NULL, handled_as = NULL,
       verdict = CASE WHEN claimed.id IS NULL THEN 'quarantined' ELSE 'accepted' END,
       due_at = CASE WHEN claimed.id IS NOT NULL THEN now() END
     FROM (SELECT ${toPaymentId(parameters)} AS id) AS claimed
     WHERE provider_events.id = $1 AND NOT EXISTS (
       SELECT FROM provider_events o WHERE o.account_id = $2 AND o.event_id = $7 AND o.id <> $1)
     RETURNING ${COLUMNS.replace('id,', 'provider_events.id,')}`,
    [
      event.id,
      event.accountId,
      pageId,
      paymentId,
      transactionId,
      isSigned,
      event.eventId,
      event.kind,
      event.names,
      event.namesStatus,
      event.reason,
    ],
  );
  return rows[0] ?? null;
}

/** Closes a quarantined row of an event that another row has. */
export async function closeDuplicate(tx: Sql, id: string): Promise<ProviderEventRow | null> {
  const { rows } = await tx.query<ProviderEventRow>(
    `UPDATE provider_events SET handled_at = now(), handled_as = 'duplicate' WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] ?? null;
}
