import type { Means } from '../domain/means.ts';
import type { Sql } from './pool.ts';

/**
 * A transaction as stored: a charge, a refund, or a failed attempt. `amount` in minor units of the vendor's
 * `currency`.
 */
export interface TransactionRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Null for money without a provider; its id is then that of our payment or refund. */
  readonly accountId: string | null;
  readonly providerTransactionId: string;
  readonly kind: 'charge' | 'refund';
  readonly status: 'succeeded' | 'declined' | 'pending';
  readonly amount: number;
  readonly currency: string;
  readonly paidAt: Date;
  readonly paidAtRaw: string;
  readonly means: readonly Means[];
  readonly payerName: string | null;
  readonly refundOf: string | null;
  readonly refundReference: string | null;
  /** The secret needed to act on it, sealed together with the row's id. */
  readonly secretSealed: Buffer | null;
  /** For a charge: how much of it the vendor can refund, in minor units. Null for all of it. */
  readonly refundableAmount: number | null;
  readonly rawCode: string;
  readonly foreignDocument: string | null;
  /** When we first learned of it. */
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", account_id AS "accountId",
  provider_transaction_id AS "providerTransactionId", kind, status, amount, currency, paid_at AS "paidAt",
  paid_at_raw AS "paidAtRaw", means, payer_name AS "payerName", refund_of AS "refundOf",
  refund_reference AS "refundReference", secret_sealed AS "secretSealed", refundable_amount AS "refundableAmount", raw_code AS "rawCode",
  foreign_document AS "foreignDocument", created_at AS "createdAt"`;

/**
 * Records what the vendor reports. A known transaction that succeeded stays so, so that a later false report cannot
 * rewrite documented money. A pending one may end, and a declined one may still succeed. Returns the row after that,
 * and whether it is news.
 */
export async function upsertTransaction(
  tx: Sql,
  row: Omit<TransactionRow, 'createdAt'>,
): Promise<{ row: TransactionRow; isNews: boolean }> {
  const { rows } = await tx.query<TransactionRow>(
    `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind, status,
       amount, currency, paid_at, paid_at_raw, means, payer_name, refund_of, raw_code, foreign_document, refund_reference, secret_sealed,
       refundable_amount)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)
     ON CONFLICT (account_id, provider_transaction_id) DO UPDATE
       SET status = excluded.status, amount = excluded.amount, currency = excluded.currency, paid_at = excluded.paid_at,
           paid_at_raw = excluded.paid_at_raw, means = excluded.means, raw_code = excluded.raw_code,
           refundable_amount = excluded.refundable_amount,
           secret_sealed = coalesce(excluded.secret_sealed, provider_transactions.secret_sealed)
       WHERE (provider_transactions.status = 'pending' AND excluded.status <> 'pending')
         OR (provider_transactions.status = 'declined' AND excluded.status = 'succeeded')
     RETURNING ${COLUMNS}`,
    [
      row.id,
      row.workspaceId,
      row.paymentId,
      row.accountId,
      row.providerTransactionId,
      row.kind,
      row.status,
      row.amount,
      row.currency,
      row.paidAt,
      row.paidAtRaw,
      JSON.stringify(row.means),
      row.payerName,
      row.refundOf,
      row.rawCode,
      row.foreignDocument,
      row.refundReference,
      row.secretSealed,
      row.refundableAmount,
    ],
  );
  if (rows[0]) return { row: rows[0], isNews: true };
  return { row: await getTransaction(tx, row.accountId, row.providerTransactionId), isNews: false };
}

/** Records that the vendor must be told that we know of this charge. If it was told already, nothing is due. */
export async function oweAcknowledgement(tx: Sql, id: string): Promise<void> {
  await tx.query(
    `UPDATE provider_transactions SET acknowledge_at = now()
     WHERE id = $1 AND acknowledge_at IS NULL AND acknowledged_at IS NULL`,
    [id],
  );
}

/**
 * Takes charges whose acknowledgement is due, for `leaseSeconds`: if the worker dies, they are released. System role,
 * for the sweeper.
 */
export async function claimUnacknowledged(
  sql: Sql,
  claim: { readonly leaseSeconds: number; readonly limit: number },
): Promise<TransactionRow[]> {
  const { rows } = await sql.query<TransactionRow>(
    `UPDATE provider_transactions SET acknowledge_at = now() + make_interval(secs => $1)
     WHERE id IN (SELECT id FROM provider_transactions WHERE acknowledge_at <= now()
                  ORDER BY acknowledge_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [claim.leaseSeconds, claim.limit],
  );
  return rows;
}

/** The vendor was told, or refuses to be told (`isRefused`). */
export async function markAcknowledged(tx: Sql, id: string, isRefused: boolean): Promise<void> {
  await tx.query(
    `UPDATE provider_transactions SET acknowledge_at = NULL, acknowledged_at = CASE WHEN $2 THEN NULL ELSE now() END
     WHERE id = $1`,
    [id, isRefused],
  );
}

