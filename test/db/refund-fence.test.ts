import { afterAll, beforeAll, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool, Sql } from '../../src/db/pool.ts';
import {
  completeRefund,
  failRefund,
  linkRefund,
  markUnknown,
  releaseSending,
  setRefundOutcome,
  takeSending,
} from '../../src/db/refunds.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import { paid } from '../e2e/support/paid-payments.ts';
import { refund, untilRefund } from '../e2e/support/refunds.ts';
import { readEnvironment } from '../support/environment.ts';

// Temporal may give a refund to a second worker while the first only hangs, and both then say what became of the order.

let pool: Pool;
let refundId: string;
beforeAll(async () => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
  const clinic = await openClinic();
  const payment = await paid(clinic);
  refundId = (await refund(clinic, payment.id, { amount: 100 })).json.id;
  await untilRefund(clinic, payment.id, refundId, { status: 'completed' });
});
afterAll(() => pool.end());

/** What a refund whose order is out comes to by these steps; the books stay as they are. */
async function afterSending(steps: (tx: Sql) => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `UPDATE refunds SET status = 'pending', outcome = 'known', transaction_id = NULL, completed_at = NULL, sent_at = NULL
       WHERE id = $1`,
      [refundId],
    );
    expect(await takeSending(client, refundId)).toBe(true);
    await steps(client);
    const { rows } = await client.query<{ outcome: string; isSent: boolean; isTied: boolean }>(
      'SELECT outcome, sent_at IS NOT NULL AS "isSent", transaction_id IS NOT NULL AS "isTied" FROM refunds WHERE id = $1',
      [refundId],
    );
    return rows[0];
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('an order that did not arrive may be sent again', async () => {
  const after = await afterSending(async (tx) => {
    await releaseSending(tx, refundId);
    expect(await takeSending(tx, refundId)).toBe(true);
  });
  expect(after).toMatchObject({ outcome: 'known', isSent: true });
});

it('an order that another try gave up as unknown stays a sent one, so that a person can decide about it', async () => {
  const after = await afterSending(async (tx) => {
    expect(await markUnknown(tx, refundId, new Date())).toBe(true);
    await releaseSending(tx, refundId);
  });
  expect(after).toMatchObject({ outcome: 'unknown', isSent: true });
});

it('an order that is known not to have arrived does not become unknown', async () => {
  const after = await afterSending(async (tx) => {
    await releaseSending(tx, refundId);
    expect(await markUnknown(tx, refundId, new Date())).toBe(false);
  });
  expect(after).toMatchObject({ outcome: 'known', isSent: false });
});

it('a refund that a person ended while its order was out stays ended: what moved after all is explained anew', async () => {
  const after = await afterSending(async (tx) => {
    expect(await failRefund(tx, refundId, 'did_not_happen')).toBe(true);
    await setRefundOutcome(tx, refundId, 'unknown', new Date());
    await linkRefund(tx, refundId, await someTransaction(tx));
  });
  expect(after).toEqual({ outcome: 'known', isSent: true, isTied: false });
});

it.each([
  ['a person said did not happen', (tx: Sql) => failRefund(tx, refundId, 'did_not_happen')],
  ['succeeded', (tx: Sql) => completeRefund(tx, refundId)],
])('a refund that %s does not become unknown by a try that hung', async (_ended, end) => {
  const after = await afterSending(async (tx) => {
    await end(tx);
    expect(await markUnknown(tx, refundId, new Date())).toBe(false);
  });
  expect(after).toMatchObject({ outcome: 'known' });
});

async function someTransaction(tx: Sql): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'SELECT t.id FROM provider_transactions t JOIN refunds r ON r.payment_id = t.payment_id WHERE r.id = $1 LIMIT 1',
    [refundId],
  );
  return rows[0]?.id ?? '';
}
