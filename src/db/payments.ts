import type { PaymentMethod } from '../domain/means.ts';
import type { Currency } from '../domain/money.ts';
import type { Customer, Item, Patient } from '../domain/payer.ts';
import type { PaymentWarning } from '../domain/payment-warnings.ts';
import type { Outcome, PaymentFailure, PaymentStatus, ReviewReason } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import type { VatTreatment } from '../domain/vat.ts';
import { conditions, exactly } from './conditions.ts';
import type { Listed } from './conditions.ts';
import type { Sql } from './pool.ts';

/** A payment as stored. Amounts in minor units of `currency`. */
export interface PaymentRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly accountId: string | null;
  readonly provider: string;
  readonly status: PaymentStatus;
  readonly outcome: Outcome;
  readonly nextCheckAt: Date | null;
  readonly review: ReviewReason | null;
  /** The refunds that the review was told about, if it is about refunds. */
  readonly reviewRefundIds: readonly string[];
  readonly reference: string;
  readonly subject: string | null;
  readonly description: string;
  readonly amount: number;
  /** What the payer is asked for: `amount`, plus VAT where `amount` is before VAT. */
  readonly chargeAmount: number;
  readonly currency: Currency;
  readonly vatIncluded: boolean;
  readonly vatTreatment: VatTreatment;
  readonly vatReason: string | null;
  readonly serviceDate: string | null;
  readonly items: readonly Item[] | null;
  /** Of all items together, minor units. */
  readonly discount: number;
  readonly customer: Customer | null;
  readonly patient: Patient | null;
  /** Days on which the patient was treated, as the app sent them. */
  readonly sessionDates: readonly string[];
  /** Whether the document names the patient and the sessions. */
  readonly printPatient: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly methods: readonly string[] | null;
  readonly maxInstallments: number | null;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly linkTokenHash: Buffer | null;
  readonly linkTokenSealed: Buffer | null;
  readonly method: PaymentMethod | null;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly completedAt: Date | null;
  readonly expiresAt: Date | null;
  /** The payment whose second charge became this one; the vendor knows it by that payment's id. */
  readonly takenFrom: string | null;
  /** Why it failed. Kept even if money comes later. */
  readonly failure: PaymentFailure | null;
  readonly warnings: readonly PaymentWarning[];
}

const COLUMNS = `id, workspace_id AS "workspaceId", account_id AS "accountId", provider, status, outcome,
  next_check_at AS "nextCheckAt", review, review_refund_ids AS "reviewRefundIds", reference, subject, description, amount, charge_amount AS "chargeAmount",
  currency, vat_included AS "vatIncluded", vat_treatment AS "vatTreatment", vat_reason AS "vatReason",
  service_date AS "serviceDate", items, discount, customer, patient, session_dates::text[] AS "sessionDates",
  print_patient AS "printPatient", metadata, methods, max_installments AS "maxInstallments",
  success_url AS "successUrl", cancel_url AS "cancelUrl", link_token_hash AS "linkTokenHash",
  link_token_sealed AS "linkTokenSealed", method, captured_amount AS "capturedAmount",
  refunded_amount AS "refundedAmount", created_at AS "createdAt", paid_at AS "paidAt",
  completed_at AS "completedAt", expires_at AS "expiresAt", taken_from AS "takenFrom", failure, warnings`;