/** Tries again later: after a quarter of the charge's age, 5 seconds to one hour. */
export async function postponeAcknowledgement(tx: Sql, id: string): Promise<void> {
  await tx.query(
    `UPDATE provider_transactions
     SET acknowledge_at = now() + least(greatest((now() - created_at) / 4, interval '5 seconds'), interval '1 hour')
     WHERE id = $1`,
    [id],
  );
}

/** Moves a transaction to another payment: a second charge becomes a payment of its own. */
export async function moveTransaction(tx: Sql, id: string, paymentId: string): Promise<void> {
  await tx.query('UPDATE provider_transactions SET payment_id = $2 WHERE id = $1', [id, paymentId]);
}

/** Updates the vendor's latest status of a transaction whose amounts stay. */
export async function setRawCode(tx: Sql, id: string, rawCode: string): Promise<void> {
  await tx.query('UPDATE provider_transactions SET raw_code = $2 WHERE id = $1', [id, rawCode]);
}

/** A transaction by the vendor's id, whichever payment it belongs to. */
export async function findTransaction(
  tx: Sql,
  accountId: string | null,
  providerTransactionId: string,
): Promise<TransactionRow | null> {
  const { rows } = await tx.query<TransactionRow>(
    `SELECT ${COLUMNS} FROM provider_transactions
     WHERE account_id IS NOT DISTINCT FROM $1 AND provider_transaction_id = $2`,
    [accountId, providerTransactionId],
  );
  return rows[0] ?? null;
}

/** Transactions by the vendor's ids, whichever payments they belong to. In no order. No ids, no question. */
export async function listTransactionsByVendorId(
  tx: Sql,
  accountId: string | null,
  providerTransactionIds: readonly string[],
): Promise<TransactionRow[]> {
  if (providerTransactionIds.length === 0) return [];
  const { rows } = await tx.query<TransactionRow>(
    `SELECT ${COLUMNS} FROM provider_transactions
     WHERE account_id IS NOT DISTINCT FROM $1 AND provider_transaction_id = ANY($2)`,
    [accountId, providerTransactionIds],
  );
  return rows;
}

async function getTransaction(
  tx: Sql,
  accountId: string | null,
  providerTransactionId: string,
): Promise<TransactionRow> {
  const row = await findTransaction(tx, accountId, providerTransactionId);
  if (row === null) throw new Error(`transaction ${providerTransactionId} is another workspace's`);
  return row;
}

/** Charges that the vendor has under this payment's id: its own, and those that became separate payments. */
export async function listChargesUnderId(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const { rows } = await tx.query<TransactionRow>(
    `SELECT ${COLUMNS} FROM provider_transactions
     WHERE kind = 'charge' AND status = 'succeeded'
       AND payment_id IN (SELECT $1 UNION ALL SELECT id FROM payments WHERE taken_from = $1)
     ORDER BY paid_at, id`,
    [paymentId],
  );
  return rows;
}

/** All transactions that the vendor has under this payment's id: of the payment whose page it was, and of those made of its charges. */
export async function listTransactionsUnderId(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const { rows } = await tx.query<TransactionRow>(
    `WITH first AS (SELECT coalesce(taken_from, id) AS id FROM payments WHERE id = $1)
     SELECT ${COLUMNS} FROM provider_transactions
     WHERE payment_id IN (SELECT id FROM first UNION ALL SELECT p.id FROM payments p JOIN first ON p.taken_from = first.id)
     ORDER BY paid_at, id`,
    [paymentId],
  );
  return rows;
}

/** Charges of a payment that succeeded and were not moved to another one, oldest first. */
export async function listCharges(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const { rows } = await tx.query<TransactionRow>(
    `SELECT ${COLUMNS} FROM provider_transactions
     WHERE payment_id = $1 AND kind = 'charge' AND status = 'succeeded' ORDER BY paid_at, id`,
    [paymentId],
  );
  return rows;
}

/** All of a payment's transactions, oldest first. */
export async function listTransactions(tx: Sql, paymentId: string): Promise<TransactionRow[]> {
  const { rows } = await tx.query<TransactionRow>(
    `SELECT ${COLUMNS} FROM provider_transactions WHERE payment_id = $1 ORDER BY paid_at, id`,
    [paymentId],
  );
  return rows;
}

/** How the charges were paid, by payment, for `means` in the API. */
export async function listChargedMeans(
  tx: Sql,
  paymentIds: readonly string[],
): Promise<{ paymentId: string; means: Means[] }[]> {
  const { rows } = await tx.query<{ paymentId: string; means: Means[] }>(
    `SELECT payment_id AS "paymentId", means FROM provider_transactions
     WHERE payment_id = ANY($1) AND kind = 'charge' AND status = 'succeeded' ORDER BY paid_at, id`,
    [paymentIds],
  );
  return rows;
}
