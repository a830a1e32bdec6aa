import type { PaymentStatus } from '../domain/payment.ts';
import type { Sql } from './pool.ts';

/** The payment that has a reference. */
export interface ReferenceHolder {
  readonly id: string;
  readonly status: PaymentStatus;
}

/**
 * Takes a reference from the payment that has it, if that payment ended without money. Null if the reference is free
 * now, else the payment that keeps it.
 */
export async function freeReference(
  tx: Sql,
  workspaceId: string,
  reference: string,
): Promise<ReferenceHolder | null> {
  const held = 'workspace_id = $1 AND reference = $2 AND reference_freed_at IS NULL';
  await tx.query(
    `UPDATE payments SET reference_freed_at = clock_timestamp()
     WHERE ${held} AND status IN ('failed', 'expired', 'cancelled')`,
    [workspaceId, reference],
  );
  const { rows } = await tx.query<ReferenceHolder>(`SELECT id, status FROM payments WHERE ${held}`, [
    workspaceId,
    reference,
  ]);
  return rows[0] ?? null;
}
