import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { findLogo, findLogoPng, insertLogo } from '../../src/db/workspace-logos.ts';
import { setLogo } from '../../src/db/workspaces.ts';
import { newId } from '../../src/domain/ids.ts';
import { readEnvironment } from '../support/environment.ts';

const PICTURE = Buffer.from('the bytes of a picture');
const LOGO = { sha256: createHash('sha256').update(PICTURE).digest('hex'), width: 20, height: 30 };

describe('a stored logo', () => {
  let pool: Pool;
  const mine = newId('workspace');
  const theirs = newId('workspace');

  beforeAll(async () => {
    pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
    for (const id of [mine, theirs])
      await pool.query(
        `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, receipt_email, receipt_print)
         VALUES ($1, 'x', '{}', '0', '{}', 'UTC', 'ILS', 'he', 'test', false, 'on_demand')`,
        [id],
      );
    await inWorkspace(pool, mine, (tx) => insertLogo(tx, mine, { ...LOGO, png: PICTURE }));
  });
  afterAll(() => pool.end());

  it('is found by its workspace alone', async () => {
    const find = (workspaceId: string) =>
      inWorkspace(pool, workspaceId, async (tx) => [
        await findLogo(tx, mine, LOGO.sha256),
        await findLogoPng(tx, mine, LOGO.sha256),
      ]);
    expect(await find(mine)).toEqual([LOGO, PICTURE]);
    expect(await find(theirs)).toEqual([null, null]);
  });

  it('is stored once, and never under a hash that is not its own', async () => {
    const store = (logo: Parameters<typeof insertLogo>[2]) =>
      inWorkspace(pool, mine, (tx) => insertLogo(tx, mine, logo));
    await store({ ...LOGO, width: 99, png: PICTURE });
    expect(await findLogo(pool, mine, LOGO.sha256)).toEqual(LOGO);
    await expect(store({ ...LOGO, sha256: LOGO.sha256.replace(/./, 'x'), png: PICTURE })).rejects.toThrow(
      /hash_is_of_the_picture/,
    );
  });

  it('is what a workspace carries only where it is its own', async () => {
    const carry = (id: string) => inWorkspace(pool, id, (tx) => setLogo(tx, id, LOGO.sha256));
    await carry(mine);
    await expect(carry(theirs)).rejects.toThrow(/logo_is_stored/);
  });

  it.each([
    `UPDATE workspace_logos SET width = 1`,
    `UPDATE workspace_logos SET png = '\\x00'`,
    `DELETE FROM workspace_logos`,
  ])('stays: %s', async (change) => {
    const sql = `${change} WHERE workspace_id = '${mine}'`;
    await expect(inWorkspace(pool, mine, (tx) => tx.query(sql))).rejects.toThrow(/permission denied/);
    await expect(pool.query(sql)).rejects.toThrow(/is refused/);
  });

  it('stays when the table is emptied', async () => {
    await expect(pool.query('TRUNCATE workspace_logos CASCADE')).rejects.toThrow(/is refused/);
  });
});
