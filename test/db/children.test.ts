import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { lockPayment } from '../../src/db/payments.ts';
import { transaction } from '../../src/db/transaction.ts';
import { lockWorkspace } from '../../src/db/workspaces.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

let database: OwnDatabase;
let [mine, theirs] = ['', ''];
beforeAll(async () => {
  database = await createOwnDatabase('children');
  mine = await insertWorkspace(database.pool);
  theirs = await insertWorkspace(database.pool);
});
afterAll(() => database.drop());

/** A webhook's row. `lock_timeout` fails it as soon as it would have to wait for a lock. */
function insertWebhook(
  workspaceId: string,
  made: { paymentId: string; accountId: string },
): Promise<unknown> {
  return transaction(database.pool, async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '100ms'`);
    await tx.query(
      `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, payment_id, verdict, body_sha256)
       VALUES ($1, $2, $3, 'payplus', $5, $4, 'accepted', '')`,
      [randomUUID(), workspaceId, made.accountId, made.paymentId, randomUUID()],
    );
  });
}

describe('what lies below a payment', () => {
  it('names it together with its workspace in every table, by one foreign key', async () => {
    const { rows } = await database.pool.query<{ table: string; key: string }>(
      `SELECT c.table_name AS table, coalesce(
         (SELECT string_agg(pg_get_constraintdef(oid), '; ') FROM pg_constraint
          WHERE conrelid = c.table_name::regclass AND confrelid = 'payments'::regclass), 'none') AS key
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND c.column_name = 'payment_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(13);
    for (const { table, key } of rows) {
      expect({ table, key }).toEqual({
        table,
        key: 'FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT',
      });
    }
  });

  it('is never a row of another workspace', async () => {
    const made = await insertPayment(database.pool, mine);
    await expect(insertWebhook(theirs, made)).rejects.toThrow(
      'provider_events_payment_is_of_their_workspace',
    );
    await expect(
      database.pool.query(
        `INSERT INTO payment_log (workspace_id, payment_id, kind, summary) VALUES ($1, $2, 'x', 'x')`,
        [theirs, made.paymentId],
      ),
    ).rejects.toThrow('payment_log_payment_is_of_their_workspace');
    await expect(
      database.pool.query(
        `INSERT INTO payment_log (workspace_id, payment_id, kind, summary) VALUES ('ws_nowhere', $1, 'x', 'x')`,
        [made.paymentId],
      ),
    ).rejects.toThrow('payment_log_payment_is_of_their_workspace');
  });
});

describe('a webhook', () => {
  it('is written at once while a settlement holds its payment and its workspace', async () => {
    const made = await insertPayment(database.pool, mine);
    await transaction(database.pool, async (tx) => {
      await lockWorkspace(tx, mine);
      await lockPayment(tx, made.paymentId);
      await insertWebhook(mine, made);
    });
  });
});

describe('a row that is held', () => {
  it('is held by one at a time all the same', async () => {
    const made = await insertPayment(database.pool, mine);
    await transaction(database.pool, async (tx) => {
      await lockPayment(tx, made.paymentId);
      const second = transaction(database.pool, async (other) => {
        await other.query(`SET LOCAL lock_timeout = '100ms'`);
        await lockPayment(other, made.paymentId);
      });
      await expect(second).rejects.toThrow('lock timeout');
    });
  });
});
