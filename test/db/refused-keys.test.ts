import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createBreakerStore, forceBreaker } from '../../src/history/breaker-store.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { readEnvironment } from '../support/environment.ts';

const HOUR_MS = 3_600_000;

let pool: Pool;
let clinic: Clinic;
let account: string;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 2 });
  clinic = await openClinic();
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM provider_accounts WHERE workspace_id = $1 AND family = 'payment'`,
    [clinic.id],
  );
  account = `payplus:sandbox:${rows[0]?.id}`;
});
afterAll(() => pool.end());

/** The keys are refused once more, at the trial of the breaker where it is open. */
async function refuse() {
  const store = createBreakerStore(pool);
  await pool.query(`UPDATE circuit_breakers SET opens_until = now() WHERE name = $1 AND state <> 'closed'`, [
    account,
  ]);
  return store.record(account, 'refused', await store.admit(account));
}
const refusedSince = (ago: string) =>
  pool.query(`UPDATE circuit_breakers SET refused_since = now() - $2::interval WHERE name = $1`, [
    account,
    ago,
  ]);
const told = async (): Promise<number> => {
  const { rows } = await pool.query(
    `SELECT 1 FROM events WHERE workspace_id = $1 AND type = 'provider.credentials_failing'`,
    [clinic.id],
  );
  return rows.length;
};

describe('an account whose keys are refused', () => {
  it('is tried every five minutes at first and every hour after a day, and its workspace is told once', async () => {
    for (let time = 0; time < 10; time += 1) await refuse();
    expect(Math.round(Number((await refuse())?.opensInMs) / 60_000)).toBe(5);
    expect(await told()).toBe(0);

    await refusedSince('25 hours');
    expect(Number((await refuse())?.opensInMs)).toBeGreaterThan(HOUR_MS);
    await refuse();
    expect(await told()).toBe(1);

    await refusedSince('30 days');
    expect(Number((await refuse())?.opensInMs)).toBeLessThanOrEqual(6 * HOUR_MS);
    expect(await told()).toBe(1);
  });

  it('is told again only after they worked in between', async () => {
    await forceBreaker(pool, account, 'closed');
    await refuse();
    await refusedSince('25 hours');
    await refuse();
    expect(await told()).toBe(2);
  });
});
