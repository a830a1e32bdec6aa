import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import { readEnvironment } from '../support/environment.ts';

/** Every table that holds a workspace's rows must be held by row-level security. */
const TENANT_TABLES = `SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
  WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_type = 'BASE TABLE'`;

describe('row-level security', () => {
  let pool: Pool;
  const mine = newId('workspace');
  const theirs = newId('workspace');

  beforeAll(async () => {
    pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
    for (const id of [mine, theirs]) {
      await pool.query(
        `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, receipt_email, receipt_print)
         VALUES ($1, 'x', '{}', '0', '{}', 'UTC', 'ILS', 'he', 'test', false, 'on_demand')`,
        [id],
      );
      await pool.query(`INSERT INTO tax_profiles VALUES ($1, '2000-01-01', 'foreign', false)`, [id]);
    }
  });
  afterAll(() => pool.end());

  it('is on and forced for every table with a workspace', async () => {
    const { rows: tables } = await pool.query<{ name: string }>(TENANT_TABLES);
    const { rows: held } = await pool.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity`,
    );
    expect(tables.length).toBeGreaterThan(15);
    expect(held.map(({ name }) => name)).toEqual(expect.arrayContaining(tables.map(({ name }) => name)));
  });

  it('holds for whoever reads a view, because a view reads as its reader', async () => {
    const { rows } = await pool.query<{ name: string; options: string[] | null }>(
      `SELECT relname AS name, reloptions AS options FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'`,
    );
    expect(rows).not.toEqual([]);
    for (const { name, options } of rows)
      expect([name, options]).toEqual([name, expect.arrayContaining(['security_invoker=true'])]);
  });

  it('shows a workspace its own rows and no others, whatever the WHERE says', async () => {
    const seen = await inWorkspace(pool, mine, (tx) =>
      tx.query<{ workspace_id: string }>(
        'SELECT workspace_id FROM tax_profiles WHERE workspace_id IN ($1, $2)',
        [mine, theirs],
      ),
    );
    expect(seen.rows).toEqual([{ workspace_id: mine }]);
  });

  it('lets a workspace write no row of another', async () => {
    const write = inWorkspace(pool, mine, (tx) =>
      tx.query(`INSERT INTO tax_profiles VALUES ($1, '2020-01-01', 'foreign', false)`, [theirs]),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('shows nothing where no workspace is set', async () => {
    const seen = await inWorkspace(pool, '', (tx) => tx.query('SELECT 1 FROM tax_profiles'));
    expect(seen.rows).toEqual([]);
  });

  it('keeps the app role from changing or deleting the logs', async () => {
    for (const table of ['payment_log', 'audit_log']) {
      const change = inWorkspace(pool, mine, (tx) =>
        tx.query(`UPDATE ${table} SET workspace_id = workspace_id`),
      );
      await expect(change).rejects.toThrow(/permission denied/);
      const removal = inWorkspace(pool, mine, (tx) => tx.query(`DELETE FROM ${table}`));
      await expect(removal).rejects.toThrow(/permission denied/);
    }
  });
});
