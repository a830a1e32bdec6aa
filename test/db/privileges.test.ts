import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

let database: OwnDatabase;
beforeAll(async () => (database = await createOwnDatabase('privileges')));
afterAll(() => database.drop());

describe('rows that are kept', () => {
  it('are watched by triggers that run in every session', async () => {
    const { rows } = await database.pool.query<{ trigger: string; runs: string }>(
      `SELECT tgname AS trigger, tgenabled AS runs FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
       WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(14);
    expect(rows.filter(({ runs }) => runs !== 'A')).toEqual([]);
  });

  it('are kept from a session that says it is a replica', async () => {
    const workspaceId = await insertWorkspace(database.pool);
    const { paymentId } = await insertPayment(database.pool, workspaceId);
    const session = await database.pool.connect();
    try {
      await session.query(
        `INSERT INTO payment_log (workspace_id, payment_id, kind, summary) VALUES ($1, $2, 'x', 'x')`,
        [workspaceId, paymentId],
      );
      await session.query('SET session_replication_role = replica');
      await expect(session.query(`UPDATE payment_log SET summary = 'y'`)).rejects.toThrow(
        'kept as they were',
      );
      await expect(session.query('DELETE FROM payment_log')).rejects.toThrow('kept as they were');
      await expect(session.query('TRUNCATE payment_log')).rejects.toThrow('kept as they were');
    } finally {
      session.release(true);
    }
  });
});

describe('what API and worker log in as', () => {
  it.each([
    ['tashlum_app', 'migrations'],
    ['tashlum_system', 'migrations'],
    ['tashlum_app', 'circuit_breakers'],
    ['tashlum_app', 'encryption_keys'],
  ])('is not let write as %s in %s', async (role, table) => {
    const { rows } = await database.pool.query<{ may: boolean }>(
      `SELECT has_table_privilege($1, $2, 'INSERT, UPDATE, DELETE, TRUNCATE') AS may`,
      [role, table],
    );
    expect(rows[0]?.may).toBe(false);
  });
});
