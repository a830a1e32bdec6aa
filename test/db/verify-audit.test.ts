import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '#jest';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import { insertAudit } from '../../src/db/audit-log.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { toLines, verifyAudit } from '../../src/commands/verify-audit.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertWorkspace } from './rows.ts';

const chain = createAuditChain(readMasterKeys(`k1:${randomBytes(32).toString('base64')}`));

let database: OwnDatabase;
let workspaces: string[];
beforeAll(async () => {
  database = await createOwnDatabase('verify_audit');
  workspaces = [await insertWorkspace(database.pool), await insertWorkspace(database.pool)];
  for (const workspaceId of workspaces) {
    for (const detail of [{ z: 1, a: [2] }, {}, { text: 'מרפאה' }]) {
      const entry = {
        workspaceId,
        actor: 'key_1',
        action: 'payment.created',
        reason: null,
        subjectId: 'pay_1',
        detail,
      };
      await inWorkspace(database.pool, workspaceId, (tx) => insertAudit(tx, entry, chain));
    }
  }
});
afterAll(() => database.drop());

it('logs that nobody touched fit, and the sentence says how much was looked at', async () => {
  const report = await verifyAudit(database.pool, chain);
  expect(report).toEqual({ workspaces: 2, entries: 6, breaks: [] });
  expect(toLines(report)[0]).toContain('All 6 entries of 2 audit logs fit');
});

it('an entry that was changed behind the engine’s back is named, with its workspace', async () => {
  const [workspaceId = ''] = workspaces;
  await database.pool.query('ALTER TABLE audit_log DISABLE TRIGGER ALL');
  await database.pool.query(
    `UPDATE audit_log SET actor = 'somebody else' WHERE workspace_id = $1 AND sequence = 2`,
    [workspaceId],
  );
  const report = await verifyAudit(database.pool, chain);
  expect(report.breaks).toEqual([{ workspaceId, sequence: 2 }]);
  expect(toLines(report)).toEqual([
    expect.stringContaining(`Entry 2 of the audit log of ${workspaceId} does not fit`),
  ]);
});

it('keys of another time fit nothing', async () => {
  const other = createAuditChain(readMasterKeys(`k1:${randomBytes(32).toString('base64')}`));
  const { breaks } = await verifyAudit(database.pool, other);
  expect(breaks.map(({ sequence }) => sequence)).toEqual([1, 1]);
});
