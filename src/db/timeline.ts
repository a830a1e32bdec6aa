import type { PaymentStatus } from '../domain/payment.ts';
import type { Sql } from './pool.ts';

/** A line as the timeline shows it. */
export interface LineRow {
  readonly at: Date;
  readonly kind: string;
  readonly summary: string;
  readonly fromStatus: PaymentStatus | null;
  readonly toStatus: PaymentStatus | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The whole story of a payment, oldest first. */
export async function listLines(tx: Sql, paymentId: string): Promise<LineRow[]> {
  const { rows } = await tx.query<LineRow>(
    `SELECT at, kind, summary, from_status AS "fromStatus", to_status AS "toStatus", detail
     FROM payment_log WHERE payment_id = $1 ORDER BY id`,
    [paymentId],
  );
  return rows;
}

/** Why a decision about a review was not carried out, as the timeline says it; null if it was, or is still to be. */
export async function findVoidReason(
  tx: Sql,
  decision: { readonly paymentId: string; readonly resolutionId: string },
): Promise<string | null> {
  const { rows } = await tx.query<Pick<LineRow, 'summary'>>(
    `SELECT summary FROM payment_log
     WHERE payment_id = $1 AND kind = 'resolution_void' AND detail ->> 'resolutionId' = $2`,
    [decision.paymentId, decision.resolutionId],
  );
  return rows[0]?.summary ?? null;
}
