import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { listPaymentsToAsk } from '../../src/db/reconciliation.ts';
import { periodOf } from '../../src/worker/reconciliation/reconcile-account.ts';
import { readEnvironment } from '../support/environment.ts';

/** Which payments the nightly comparison asks about at a vendor that lists nothing. */
const DAY = 86_400_000;
const ACCOUNT = 'acc_choice';
/** Noon: nights are at 3. */
const NOON = Date.parse('2026-06-01T12:00:00Z');
const at = (days: number): Date => new Date(NOON + days * DAY);
/** The nth night after noon of the first day. */
const night = (n: number): Date => at(n - 9 / 24);

let pool: Pool;
let client: PoolClient;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
  client = await pool.connect();
  // Rolled back at the end; the foreign keys look away.
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
});
afterAll(async () => {
  await client.query('ROLLBACK');
  client.release();
  await pool.end();
});

/** A payment of an account; `paidAt` null: nobody has paid. */
async function insert(id: string, paidAt: Date | null, accountId = ACCOUNT): Promise<string> {
  await client.query(
    `INSERT INTO payments (id, workspace_id, account_id, provider, status, reference, description, amount,
       charge_amount, currency, vat_included, vat_treatment, completed_at, paid_at)
     VALUES ($1, 'ws_choice', $2, 'payplus', $3, $1, '', 1, 1, 'ILS', true, 'standard', $4, $4)`,
    [id, accountId, paidAt === null ? 'pending' : 'completed', paidAt],
  );
  return id;
}

async function insertTransaction(id: string, paymentId: string, paidAt: Date, accountId = ACCOUNT) {
  await client.query(
    `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind, status,
       amount, currency, paid_at, paid_at_raw, means, raw_code)
     VALUES ($1, 'ws_choice', $2, $3, $1, 'charge', 'succeeded', 1, 'ILS', $4, '', '[]', '')`,
    [id, paymentId, accountId, paidAt],
  );
}

async function insertPage(paymentId: string, createdAt: Date, expiresAt: Date): Promise<void> {
  await client.query(
    `INSERT INTO provider_pages (id, workspace_id, payment_id, account_id, provider_page_id, url, state, created_at, expires_at)
     VALUES ($1, 'ws_choice', $1, $2, $1, '', 'dead', $3, $4)`,
    [paymentId, ACCOUNT, createdAt, expiresAt],
  );
}

const chosen = (until: Date, comparedUntil: Date): Promise<string[]> =>
  listPaymentsToAsk(client, ACCOUNT, periodOf(comparedUntil, until));

/** The nights on which the payment is asked about, where comparisons fail on some nights. */
async function nightsOf(id: string, fails: (n: number) => boolean = () => false): Promise<number[]> {
  const found: number[] = [];
  let last = night(0);
  for (let n = 1; n <= 130; n += 1) {
    if (fails(n)) continue;
    if ((await chosen(night(n), last)).includes(id)) found.push(n);
    last = night(n);
  }
  return found;
}

describe('a payment that was paid at noon', () => {
  beforeAll(async () => {
    await insertTransaction('moved', await insert('moved', at(0)), at(0));
  });

  it('is asked about in the first three nights, and when it is 7, 14, 30, 60 and 90 days old', async () => {
    expect(await nightsOf('moved')).toEqual([1, 2, 3, 8, 15, 31, 61, 91]);
  });

  it('is asked about when comparisons go on again, where it came to such an age meanwhile', async () => {
    const fails = (n: number) => (n >= 7 && n <= 9) || n === 15 || (n > 60 && n < 80) || n === 91;
    expect(await nightsOf('moved', fails)).toEqual([1, 2, 3, 10, 16, 31, 80, 92]);
  });

  it('is asked about once more where nothing was compared for months', async () => {
    expect(await nightsOf('moved', (n) => n > 3 && n < 120)).toEqual([1, 2, 3, 120]);
  });
});

describe('on one night', () => {
  it('what can have changed is asked about, and nothing else', async () => {
    const [before, day] = [at(199), at(201)];
    await insertTransaction('twice_late', await insert('twice', at(100)), day);
    await insertTransaction('quiet', await insert('quiet', at(180)), at(180));
    await insertTransaction('other', await insert('other', day, 'acc_other'), day, 'acc_other');
    await insertPage(await insert('ended', null), at(150), day);
    await insertPage(await insert('made', null), day, at(260));
    await insertPage(await insert('open', null), at(150), at(260));
    await insertPage(await insert('dead', null), at(150), at(160));
    await insertPage(await insert('paid', at(155)), at(150), day);
    expect(await chosen(night(202), before)).toEqual(['ended', 'made', 'twice']);
  });
});
