import { afterAll, beforeAll, expect, it } from '#jest';
import { claimDueMail, closeMail, insertMail, markSending, waitForTurn } from '../../src/db/mails.ts';
import { newId } from '../../src/domain/ids.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

const TEN_MINUTES = 600_000;

let database: OwnDatabase;
let workspaceId = '';
beforeAll(async () => {
  database = await createOwnDatabase('asking');
  workspaceId = await insertWorkspace(database.pool);
});
afterAll(() => database.drop());

/** A mail of a payment of its own that asks this address. */
async function owe(recipient: string) {
  const { paymentId } = await insertPayment(database.pool, workspaceId);
  const mail = { id: newId('mail'), workspaceId, paymentId, recipient, kind: 'request' } as const;
  const rest = { documentId: null, variant: null, locale: 'he', isAsked: false } as const;
  await insertMail(database.pool, { ...mail, ...rest });
  return mail;
}

it('of several mails that ask one payer the next waits until ten minutes after the last', async () => {
  const { pool } = database;
  const [first, second, other] = [
    await owe('dana@example.com'),
    await owe('DANA@example.com'),
    await owe('avi@example.com'),
  ];
  expect(await waitForTurn(pool, first, TEN_MINUTES)).toBeNull();
  expect((await claimDueMail(pool))?.id).toBe(first.id);
  await markSending(pool, first.id);
  expect(await waitForTurn(pool, second, TEN_MINUTES)).toBeInstanceOf(Date);
  expect(await waitForTurn(pool, first, TEN_MINUTES)).toBeNull();
  await closeMail(pool, first.id, 'sent', null);
  const until = await waitForTurn(pool, second, TEN_MINUTES);
  const { rows } = await pool.query<{ sent: Date }>('SELECT sent_at AS sent FROM mails WHERE id = $1', [
    first.id,
  ]);
  expect(until?.getTime()).toBe((rows[0]?.sent.getTime() ?? 0) + TEN_MINUTES);
  expect(await waitForTurn(pool, other, TEN_MINUTES)).toBeNull();
  await pool.query(`UPDATE mails SET sent_at = now() - interval '11 minutes' WHERE id = $1`, [first.id]);
  expect(await waitForTurn(pool, second, TEN_MINUTES)).toBeNull();
});