/** A payment. Null: `tx` sees none. It is not locked. */
export async function findPayment(tx: Sql, id: string): Promise<PaymentRow | null> {
  const { rows } = await tx.query<PaymentRow>(`SELECT ${COLUMNS} FROM payments WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/**
 * The same, and locks the row until the transaction ends. Everything that changes the books of a payment calls this
 * first.
 */
export async function lockPayment(tx: Sql, id: string): Promise<PaymentRow | null> {
  const { rows } = await tx.query<PaymentRow>(
    `SELECT ${COLUMNS} FROM payments WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** Finds a payment by the hash of the payer's link token. System role, since a payer knows no workspace. */
export async function findPaymentByLinkToken(sql: Sql, tokenHash: Buffer): Promise<PaymentRow | null> {
  const { rows } = await sql.query<PaymentRow>(`SELECT ${COLUMNS} FROM payments WHERE link_token_hash = $1`, [
    tokenHash,
  ]);
  return rows[0] ?? null;
}

/** Filters of `GET /v1/payments`; absent = any. Instants are half-open ranges. */
export interface PaymentFilter {
  readonly status?: PaymentStatus;
  readonly provider?: string;
  readonly reference?: string;
  readonly subject?: string;
  readonly method?: PaymentMethod;
  readonly review?: ReviewReason;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
  readonly paidFrom?: Date;
  readonly paidTo?: Date;
}

/** By which time a list is sorted: a range of payment times is read in the order of these. */
export function sortKeyOf(filter: PaymentFilter): 'paidAt' | 'createdAt' {
  return filter.paidFrom === undefined && filter.paidTo === undefined ? 'createdAt' : 'paidAt';
}

/** Newest first by the sort key, after an (instant, id) cursor. One row more than `limit`, to show whether there is a next page. */
export async function listPayments(
  tx: Sql,
  page: {
    workspaceId: string;
    filter: PaymentFilter;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<Listed<PaymentRow>[]> {
  const { filter } = page;
  const time = sortKeyOf(filter) === 'paidAt' ? 'paid_at' : 'created_at';
  const { where, values, add } = conditions('workspace_id', page.workspaceId);
  add((n) => `status = $${n}`, filter.status);
  add((n) => `provider = $${n}`, filter.provider);
  add((n) => `reference = $${n}`, filter.reference);
  add((n) => `subject = $${n}`, filter.subject);
  add((n) => `method = $${n}`, filter.method);
  add((n) => `review = $${n}`, filter.review);
  add((n) => `created_at >= $${n}`, filter.createdFrom);
  add((n) => `created_at < $${n}`, filter.createdTo);
  add((n) => `paid_at >= $${n}`, filter.paidFrom);
  add((n) => `paid_at < $${n}`, filter.paidTo);
  if (page.after) {
    values.push(page.after.at, page.after.id);
    where.push(`(${time}, id) < ($${values.length - 1}, $${values.length})`);
  }
  values.push(page.limit + 1);
  const { rows } = await tx.query<Listed<PaymentRow>>(
    `SELECT ${COLUMNS}, ${exactly(time)} AS "sortKey" FROM payments WHERE ${where.join(' AND ')}
     ORDER BY ${time} DESC, id DESC LIMIT $${values.length}`,
    values,
  );
  return rows;
}

/**
 * Marks a payment as paid. `completed_at` is when we learned of it, and is set once. The standing writes the rest.
 */
export async function markSettled(
  tx: Sql,
  settlement: { readonly id: string; readonly method: PaymentMethod | null; readonly paidAt: Date },
): Promise<void> {
  await tx.query(
    `UPDATE payments SET status = 'completed', method = $2, paid_at = $3, charge_check_at = NULL,
       completed_at = coalesce(completed_at, now())
     WHERE id = $1`,
    [settlement.id, settlement.method, settlement.paidAt],
  );
}

/** Records what the accountant should know about a payment. The caller has locked it. */
export async function setWarnings(tx: Sql, id: string, warnings: readonly PaymentWarning[]): Promise<void> {
  await tx.query('UPDATE payments SET warnings = $2 WHERE id = $1', [id, warnings]);
}

/** Writes the status alone. The caller has locked the payment. */
export async function setStatus(tx: Sql, id: string, status: PaymentStatus): Promise<void> {
  await tx.query('UPDATE payments SET status = $2 WHERE id = $1', [id, status]);
}

/** Records whose second charge this payment is. */
export async function setTakenFrom(tx: Sql, id: string, paymentId: string): Promise<void> {
  await tx.query('UPDATE payments SET taken_from = $2 WHERE id = $1', [id, paymentId]);
}

/** Writes the standing of a payment. The caller has locked it. */
export async function setStanding(tx: Sql, id: string, standing: Standing): Promise<void> {
  await tx.query(
    `UPDATE payments SET status = $2, outcome = $3, next_check_at = $4, review = $5, captured_amount = $6,
       refunded_amount = $7, review_refund_ids = $8
     WHERE id = $1 AND (status, outcome, next_check_at, review, captured_amount, refunded_amount, review_refund_ids)
       IS DISTINCT FROM ($2, $3, $4, $5, $6::bigint, $7::bigint, $8::text[])`,
    [
      id,
      standing.status,
      standing.outcome,
      standing.nextCheckAt,
      standing.review,
      standing.captured,
      standing.refunded,
      standing.reviewRefundIds,
    ],
  );
}

/** Takes the review away. Only `src/history` calls it, after a decision of a person. */
export async function clearReview(tx: Sql, id: string): Promise<void> {
  await tx.query(`UPDATE payments SET review = NULL, review_refund_ids = '{}' WHERE id = $1`, [id]);
}

/** Writes why a payment failed. Only `src/history` calls it. */
export async function setFailure(tx: Sql, id: string, failure: PaymentFailure): Promise<void> {
  await tx.query('UPDATE payments SET failure = $2 WHERE id = $1', [id, JSON.stringify(failure)]);
}

/** Payments still `creating` without a review, oldest first, after the given one. System role, for the sweeper. */
export async function listCreating(
  sql: Sql,
  page: { olderThan: Date; after: { createdAt: Date; id: string } | null; limit: number },
): Promise<PaymentRow[]> {
  const { rows } = await sql.query<PaymentRow>(
    `SELECT ${COLUMNS} FROM payments WHERE status = 'creating' AND review IS NULL AND created_at < $1
       AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3)) ORDER BY created_at, id LIMIT $4`,
    [page.olderThan, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
}

/** Open payments that expired before `until`, oldest first, after the given one. System role, for the sweeper. */
export async function listPastExpiry(
  sql: Sql,
  page: {
    readonly until: Date;
    readonly after: { readonly expiresAt: Date; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<{ id: string; workspaceId: string; expiresAt: Date }[]> {
  const { rows } = await sql.query<{ id: string; workspaceId: string; expiresAt: Date }>(
    `SELECT id, workspace_id AS "workspaceId", expires_at AS "expiresAt" FROM payments
     WHERE status IN ('creating', 'pending') AND review IS NULL AND expires_at < $1
       AND (outcome = 'known' OR next_check_at < $1)
       AND ($2::timestamptz IS NULL OR (expires_at, id) > ($2, $3)) ORDER BY expires_at, id LIMIT $4`,
    [page.until, page.after?.expiresAt ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
}
