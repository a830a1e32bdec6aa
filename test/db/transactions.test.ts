import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool, Sql } from '../../src/db/pool.ts';
import { inOneTrip, inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import { readEnvironment } from '../support/environment.ts';

const workspaceId = newId('workspace');

let pool: Pool;
beforeAll(async () => {
  // One connection: what a transaction leaves behind meets the next one.
  pool = createPool({ connectionString: readEnvironment().databaseUrl, max: 1, onError: () => undefined });
  await pool.query(
    `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, receipt_email, receipt_print)
     VALUES ($1, 'x', '{}', '0', '{}', 'UTC', 'ILS', 'he', 'test', false, 'on_demand')`,
    [workspaceId],
  );
});
afterAll(() => pool.end());

const insertProfile = (tx: Sql, day: string) =>
  tx.query(`INSERT INTO tax_profiles VALUES ($1, $2, 'foreign', false)`, [workspaceId, day]);
const fail = (tx: Sql) => tx.query('SELECT 1 / 0');
const whoAmI = (tx: Sql) =>
  tx.query<{ role: string; workspace: string }>(
    `SELECT current_user AS role, current_setting('tashlum.workspace_id', true) AS workspace`,
  );

async function days(): Promise<string[]> {
  const { rows } = await pool.query<{ day: string }>(
    'SELECT valid_from AS day FROM tax_profiles WHERE workspace_id = $1 ORDER BY valid_from',
    [workspaceId],
  );
  return rows.map(({ day }) => day);
}

describe('a transaction of one round trip', () => {
  it('runs as the workspace, and leaves the connection as it was', async () => {
    const [inside] = await inOneTrip(pool, workspaceId, (tx) => [whoAmI(tx)]);
    expect(inside.rows).toEqual([{ role: 'tashlum_app', workspace: workspaceId }]);
    const { rows } = await whoAmI(pool);
    expect(rows[0]?.role).not.toBe('tashlum_app');
    expect(rows[0]?.workspace ?? '').toBe('');
  });

  it('writes everything or nothing', async () => {
    await inOneTrip(pool, workspaceId, (tx) => [
      insertProfile(tx, '2001-01-01'),
      insertProfile(tx, '2001-01-02'),
    ]);
    const broken = inOneTrip(pool, workspaceId, (tx) => [
      insertProfile(tx, '2001-01-03'),
      fail(tx),
      insertProfile(tx, '2001-01-04'),
    ]);
    await expect(broken).rejects.toThrow('division by zero');
    expect(await days()).toEqual(['2001-01-01', '2001-01-02']);
  });

  it('says so where one of its statements failed and nobody threw', async () => {
    const swallowed = inOneTrip(pool, workspaceId, (tx) => [
      insertProfile(tx, '2002-01-01'),
      fail(tx).catch(() => null),
    ]);
    await expect(swallowed).rejects.toThrow('rolled back');
    expect(await days()).not.toContain('2002-01-01');
  });

  it('refuses a statement that comes later: it would run outside of the workspace', async () => {
    const late = inOneTrip(pool, workspaceId, (tx) => [whoAmI(tx).then(() => whoAmI(tx))]);
    await expect(late).rejects.toThrow('after the end of its transaction');
    expect((await whoAmI(pool)).rows).toHaveLength(1);
  });
});

describe('a transaction', () => {
  it('is rolled back where a statement beside others fails, and the connection goes on', async () => {
    const broken = inWorkspace(pool, workspaceId, (tx) =>
      Promise.all([insertProfile(tx, '2003-01-01'), fail(tx), insertProfile(tx, '2003-01-02')]),
    );
    await expect(broken).rejects.toThrow('division by zero');
    await inWorkspace(pool, workspaceId, (tx) => insertProfile(tx, '2003-01-03'));
    expect((await days()).filter((day) => day.startsWith('2003'))).toEqual(['2003-01-03']);
  });

  it('is not taken for written where a failed statement was swallowed', async () => {
    const swallowed = inWorkspace(pool, workspaceId, async (tx) => {
      await insertProfile(tx, '2004-01-01');
      await fail(tx).catch(() => null);
    });
    await expect(swallowed).rejects.toThrow('rolled back');
    expect(await days()).not.toContain('2004-01-01');
  });

  it('sends nothing after it has failed, also what another branch of it does later', async () => {
    let later: Promise<unknown> = Promise.resolve();
    const broken = inWorkspace(pool, workspaceId, (tx) => {
      later = whoAmI(tx)
        .then(() => new Promise((resolve) => setTimeout(resolve, 50)))
        .then(() => whoAmI(tx));
      later.catch(() => undefined);
      return Promise.all([later, fail(tx)]);
    });
    await expect(broken).rejects.toThrow('division by zero');
    await expect(later).rejects.toThrow('after the end of its transaction');
  });
});
