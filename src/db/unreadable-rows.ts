import type { Sql } from './pool.ts';

/** Something that a provider reported about a payment and that we could not read. */
export interface UnreadableRowOfPayment {
  readonly rowId: string;
  /** In our words. */
  readonly problem: string;
  readonly foundAt: Date;
  /** Whether its review was opened. */
  readonly heldAt: Date | null;
  /** Whether a person has closed that review. */
  readonly seenAt: Date | null;
}

/** All such rows of a payment, also those that a person has seen. In no order. */
export async function listUnreadable(tx: Sql, paymentId: string): Promise<UnreadableRowOfPayment[]> {
  const { rows } = await tx.query<UnreadableRowOfPayment>(
    `SELECT row_id AS "rowId", problem, found_at AS "foundAt", held_at AS "heldAt", seen_at AS "seenAt"
     FROM unreadable_rows WHERE payment_id = $1`,
    [paymentId],
  );
  return rows;
}

/** Payments of an account with something that could not be read and that no person has looked at. */
export async function listUnreadablePayments(tx: Sql, accountId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT u.payment_id AS id FROM unreadable_rows u JOIN payments p ON p.id = u.payment_id
     WHERE p.account_id = $1 AND u.seen_at IS NULL`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** Records it if it is new; true if it is new. */
export async function insertUnreadable(
  tx: Sql,
  row: {
    readonly workspaceId: string;
    readonly paymentId: string;
    readonly rowId: string;
    readonly problem: string;
    /** Whether a person is asked at once. */
    readonly isAsked: boolean;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO unreadable_rows (workspace_id, payment_id, row_id, problem, held_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END)
     ON CONFLICT (payment_id, row_id) DO NOTHING`,
    [row.workspaceId, row.paymentId, row.rowId, row.problem, row.isAsked],
  );
  return rowCount === 1;
}

/**
 * Forgets the rows that an answer does not name: they can be read now, or the provider no longer reports them. `askedMs`: so
 * long ago it was asked. What was found since then is another answer's news.
 */
export async function deleteUnreadable(
  tx: Sql,
  paymentId: string,
  answer: { readonly rowIds: readonly string[]; readonly askedMs: number },
): Promise<void> {
  await tx.query(
    `DELETE FROM unreadable_rows WHERE payment_id = $1 AND row_id <> ALL($2)
       AND found_at <= clock_timestamp() - make_interval(secs => $3::float8 / 1000)`,
    [paymentId, answer.rowIds, answer.askedMs],
  );
}

/** A person is asked about everything recorded. The standing shows it as `reconciliation`. */
export async function markUnreadableHeld(tx: Sql, paymentId: string): Promise<void> {
  await tx.query(
    'UPDATE unreadable_rows SET held_at = now() WHERE payment_id = $1 AND held_at IS NULL AND seen_at IS NULL',
    [paymentId],
  );
}

/** A person has looked at it and closed the review. */
export async function markUnreadableSeen(tx: Sql, paymentId: string): Promise<void> {
  await tx.query(
    'UPDATE unreadable_rows SET seen_at = now() WHERE payment_id = $1 AND held_at IS NOT NULL AND seen_at IS NULL',
    [paymentId],
  );
}
