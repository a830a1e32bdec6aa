import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import type { AuditRow } from '../../src/db/audit-chain.ts';
import { insertAudit, listAudit } from '../../src/db/audit-log.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertWorkspace } from './rows.ts';

const OLD = `k1:${randomBytes(32).toString('base64')}`;
const NEW = `k2:${randomBytes(32).toString('base64')}`;
const before = createAuditChain(readMasterKeys(OLD));
const after = createAuditChain(readMasterKeys(`${NEW},${OLD}`));

/** Details as callers give them: PostgreSQL sorts an object's fields, and JSON leaves some out. */
const DETAILS: readonly Record<string, unknown>[] = [
  { zebra: 1, a: 2, longer: { z: [1, { b: 1, aa: 2 }], y: null } },
  { at: new Date('2026-01-02T03:04:05.678Z'), gone: undefined, text: 'מרפאה 🙂 "x"\n' },
  { 10: 'ten', 9: 'nine', amount: 35_000, none: [], empty: {} },
  {},
];

let database: OwnDatabase;
let rows: AuditRow[];
beforeAll(async () => {
  database = await createOwnDatabase('audit');
  const workspaceId = await insertWorkspace(database.pool);
  for (const [index, detail] of [...DETAILS, ...DETAILS].entries()) {
    const entry = {
      workspaceId,
      actor: 'key_1',
      action: 'payment.created',
      reason: null,
      subjectId: 'pay_1',
      detail,
    };
    const chain = index < DETAILS.length ? before : after;
    await inWorkspace(database.pool, workspaceId, (tx) => insertAudit(tx, entry, chain));
  }
  rows = await listAudit(database.pool, workspaceId);
});
afterAll(() => database.drop());

describe('the audit chain', () => {
  it('verifies from its stored rows, across a change of keys', () => {
    expect(rows).toHaveLength(8);
    expect(after.findBreak(rows)).toBeNull();
  });

  it('cannot be verified without the key of its time', () => {
    expect(createAuditChain(readMasterKeys(NEW)).findBreak(rows)).toBe(1);
  });

  it.each<[string, Partial<AuditRow>]>([
    ['who', { actor: 'somebody else' }],
    ['what', { action: 'payment.cancelled' }],
    ['when', { at: new Date(0) }],
    ['why', { reason: 'asked by phone' }],
    ['of what', { subjectId: 'pay_2' }],
    ['whose', { workspaceId: 'ws_2' }],
    ['the detail', { detail: { zebra: 1, a: 2, longer: { z: [1, { b: 1, aa: 3 }], y: null } } }],
    ['the link', { link: Buffer.concat([Buffer.from('k1:'), Buffer.alloc(32)]) }],
  ])('breaks where an entry was changed in %s', (_, change) => {
    expect(after.findBreak(rows.map((row, at) => (at === 4 ? { ...row, ...change } : row)))).toBe(5);
  });

  it('breaks where an entry was removed, moved, or put in', () => {
    const [first, second, third, ...rest] = rows as [AuditRow, AuditRow, AuditRow, ...AuditRow[]];
    expect(after.findBreak([first, third, ...rest])).toBe(2);
    expect(after.findBreak([first, third, second, ...rest])).toBe(2);
    expect(after.findBreak([second, third, ...rest])).toBe(1);
    expect(after.findBreak([first, first, second])).toBe(2);
  });
});
