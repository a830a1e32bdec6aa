import { Pool } from 'pg';
import { readEnvironment } from '../../support/environment.ts';

/** The engine's books, read behind its back as the superuser of the cluster. Close it in `afterAll`. */
export function openBooks() {
  const pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 2 });
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(text, [...values])).rows;
  return {
    /** For the engine's own statements. */
    sql: pool,
    query,
    /** Inbox rows of a payment, oldest first. */
    inboxOf: (paymentId: string) =>
      query<{ id: string; verdict: string; handledAs: string | null }>(
        `SELECT id, verdict, handled_as AS "handledAs" FROM provider_events WHERE payment_id = $1 ORDER BY received_at`,
        [paymentId],
      ),
    /** Types of a payment's outgoing events, in order. */
    eventsOf: async (paymentId: string) =>
      (
        await query<{ type: string }>('SELECT type FROM events WHERE payment_id = $1 ORDER BY sequence', [
          paymentId,
        ])
      ).map(({ type }) => type),
    close: () => pool.end(),
  };
}

export type Books = ReturnType<typeof openBooks>;
