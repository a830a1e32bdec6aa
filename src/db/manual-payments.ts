import type { CheckDetails, ManualMethod, Means } from '../domain/means.ts';
import { toRefusal } from '../domain/review.ts';
import { OWES_INVOICE } from './invariants/invariant.ts';
import type { Sql } from './pool.ts';

/**
 * What the business recorded about a payment without a provider. `paidAt` lies on the day `paidOn` in the workspace's
 * time zone.
 */
export interface ManualPaymentRow {
  readonly paymentId: string;
  readonly workspaceId: string;
  readonly method: ManualMethod;
  readonly paidOn: string;
  readonly paidAt: Date;
  /** For one cheque only. */
  readonly check: CheckDetails | null;
  /** Where it came in several ways: all of them, in minor units. `method` is then the first that is money. */
  readonly means: readonly Means[] | null;
  readonly notes: string | null;
  /** The day of the tax invoice of its post-dated cheques; null where its document says it all. */
  readonly invoiceDueOn: string | null;
  /** Why it was recorded a year or more after the day of payment. */
  readonly lateReason: string | null;
}

/** What the recording of such a payment is called where a rule of the books refuses it. */
export const RECORDING = 'to record the payment';

/** Called by the API in the transaction that inserts the payment. */
export async function insertManualPayment(tx: Sql, row: ManualPaymentRow): Promise<void> {
  await tx.query(
    `INSERT INTO manual_payments (payment_id, workspace_id, method, paid_on, paid_at, check_details, notes, means, late_reason,
       invoice_due_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.paymentId,
      row.workspaceId,
      row.method,
      row.paidOn,
      row.paidAt,
      row.check === null ? null : JSON.stringify(row.check),
      row.notes,
      row.means === null ? null : JSON.stringify(row.means),
      row.lateReason,
      row.invoiceDueOn,
    ],
  );
}

/**
 * What was recorded of money that the business took itself. Null: the payment goes through a provider. `isLeftToPerson`: a
 * rule refused to record it, and a person was asked. Answered or not, only a person's word records it then.
 */
export async function findManualPayment(
  tx: Sql,
  paymentId: string,
): Promise<(ManualPaymentRow & { readonly isLeftToPerson: boolean }) | null> {
  const { rows } = await tx.query<ManualPaymentRow & { readonly isLeftToPerson: boolean }>(
    `SELECT payment_id AS "paymentId", workspace_id AS "workspaceId", method, paid_on AS "paidOn", paid_at AS "paidAt",
       check_details AS "check", notes, means, late_reason AS "lateReason", invoice_due_on AS "invoiceDueOn",
       EXISTS (SELECT FROM review_questions q WHERE q.payment_id = manual_payments.payment_id AND q.reason = 'reconciliation'
         AND q.subject = $2) AS "isLeftToPerson"
     FROM manual_payments WHERE payment_id = $1`,
    [paymentId, toRefusal(RECORDING)],
  );
  return rows[0] ?? null;
}

/** Of several payments, those whose tax invoice comes on the due date of their cheques, with that day. */
export async function listInvoiceDays(
  tx: Sql,
  paymentIds: readonly string[],
): Promise<{ readonly paymentId: string; readonly dueOn: string }[]> {
  const { rows } = await tx.query<{ paymentId: string; dueOn: string }>(
    `SELECT payment_id AS "paymentId", invoice_due_on AS "dueOn" FROM manual_payments
     WHERE payment_id = ANY($1) AND invoice_due_on IS NOT NULL`,
    [paymentIds],
  );
  return rows;
}

/** The question to a person where no tax invoice can be issued; it is asked once. */
export const NO_INVOICE_POSSIBLE = 'its cheques fell due, and the dealer may issue no tax invoice';
/** What the making of the invoice is called where a rule of the books refuses it. */
export const MAKING_THE_INVOICE = 'the tax invoice of its cheques';

/**
 * Payments whose cheques fell due (`fallsDueAt`) and of whose receipt something is left. They have no tax invoice and no open
 * question about it, and no refund under way: their timer asks after that itself. At most `limit`. System role.
 */
export async function listOverdueInvoices(
  sql: Sql,
  limit: number,
): Promise<{ readonly workspaceId: string; readonly paymentId: string }[]> {
  const { rows } = await sql.query<{ workspaceId: string; paymentId: string }>(
    `SELECT d.workspace_id AS "workspaceId", d.payment_id AS "paymentId"
     FROM tax_documents d JOIN workspaces w ON w.id = d.workspace_id
     WHERE ${OWES_INVOICE} AND ((d.content ->> 'invoiceDueOn')::date + time '06:00') AT TIME ZONE w.time_zone <= now()
       AND NOT EXISTS (SELECT FROM refunds f WHERE f.payment_id = d.payment_id AND f.status = 'pending')
       AND NOT EXISTS (SELECT FROM review_questions q WHERE q.payment_id = d.payment_id
         AND (q.subject = $2 OR (q.subject = $3 AND q.answered_at IS NULL)))
     ORDER BY random() LIMIT $1`,
    [limit, NO_INVOICE_POSSIBLE, toRefusal(MAKING_THE_INVOICE)],
  );
  return rows;
}
