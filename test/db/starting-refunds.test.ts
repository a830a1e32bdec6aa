import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool, Sql } from '../../src/db/pool.ts';
import { claimRefundsToRun } from '../../src/db/refunds.ts';
import { transaction } from '../../src/db/transaction.ts';
import { openWorkspace } from '../api/rig.ts';
import { record } from '../e2e/support/manual.ts';
import { startRefunds } from '../../src/worker/sweepers/start-refunds.ts';
import { createOwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';
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
        claimRefundsToRun(tx, { olderThan: new Date('1991-01-01'), leaseSeconds, limit });
      return [await claim(60, 2), await claim(-1, 5), await claim(60, 5), await claim(60, 5)].map(
        (rows) => rows.length,
      );
    });
    expect(taken).toEqual([2, 1, 1, 0]);
  });
});

describe('refunds of which each takes its time to start', () => {
  const COUNT = 6;

  it('are started side by side, each by one of two workers, and one that fails keeps no other back', async () => {
    const own = await createOwnDatabase('starting');
    try {
      await insertRefunds(own.pool, COUNT);
      const started: string[] = [];
      const gate = Promise.withResolvers<number>();
      // Where they are started one after the other, the first of them waits for the others until this ends it.
      const limit = setTimeout(() => gate.resolve(started.length), 5_000);
      const startRefund = async ({ refundId }: { refundId: string }) => {
        started.push(refundId);
        if (started.length === COUNT) gate.resolve(COUNT);
        await gate.promise;
        if (refundId === 'ref_1') throw new Error('no server');
        return { state: 'done' };
      };
      const deps = { pool: own.pool, temporal: { startRefund } } as unknown as Parameters<
        typeof startRefunds
      >[0];
      const ends = await Promise.allSettled([startRefunds(deps), startRefunds(deps)]);
      clearTimeout(limit);
      expect(await gate.promise).toBe(COUNT);
      expect(started.toSorted()).toEqual(Array.from({ length: COUNT }, (_, n) => `ref_${n}`));
      expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      const { rows } = await own.pool.query('SELECT id FROM refunds WHERE started_at IS NULL');
      expect(rows).toEqual([{ id: 'ref_1' }]);
    } finally {
      await own.drop();
    }
  });
});

async function insertRefunds(pool: Pool, count: number): Promise<void> {
  const workspaceId = await insertWorkspace(pool);
  const { paymentId, accountId } = await insertPayment(pool, workspaceId);
  await pool.query(
    `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind, status,
       amount, currency, paid_at, paid_at_raw, means, raw_code)
     VALUES ('txn_1', $1, $2, $3, 'charge', 'charge', 'succeeded', 100, 'ILS', now(), '', '[]', '')`,
    [workspaceId, paymentId, accountId],
  );
  await pool.query(
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented,
       status, reason, created_at)
     SELECT 'ref_' || n, $1, $2, 'txn_1', 1, 'ILS', 'original', 'review', false, 'pending', 'x', '1990-01-01'
     FROM generate_series(0, $3 - 1) AS n`,
    [workspaceId, paymentId, count],
  );
}

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
