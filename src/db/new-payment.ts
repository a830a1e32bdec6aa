import type { PaymentRow } from './payments.ts';
import type { Sql } from './pool.ts';

/** What the API gives when a payment is first written. */
export type NewPayment = Omit<
  PaymentRow,
  | 'outcome'
  | 'nextCheckAt'
  | 'review'
  | 'reviewRefundIds'
  | 'method'
  | 'capturedAmount'
  | 'refundedAmount'
  | 'paidAt'
  | 'completedAt'
  | 'takenFrom'
  | 'failure'
  | 'warnings'
>;

/** First insert, by the API, in the transaction of its idempotency key. False if the `reference` is taken. */
export async function insertPayment(tx: Sql, payment: NewPayment): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO payments (id, workspace_id, account_id, provider, status, reference, subject, description, amount,
       charge_amount, currency, vat_included, vat_treatment, vat_reason, service_date, items, customer, metadata,
       methods, max_installments, success_url, cancel_url, link_token_hash, link_token_sealed, created_at, expires_at,
       patient, session_dates, discount, print_patient)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30)
     ON CONFLICT (workspace_id, reference, reference_freed_at) DO NOTHING`,
    [
      payment.id,
      payment.workspaceId,
      payment.accountId,
      payment.provider,
      payment.status,
      payment.reference,
      payment.subject,
      payment.description,
      payment.amount,
      payment.chargeAmount,
      payment.currency,
      payment.vatIncluded,
      payment.vatTreatment,
      payment.vatReason,
      payment.serviceDate,
      payment.items === null ? null : JSON.stringify(payment.items),
      payment.customer === null ? null : JSON.stringify(payment.customer),
      JSON.stringify(payment.metadata),
      payment.methods,
      payment.maxInstallments,
      payment.successUrl,
      payment.cancelUrl,
      payment.linkTokenHash,
      payment.linkTokenSealed,
      payment.createdAt,
      payment.expiresAt,
      payment.patient === null ? null : JSON.stringify(payment.patient),
      payment.sessionDates,
      payment.discount,
      payment.printPatient,
    ],
  );
  return rowCount === 1;
}
