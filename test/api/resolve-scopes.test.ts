import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { readEnvironment } from '../support/environment.ts';
import { call, mintKey, openPayment, openWorkspace } from './rig.ts';

let pool: Pool;
beforeAll(() => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
});
afterAll(() => pool.end());

const WITHOUT_REFUNDS = ['payments:read', 'payments:write'] as const;

/** What a key without `refunds:write` is answered that decides so about a payment with this review. */
async function decide(review: string, body: object) {
  const workspace = await openWorkspace();
  const { id } = await openPayment(workspace);
  await pool.query('UPDATE payments SET review = $2 WHERE id = $1', [id, review]);
  const key = await mintKey(workspace.id, WITHOUT_REFUNDS);
  return call('POST', `/v1/payments/${id}/resolve`, { key, body: { reason: 'as agreed', ...body } });
}

describe('a decision that gives money back', () => {
  it.each([
    ['amount_mismatch', { action: 'refund' }],
    ['duplicate_payment', { action: 'refund' }],
    ['provider_dispute', { action: 'refund' }],
    ['unknown_outcome', { action: 'accept', paid: true, transactionId: 'txn-1' }],
  ])('needs refunds:write besides payments:write: %s, %j', async (review, body) => {
    const { status, json } = await decide(review, body);

    expect([status, json.code, json.detail]).toEqual([
      403,
      'insufficient_scope',
      'this key lacks the scope refunds:write',
    ]);
  });

  it.each([
    ['reconciliation', { action: 'accept' }],
    ['unknown_outcome', { action: 'dismiss' }],
  ])('is not what these are: %s, %j', async (review, body) => {
    expect([200, 202]).toContain((await decide(review, body)).status);
  });
});
