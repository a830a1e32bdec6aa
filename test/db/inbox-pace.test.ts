import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { keepInHand } from '../../src/activities/books/wait-for-news.ts';
import { claimDue, markSignalled } from '../../src/db/provider-events.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

let database: OwnDatabase;
let owner: { workspaceId: string; paymentId: string; accountId: string };
beforeAll(async () => {
  database = await createOwnDatabase('inbox_pace');
  const workspaceId = await insertWorkspace(database.pool);
  owner = { workspaceId, ...(await insertPayment(database.pool, workspaceId)) };
});
afterAll(() => database.drop());

/** A row that came so many minutes ago and is due; its id. */
async function received(minutes: number): Promise<string> {
  const id = randomUUID();
  await database.pool.query(
    `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, payment_id, verdict, body_sha256, received_at, due_at)
     VALUES ($1, $2, $3, 'payplus', $1, $4, 'accepted', '', now() - make_interval(mins => $5), now())`,
    [id, owner.workspaceId, owner.accountId, owner.paymentId, minutes],
  );
  return id;
}

const claimed = async (): Promise<readonly string[]> =>
  (await claimDue(database.pool, 100)).map(({ id }) => id);

/** Minutes until the row is due. */
async function minutesLeft(id: string): Promise<number> {
  const { rows } = await database.pool.query<{ minutes: number }>(
    `SELECT (extract(epoch FROM due_at - now()) / 60)::float8 AS minutes FROM provider_events WHERE id = $1`,
    [id],
  );
  return rows[0]?.minutes ?? 0;
}

describe('a payment is told of a row that stays open', () => {
  it.each([
    [0, 1],
    [30, 30],
    [3 * 60, 3 * 60],
    [30 * 24 * 60, 6 * 60],
  ])('after %i minutes once, and again in %i', async (age, again) => {
    const id = await received(age);
    expect(await claimed()).toEqual([id]);
    expect(await claimed()).toEqual([]);
    expect(await minutesLeft(id)).toBeCloseTo(again, 0);
  });

  it('not while an activity has it in hand, and a signal that was late changes nothing about that', async () => {
    const id = await received(5);
    await keepInHand(database, { ...owner, eventIds: [id], isAsked: false }, [id]);
    await markSignalled(database.pool, [id]);
    expect(await claimed()).toEqual([]);
    expect(await minutesLeft(id)).toBeGreaterThan(30);
  });
});
