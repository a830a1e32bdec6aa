import type { CheckDetails, ManualMethod, Means } from '../domain/means.ts';
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
  /** Why it was recorded a year or more after the day of payment. */
  readonly lateReason: string | null;
}

/** Called by the API in the transaction that inserts the payment. */
export async function insertManualPayment(tx: Sql, row: ManualPaymentRow): Promise<void> {
  await tx.query(
    `INSERT INTO manual_payments (payment_id, workspace_id, method, paid_on, paid_at, check_details, notes, means, late_reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
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
    ],
  );
}

export async function findManualPayment(tx: Sql, paymentId: string): Promise<ManualPaymentRow | null> {
  const { rows } = await tx.query<ManualPaymentRow>(
    `SELECT payment_id AS "paymentId", workspace_id AS "workspaceId", method, paid_on AS "paidOn", paid_at AS "paidAt",
       check_details AS "check", notes, means, late_reason AS "lateReason"
     FROM manual_payments WHERE payment_id = $1`,
    [paymentId],
  );
  return rows[0] ?? null;
}
