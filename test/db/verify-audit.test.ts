import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { pino } from 'pino';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import { insertAudit } from '../../src/db/audit-log.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { readHeads, toLines, verifyAudit } from '../../src/commands/verify-audit.ts';
import { reportAuditHeads } from '../../src/worker/sweepers/report-audit-heads.ts';
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
    for (const detail of [{ z: 1, a: [2] }, {}, { text: 'מרפאה' }]) await add(workspaceId, detail);
  }
});

async function add(workspaceId: string, detail: Record<string, unknown>): Promise<void> {
  const entry = { actor: 'key_1', action: 'payment.created', reason: null, subjectId: 'pay_1', detail };
  await inWorkspace(database.pool, workspaceId, (tx) => insertAudit(tx, { workspaceId, ...entry }, chain));
}

afterAll(() => database.drop());

it('logs that nobody touched fit, and the sentence says how much was looked at', async () => {
  const report = await verifyAudit(database.pool, chain);
  expect(report).toEqual({ workspaces: 2, entries: 6, heads: 0, breaks: [], cut: [] });
  expect(toLines(report)[0]).toContain('All 6 entries of 2 audit logs fit');
});

describe('heads of the logs', () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const report = (pauseSeconds: number) => reportAuditHeads({ pool: database.pool, logger }, pauseSeconds);

  it('are reported in our log and to the app, once as long as they stay', async () => {
    await Promise.all([report(0), report(0)]);
    await report(0);
    const heads = readHeads(`noise\n${lines.join('')}`);
    expect(heads.map(({ workspaceId, sequence }) => [workspaceId, sequence]).sort()).toEqual(
      workspaces.map((id) => [id, 3]).sort(),
    );
    const { rows } = await database.pool.query(
      `SELECT workspace_id AS "workspaceId", facts ->> 'sequence' AS sequence, facts ->> 'link' AS link FROM events
       WHERE type = 'audit.head'`,
    );
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining(
        heads.map(({ workspaceId, link }) => ({ workspaceId, sequence: '3', link: link.toString('hex') })),
      ),
    );
    expect(await verifyAudit(database.pool, chain, heads)).toMatchObject({ heads: 4, breaks: [], cut: [] });
  });

  it('are not reported again within the pause', async () => {
    const [workspaceId = ''] = workspaces;
    await add(workspaceId, { late: true });
    lines.length = 0;
    await report(3_600);
    expect(lines).toEqual([]);
    await report(0);
    expect(readHeads(lines.join('')).map(({ sequence }) => sequence)).toEqual([4]);
  });

  it('show that entries were removed from the end, though the chain fits', async () => {
    const [workspaceId = ''] = workspaces;
    const known = readHeads(lines.join(''));
    await database.pool.query('ALTER TABLE audit_log DISABLE TRIGGER ALL');
    await database.pool.query('DELETE FROM audit_log WHERE workspace_id = $1 AND sequence = 4', [
      workspaceId,
    ]);
    const found = await verifyAudit(database.pool, chain);
    expect(found).toMatchObject({ breaks: [], cut: [{ workspaceId, sequence: 4 }] });
    expect(toLines(found)).toEqual([expect.stringContaining('removed from the end')]);
    // Entries that are written in their place make the log longer again, and do not hide it.
    await add(workspaceId, { instead: 1 });
    await add(workspaceId, { instead: 2 });
    await report(0);
    expect((await verifyAudit(database.pool, chain)).cut).toEqual([{ workspaceId, sequence: 4 }]);
    // Who can remove entries can remove the stored head too, but not the line in the log.
    await database.pool.query('DELETE FROM audit_heads');
    expect((await verifyAudit(database.pool, chain)).cut).toEqual([]);
    expect((await verifyAudit(database.pool, chain, known)).cut).toEqual([{ workspaceId, sequence: 4 }]);
  });
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
