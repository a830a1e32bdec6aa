import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { insertRefusedEvent } from '../../src/db/inbox.ts';
import { insertProviderEvent } from '../../src/db/provider-events.ts';
import {
  claimRefusals,
  findLastRefusal,
  finishRefusal,
  recordRefusal,
} from '../../src/db/webhook-refusals.ts';
import { newId } from '../../src/domain/ids.ts';
import { askAfterRefusals } from '../../src/worker/sweepers/ask-after-refusals.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

let database: OwnDatabase;
let owner: { workspaceId: string; paymentId: string; accountId: string };
beforeAll(async () => {
  database = await createOwnDatabase('refused_webhooks');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('DELETE FROM webhook_refusals');
  const workspaceId = await insertWorkspace(database.pool);
  owner = { workspaceId, ...(await insertPayment(database.pool, workspaceId)) };
});

const refuse = () => recordRefusal(database.pool, owner, 'wrong');
const isToldOf = async (): Promise<boolean> => (await refuse()).isNews;

function event() {
  return {
    id: newId('providerEvent'),
    ...owner,
    provider: 'payplus',
    reason: 'wrong',
    headersSealed: Buffer.from('x'),
    bodySha256: Buffer.alloc(32),
    remoteAddress: null,
    receivedAt: new Date(),
  };
}

function store(isProven: boolean) {
  const one = event();
  const claimed = { pageId: null, paymentId: null, transactionId: null, isSigned: isProven };
  const empty = { kind: null, names: null, namesStatus: null };
  return insertProviderEvent(database.pool, {
    ...one,
    ...empty,
    claimed,
    isProven,
    eventId: one.id,
    bodySealed: Buffer.from('x'),
  });
}

/** As if everything had happened so many minutes earlier. */
async function pass(minutes: number): Promise<void> {
  await database.pool.query(
    `UPDATE webhook_refusals SET at = at - d, since = since - d, told_at = told_at - d, due_at = due_at - d, asked_at = asked_at - d
     FROM (SELECT make_interval(mins => $1) AS d)`,
    [minutes],
  );
}

describe('somebody is told of refused webhooks', () => {
  it('at the third in a row, and not again while they go on', async () => {
    const told = [];
    for (let n = 0; n < 5; n += 1) told.push(await isToldOf());
    expect(told).toEqual([false, false, true, false, false]);
    await pass(24 * 60);
    expect(await isToldOf()).toBe(false);
    expect(await findLastRefusal(database.pool, owner.accountId)).toMatchObject({
      reason: 'wrong',
      inARow: 6,
    });
  });

  it('anew once a proven one came between, but not twice within an hour', async () => {
    for (let n = 0; n < 3; n += 1) await refuse();
    await store(true);
    for (let n = 0; n < 3; n += 1) expect(await isToldOf()).toBe(false);
    await pass(61);
    await store(true);
    expect([await isToldOf(), await isToldOf(), await isToldOf()]).toEqual([false, false, true]);
  });

  it('and one that proves nothing does not end the row', async () => {
    for (let n = 0; n < 2; n += 1) await refuse();
    await store(false);
    expect(await isToldOf()).toBe(true);
  });
});

describe('the open payments of an account whose webhooks are refused', () => {
  const due = async () => (await claimRefusals(database.pool, 10)).length;

  it('are due at once, then once a minute, however many come', async () => {
    await Promise.all(Array.from({ length: 50 }, refuse));
    expect([await due(), await due()]).toEqual([1, 0]);
    await finishRefusal(database.pool, { ...owner, askedBefore: null });
    await Promise.all(Array.from({ length: 50 }, refuse));
    expect(await due()).toBe(0);
    await pass(1);
    expect([await due(), await due()]).toEqual([1, 0]);
  });

  it('are not asked about again after the last refusal was', async () => {
    await refuse();
    await due();
    await finishRefusal(database.pool, { ...owner, askedBefore: null });
    await pass(60);
    expect(await due()).toBe(0);
  });

  it('are due again where one came during the questions, or the worker died', async () => {
    await refuse();
    await due();
    await refuse();
    await finishRefusal(database.pool, { ...owner, askedBefore: null });
    await pass(1);
    expect(await due()).toBe(1);
    await pass(1);
    expect(await due()).toBe(1);
  });

  it('are asked about fifty at a time: the newest always, the older ones in turn, no others', async () => {
    await database.pool.query(
      `INSERT INTO payments (id, workspace_id, account_id, provider, status, reference, description, amount, charge_amount,
         currency, vat_included, vat_treatment, created_at)
       SELECT 'pay_' || $2 || n, $1, $2, 'payplus', CASE WHEN n > 120 THEN 'cancelled' ELSE 'pending' END, $2 || n, 'visit', 100,
         100, 'ILS', true, 'standard', now() - make_interval(secs => n)
       FROM generate_series(1, 130) AS n`,
      [owner.workspaceId, owner.accountId],
    );
    await insertPayment(database.pool, owner.workspaceId);
    const rounds: string[][] = [];
    for (let round = 0; round < 5; round += 1) {
      await refuse();
      const asked: string[] = [];
      const checkReturned = ({ id }: { id: string }) => {
        asked.push(id);
        return Promise.resolve({ state: 'waiting' as const });
      };
      await askAfterRefusals({ pool: database.pool, temporal: { checkReturned } });
      rounds.push(asked);
      await pass(1);
    }
    expect(rounds.map(({ length }) => length)).toEqual([50, 50, 50, 46, 50]);
    const newest = rounds[0]?.slice(0, 25);
    for (const asked of rounds) expect(asked.slice(0, 25)).toEqual(newest);
    // 120 made here and the one that the account had before.
    expect(new Set(rounds.flat()).size).toBe(121);
  });
});

it('of refused webhooks the inbox keeps sixty an hour and account', async () => {
  for (let n = 0; n < 62; n += 1) await insertRefusedEvent(database.pool, event());
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS kept FROM provider_events WHERE account_id = $1 AND verdict = 'refused'`,
    [owner.accountId],
  );
  expect(rows).toEqual([{ kept: 60 }]);
});
