import type { PaymentStatus } from '../domain/payment.ts';
import type { Sql } from './pool.ts';

/** One thing that happened. `summary` is a sentence for people; it holds no name and no secret. */
export interface LogEntry {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly kind: string;
  readonly summary: string;
  readonly from?: PaymentStatus;
  readonly to?: PaymentStatus;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface LogRow {
  readonly at: Date;
  readonly kind: string;
  readonly summary: string;
  readonly fromStatus: PaymentStatus | null;
  readonly toStatus: PaymentStatus | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function insertLog(tx: Sql, entry: LogEntry): Promise<void> {
  await tx.query(
    `INSERT INTO payment_log (workspace_id, payment_id, kind, summary, from_status, to_status, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.workspaceId,
      entry.paymentId,
      entry.kind,
      entry.summary,
      entry.from ?? null,
      entry.to ?? null,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

/** The whole story of a payment, oldest first. */
export async function listLog(tx: Sql, paymentId: string): Promise<LogRow[]> {
  const { rows } = await tx.query<LogRow>(
    `SELECT at, kind, summary, from_status AS "fromStatus", to_status AS "toStatus", detail
     FROM payment_log WHERE payment_id = $1 ORDER BY id`,
    [paymentId],
  );
  return rows;
}
