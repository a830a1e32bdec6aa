import type { Sql } from './pool.ts';

/** A movement as a vendor's listing tells it, as far as a job may carry it: no name and no means. Amount in minor units. */
export interface ListedMovement {
  readonly transactionId: string;
  readonly kind: 'charge' | 'refund';
  readonly status: 'succeeded' | 'declined' | 'pending';
  readonly amount: number;
  readonly currency: string;
}

/** A payment to be looked into: what of it a listing tells otherwise than our books, and what of ours it does not tell. */
export interface SuspectPayment {
  readonly id: string;
  readonly listed: readonly ListedMovement[];
  /** The vendor's ids. */
  readonly unlisted: readonly string[];
}

/** The comparison with what vendors say: of all accounts (`workspaceId` null) or one workspace's, of one account, of some payments. */
export type ReconcileJob =
  | { readonly kind: 'all'; readonly workspaceId: string | null }
  | { readonly kind: 'account'; readonly workspaceId: string; readonly accountId: string }
  | { readonly kind: 'payments'; readonly workspaceId: string; readonly payments: readonly SuspectPayment[] };

/** Every way in which a vendor's books and ours can differ. */
export type DifferenceKind =
  /** Money that moved there and is in no row of ours, though it was asked about. */
  | 'unknown_transaction'
  /** Money of ours that the vendor no longer shows. */
  | 'missing_transaction'
  | 'other_amount'
  /** Succeeded there and not here, or the other way round. */
  | 'other_status'
  /** A document with our key that we did not push. */
  | 'unknown_document'
  /** A second document with the key of one that we pushed. */
  | 'doubled_document'
  /** A document of ours that the service no longer shows. */
  | 'missing_document'
  | 'other_total';

/** Accounts in force, and those that anything happened at since `since`; system role. */
export async function listAccountsToReconcile(
  sql: Sql,
  { since, workspaceId }: { readonly since: Date; readonly workspaceId: string | null },
): Promise<{ id: string; workspaceId: string }[]> {
  const { rows } = await sql.query<{ id: string; workspaceId: string }>(
    `SELECT id, workspace_id AS "workspaceId" FROM provider_accounts a
     WHERE ($2::text IS NULL OR workspace_id = $2) AND (is_active
       OR EXISTS (SELECT FROM provider_pages WHERE account_id = a.id AND expires_at >= $1)
       OR EXISTS (SELECT FROM provider_transactions WHERE account_id = a.id AND paid_at >= $1)
       OR EXISTS (SELECT FROM invoice_pushes WHERE account_id = a.id AND created_at >= $1))
     ORDER BY id`,
    [since, workspaceId],
  );
  return rows;
}

/** Ids of an account's payments that money moved for, or that had a page to pay on, since `since`. */
export async function listPaymentsSince(tx: Sql, accountId: string, since: Date): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT payment_id AS id FROM provider_pages WHERE account_id = $1 AND expires_at >= $2
     UNION
     SELECT payment_id FROM provider_transactions WHERE account_id = $1 AND paid_at >= $2
     ORDER BY id`,
    [accountId, since],
  );
  return rows.map(({ id }) => id);
}

/** A movement in our books. */
export interface BookedMovement extends ListedMovement {
  readonly paymentId: string;
  readonly paidAt: Date;
}

const MOVEMENT = `provider_transaction_id AS "transactionId", payment_id AS "paymentId", kind, status, amount, currency,
  paid_at AS "paidAt"`;

/** An account's movements by the vendor's ids, and all of one payment where `paymentId` is given. */
export async function listMovements(
  tx: Sql,
  accountId: string,
  by: { readonly transactionIds: readonly string[]; readonly paymentId: string | null },
): Promise<BookedMovement[]> {
  const { rows } = await tx.query<BookedMovement>(
    `SELECT ${MOVEMENT} FROM provider_transactions
     WHERE account_id = $1 AND (provider_transaction_id = ANY($2) OR payment_id = $3)`,
    [accountId, by.transactionIds, by.paymentId],
  );
  return rows;
}

/** An account's movements that succeeded in a time, end excluded. */
export async function listSucceededBetween(
  tx: Sql,
  accountId: string,
  from: Date,
  until: Date,
): Promise<BookedMovement[]> {
  const { rows } = await tx.query<BookedMovement>(
    `SELECT ${MOVEMENT} FROM provider_transactions
     WHERE account_id = $1 AND status = 'succeeded' AND paid_at >= $2 AND paid_at < $3`,
    [accountId, from, until],
  );
  return rows;
}

/** Which of these are payments of the account. */
export async function listPaymentsOf(
  tx: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM payments WHERE account_id = $1 AND id = ANY($2)',
    [accountId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A document of ours, as far as an account at an invoice service has to do with it. `key` is what it was pushed under. */
export interface OwedDocument {
  readonly documentId: string;
  readonly paymentId: string;
  readonly key: string;
  readonly total: number;
  readonly currency: string;
  readonly status: 'pending' | 'pushed' | 'failed';
  readonly externalId: string | null;
  readonly pushedAt: Date | null;
}

/** Documents that are owed to the account, or lie there: those of the keys, and those that were pushed since `since`. */
export async function listOwedDocuments(
  tx: Sql,
  accountId: string,
  by: { readonly keys: readonly string[]; readonly since: Date },
): Promise<OwedDocument[]> {
  const { rows } = await tx.query<OwedDocument>(
    `SELECT p.document_id AS "documentId", d.payment_id AS "paymentId", coalesce(d.refund_id, d.payment_id) AS key,
       d.total, d.currency, p.status, p.external_id AS "externalId", p.pushed_at AS "pushedAt"
     FROM invoice_pushes p JOIN tax_documents d ON d.id = p.document_id
     WHERE p.account_id = $1
       AND (p.pushed_at >= $3 OR d.refund_id = ANY($2) OR (d.refund_id IS NULL AND d.payment_id = ANY($2)))`,
    [accountId, by.keys, by.since],
  );
  return rows;
}

/** The payments that ids of payments and refunds belong to, as far as there are such in the workspace. */
export async function findPaymentsByKey(tx: Sql, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ key: string; paymentId: string }>(
    `SELECT id AS key, id AS "paymentId" FROM payments WHERE id = ANY($1)
     UNION ALL SELECT id, payment_id FROM refunds WHERE id = ANY($1)`,
    [keys],
  );
  return new Map(rows.map(({ key, paymentId }) => [key, paymentId]));
}

/** Writes down a difference; false where it was told before. */
export async function insertFinding(
  tx: Sql,
  finding: {
    readonly workspaceId: string;
    readonly accountId: string;
    readonly paymentId: string;
    readonly kind: DifferenceKind;
    readonly subject: string;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO reconciliation_findings (workspace_id, account_id, payment_id, kind, subject) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (account_id, kind, subject) DO NOTHING`,
    [finding.workspaceId, finding.accountId, finding.paymentId, finding.kind, finding.subject],
  );
  return rowCount === 1;
}
