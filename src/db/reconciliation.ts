import type { Sql } from './pool.ts';

/**
 * A transaction as a vendor lists it, reduced to what a job may hold: no name and no means. Amount in minor units.
 */
export interface ListedTransaction {
  readonly transactionId: string;
  readonly kind: 'charge' | 'refund';
  readonly status: 'succeeded' | 'declined' | 'pending';
  readonly amount: number;
  readonly currency: string;
}

/** A payment to compare: where its list differs from our books, and what the list lacks. */
export interface SuspectPayment {
  readonly id: string;
  readonly listed: readonly ListedTransaction[];
  /** The vendor's ids. */
  readonly unlisted: readonly string[];
}

/**
 * A comparison with vendors: of all accounts (`workspaceId` null), of one workspace, of one account, or of some
 * payments.
 */
export type ReconcileJob =
  | { readonly kind: 'all'; readonly workspaceId: string | null }
  | { readonly kind: 'account'; readonly workspaceId: string; readonly accountId: string }
  | {
      readonly kind: 'payments';
      readonly workspaceId: string;
      readonly payments: readonly SuspectPayment[];
      /** When these payments were compared, the account is marked as compared up to this time, ISO 8601. */
      readonly compared?: { readonly accountId: string; readonly until: string };
    };

/** Every kind of difference between a vendor's books and ours. */
export type DifferenceKind =
  /** A transaction that the vendor shows and our books lack, although it was asked about. */
  | 'unknown_transaction'
  /** A transaction of ours that the vendor no longer shows. */
  | 'missing_transaction'
  | 'other_amount'
  /** Succeeded at the vendor and not here, or the other way round. */
  | 'other_status'
  /** A dispute with another status at the vendor. */
  | 'other_dispute'
  /** A document with our key that we did not push. */
  | 'unknown_document'
  /** A second document with the key of one that we pushed. */
  | 'doubled_document'
  /** A document of ours that the service no longer shows. */
  | 'missing_document'
  | 'other_total';

/** Active accounts, and those with any change since `since`. System role. */
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

/** The time that a comparison is about. */
export interface ComparedPeriod {
  /** Earlier than `lastAt`: a vendor may show things late. */
  readonly from: Date;
  /** Up to here the account was compared before. */
  readonly lastAt: Date;
  readonly until: Date;
}

/**
 * A vendor without lists is asked about a payment again after this many days, to find refunds and disputes made
 * there. The first three nights come before: every comparison looks three days back.
 */
const LATE_AGES_DAYS = [7, 14, 30, 60, 90];

/**
 * Ids of an account's payments that may have changed. Money moved since `from`, or came to a late age since the last
 * comparison. Or nobody has paid, and a page was made or ended since `from`. Open pages in between are polled by their
 * workflow.
 * `OFFSET 0` makes PostgreSQL look up each late age by itself. Without it, the planner may read all of an account's transactions.
 */
