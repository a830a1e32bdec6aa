import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { verifyAudit } from '../../src/commands/verify-audit.ts';
import { BEGINNING, createAuditChain, ERASURE } from '../../src/db/audit-chain.ts';
import { eraseReasons, insertAudit } from '../../src/db/audit-log.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { ERASED } from '../../src/domain/erasure.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertWorkspace } from './rows.ts';

const chain = createAuditChain(readMasterKeys(`k1:${randomBytes(32).toString('base64')}`));

let database: OwnDatabase;
beforeAll(async () => {
  database = await createOwnDatabase('erased_reasons');
});
afterAll(() => database.drop());

async function add(
  workspaceId: string,
  detail: Record<string, unknown>,
  more: { readonly reason?: string; readonly action?: string } = {},
): Promise<void> {
  const entry = {
    ...{ actor: 'key_1', action: 'payment.created', reason: null, subjectId: 'pay_1', detail },
    ...more,
  };
  await inWorkspace(database.pool, workspaceId, (tx) => insertAudit(tx, { workspaceId, ...entry }, chain));
}

describe('a reason in the log of a workspace', () => {
  let workspaceId: string;
  const breaksOf = async () =>
    (await verifyAudit(database.pool, chain)).breaks.filter((found) => found.workspaceId === workspaceId);
  const erase = () => inWorkspace(database.pool, workspaceId, (tx) => eraseReasons(tx, workspaceId, [1]));
  const rewrite = async (set: string) => {
    await database.pool.query('ALTER TABLE audit_log DISABLE TRIGGER ALL');
    await database.pool.query(`UPDATE audit_log SET ${set} WHERE workspace_id = $1 AND sequence = 1`, [
      workspaceId,
    ]);
    await database.pool.query('ALTER TABLE audit_log ENABLE TRIGGER ALL');
  };
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.pool);
    await add(workspaceId, {}, { reason: 'Dana asked by phone' });
    await add(workspaceId, {});
  });

  it('may be erased where the log says so: the chain still fits', async () => {
    await erase();
    await add(workspaceId, { erasedReasons: [1] }, { action: ERASURE });
    expect(await breaksOf()).toEqual([]);
  });

  it('that is gone and of whose erasure the log says nothing is named', async () => {
    await erase();
    expect(await breaksOf()).toEqual([{ workspaceId, sequence: 1 }]);
    await add(workspaceId, { erasedReasons: [2] }, { action: ERASURE });
    expect(await breaksOf()).toEqual([{ workspaceId, sequence: 1 }]);
  });

  it.each([
    ['the reason', `reason = 'Dana came by'`],
    ['an erased reason for another text', `reason = 'nobody asked', reason_salt = NULL`],
    ['hash and reason', `reason = NULL, reason_hash = NULL, reason_salt = NULL`],
    ['the rest of the entry', `reason = '${ERASED}', reason_salt = NULL, actor = 'somebody else'`],
  ])('that was changed behind the engine’s back is named: %s', async (_, set) => {
    await add(workspaceId, { erasedReasons: [1] }, { action: ERASURE });
    await rewrite(set);
    expect(await breaksOf()).toEqual([{ workspaceId, sequence: 1 }]);
  });

  it('of an earlier version, whose link covers the text itself, may be erased too', async () => {
    const { rows } = await database.pool.query<{ at: Date }>(
      'SELECT at FROM audit_log WHERE workspace_id = $1 AND sequence = 1',
      [workspaceId],
    );
    const [{ at } = { at: new Date() }] = rows;
    const old = await insertWorkspace(database.pool);
    const entry = {
      ...{ workspaceId: old, actor: 'key_1', action: 'payment.created', subjectId: 'pay_1', detail: {} },
      ...{ reason: 'Dana asked by phone', sequence: 1, at, reasonHash: null },
    };
    await database.pool.query(
      `INSERT INTO audit_log (workspace_id, sequence, at, actor, action, reason, subject_id, link)
       VALUES ($1, 1, $2, 'key_1', 'payment.created', $3, 'pay_1', $4)`,
      [old, at, entry.reason, chain.link(BEGINNING, entry)],
    );
    workspaceId = old;
    expect(await breaksOf()).toEqual([]);
    await erase();
    expect(await breaksOf()).toEqual([{ workspaceId, sequence: 1 }]);
    await add(workspaceId, { erasedReasons: [1] }, { action: ERASURE });
    expect(await breaksOf()).toEqual([]);
  });

  it.each([
    `actor = 'x'`,
    `reason = 'another'`,
    `reason = NULL`,
    `detail = '{"a": 1}'`,
    `reason_salt = NULL`,
  ])('is all that may be erased: %s is refused by the database', async (set) => {
    await expect(
      database.pool.query(`UPDATE audit_log SET ${set} WHERE workspace_id = $1 AND sequence = 1`, [
        workspaceId,
      ]),
    ).rejects.toThrow(/only its reason may be erased/);
  });
});
