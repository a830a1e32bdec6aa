import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool, Sql } from '../../src/db/pool.ts';
import { claimUnstartedRefunds } from '../../src/db/refunds.ts';
import { transaction } from '../../src/db/transaction.ts';
import { openWorkspace } from '../api/rig.ts';
import { record } from '../e2e/support/manual.ts';
import { readEnvironment } from '../support/environment.ts';

let pool: Pool;
beforeAll(() => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
});
afterAll(() => pool.end());

describe('refunds that wait for their workflow', () => {
  it('are taken by one worker each, and come back when that one died', async () => {
    const clinic = await openWorkspace({ provider: false });
    const { id } = await record(clinic);
    // In a transaction that is rolled back, so that no real worker sees them.
    const taken = await rolledBack(async (tx) => {
      await tx.query(
        `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented,
           status, reason, created_at)
         SELECT 'ref_waits_' || n, workspace_id, payment_id, id, 100, currency, 'cash', 'review', true, 'pending', 'x',
           '1990-01-01'
         FROM provider_transactions, generate_series(1, 3) AS n WHERE payment_id = $1`,
        [id],
      );
      const claim = (leaseSeconds: number, limit: number) =>
        claimUnstartedRefunds(tx, { olderThan: new Date('1991-01-01'), leaseSeconds, limit });
      return [await claim(60, 2), await claim(-1, 5), await claim(60, 5), await claim(60, 5)].map(
        (rows) => rows.length,
      );
    });
    expect(taken).toEqual([2, 1, 1, 0]);
  });
});

/** What `run` returns; nothing of what it wrote stays. */
async function rolledBack<T>(run: (tx: Sql) => Promise<T>): Promise<T> {
  const kept: { result?: T } = {};
  const undo = new Error('rolled back');
  await transaction(pool, async (tx) => {
    kept.result = await run(tx);
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return kept.result as T;
}
