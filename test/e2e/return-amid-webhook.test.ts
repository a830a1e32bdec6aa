import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { readEnvironment } from '../support/environment.ts';
import { call, eventually, openClinic, openPayment, readTimeline, untilStatus } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { callsAbout, payAtVendor } from './support/vendors.ts';

let pool: Pool;
let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
  pool = createPool({
    connectionString: readEnvironment().databaseUrl,
    onError: (error) => {
      throw error;
    },
  });
});
afterAll(() => Promise.all([pool.end(), temporal.close()]));

/** Holds the payment's row, so that settling it must wait. */
async function hold(paymentId: string) {
  const client = await pool.connect();
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>(
    'SELECT pg_backend_pid() AS pid FROM payments WHERE id = $1 FOR NO KEY UPDATE',
    [paymentId],
  );
  return {
    untilSomebodyWaits: () =>
      eventually('a settlement that waits for the payment', async () => {
        const waiting = await pool.query(
          'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
          [rows[0]?.pid],
        );
        return waiting.rows.length > 0 ? true : null;
      }),
    letGo: async () => {
      await client.query('ROLLBACK');
      client.release();
    },
  };
}

describe('a payer who comes back while the webhook of the payment is being settled', () => {
  it('costs no second read-back and no second settlement, and is thanked', async () => {
    const clinic = await openClinic();
    const payment = await openPayment(clinic);
    const { untilSomebodyWaits, letGo } = await hold(payment.id);
    await payAtVendor(payment.id);
    await untilSomebodyWaits();
    const returning = call<undefined>('GET', `${payment.link?.url ?? ''}/return?outcome=success`, {
      headers: { 'accept-language': 'en' },
    });
    await letGo();

    const { status, headers } = await returning;
    const page = await call<undefined>('GET', headers.get('location') ?? '');
    expect(status).toBe(303);
    expect(page.bytes.toString()).toMatch(/Thank you|תודה/);
    const paid = await untilStatus(clinic, payment.id, 'completed');
    expect(paid.documentIds).toHaveLength(1);
    await temporal.untilEnded(payment);
    // PayPlus is read back by two calls.
    const reads = (await callsAbout(payment.id)).filter(({ operation }) => operation === 'find_payment');
    expect(reads).toHaveLength(2);
    const settled = (await readTimeline(clinic, payment.id)).filter(({ kind }) => kind === 'completed');
    expect(settled).toHaveLength(1);
  });
});