export async function listPaymentsToAsk(
  tx: Sql,
  accountId: string,
  { from, lastAt, until }: ComparedPeriod,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT t.payment_id AS id FROM provider_transactions t WHERE t.account_id = $1 AND t.paid_at >= $2
     UNION
     SELECT late.payment_id FROM unnest($4::integer[]) AS age CROSS JOIN LATERAL (
       SELECT t.payment_id FROM provider_transactions t
       WHERE t.account_id = $1 AND t.paid_at >= $5::timestamptz - make_interval(days => age)
         AND t.paid_at < $3::timestamptz - make_interval(days => age) OFFSET 0) AS late
     UNION
     SELECT g.payment_id FROM provider_pages g JOIN payments p ON p.id = g.payment_id
     WHERE g.account_id = $1 AND g.expires_at >= $2 AND g.expires_at < $3 AND p.completed_at IS NULL
     UNION
     SELECT g.payment_id FROM provider_pages g JOIN payments p ON p.id = g.payment_id
     WHERE g.account_id = $1 AND g.created_at >= $2 AND p.completed_at IS NULL
     ORDER BY id`,
    [accountId, from, until, LATE_AGES_DAYS, lastAt],
  );
  return rows.map(({ id }) => id);
}

/** A transaction in our books. */
export interface BookedTransaction extends ListedTransaction {
  readonly paymentId: string;
  readonly paidAt: Date;
}

const TRANSACTION = `provider_transaction_id AS "transactionId", payment_id AS "paymentId", kind, status, amount, currency,
  paid_at AS "paidAt"`;

/** Transactions of an account by the vendor's ids, plus all of one payment if `paymentId` is given. */
export async function listTransactions(
  tx: Sql,
  accountId: string,
  by: { readonly transactionIds: readonly string[]; readonly paymentId: string | null },
): Promise<BookedTransaction[]> {
  const { rows } = await tx.query<BookedTransaction>(
    `SELECT ${TRANSACTION} FROM provider_transactions
     WHERE account_id = $1 AND (provider_transaction_id = ANY($2) OR payment_id = $3)`,
    [accountId, by.transactionIds, by.paymentId],
  );
  return rows;
}

/** Transactions of an account that succeeded in a period, end excluded. */
export async function listSucceededBetween(
  tx: Sql,
  accountId: string,
  from: Date,
  until: Date,
): Promise<BookedTransaction[]> {
  const { rows } = await tx.query<BookedTransaction>(
    `SELECT ${TRANSACTION} FROM provider_transactions
     WHERE account_id = $1 AND status = 'succeeded' AND paid_at >= $2 AND paid_at < $3`,
    [accountId, from, until],
  );
  return rows;
}

/** The ids among these that are payments of the account. */
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

/** A document of ours as an account at an invoice service has it. `key` is the id under which it was pushed. */
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

/** Documents that are due at the account or lie there: those of the keys, and those pushed since `since`. */
export async function listOwedDocuments(
  tx: Sql,
  accountId: string,
  by: { readonly keys: readonly string[]; readonly since: Date },
): Promise<OwedDocument[]> {
  const { rows } = await tx.query<OwedDocument>(
    `WITH asked AS (
       SELECT document_id AS id FROM invoice_pushes WHERE account_id = $1 AND pushed_at >= $3
       UNION SELECT id FROM tax_documents WHERE refund_id = ANY($2)
       UNION SELECT id FROM tax_documents WHERE id = ANY($2) AND reverses_document_id IS NOT NULL
       UNION SELECT id FROM tax_documents
         WHERE payment_id = ANY($2) AND refund_id IS NULL AND reverses_document_id IS NULL)
     SELECT p.document_id AS "documentId", d.payment_id AS "paymentId",
       CASE WHEN d.reverses_document_id IS NULL THEN coalesce(d.refund_id, d.payment_id) ELSE d.id END AS key,
       d.total, d.currency, p.status, p.external_id AS "externalId", p.pushed_at AS "pushedAt"
     FROM asked JOIN invoice_pushes p ON p.document_id = asked.id JOIN tax_documents d ON d.id = asked.id
     WHERE p.account_id = $1`,
    [accountId, by.keys, by.since],
  );
  return rows;
}

/** The payments that these ids of payments and refunds belong to, if they exist in the workspace. */
export async function findPaymentsByKey(tx: Sql, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ key: string; paymentId: string }>(
    `SELECT id AS key, id AS "paymentId" FROM payments WHERE id = ANY($1)
     UNION ALL SELECT id, payment_id FROM refunds WHERE id = ANY($1)
     UNION ALL SELECT id, payment_id FROM tax_documents WHERE reverses_document_id IS NOT NULL AND id = ANY($1)`,
    [keys],
  );
  return new Map(rows.map(({ key, paymentId }) => [key, paymentId]));
}

/** Records a difference; false if it was recorded before. */
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
