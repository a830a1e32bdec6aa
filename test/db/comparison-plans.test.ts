import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Sql } from '../../src/db/pool.ts';
import { claimDue } from '../../src/db/provider-events.ts';
import {
  listAccountsToReconcile,
  listTransactions,
  listOwedDocuments,
  listPaymentsOf,
  listPaymentsToAsk,
  listSucceededBetween,
} from '../../src/db/reconciliation.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import { readEnvironment } from '../support/environment.ts';

/** Enough that no sane plan reads a table whole. */
const ROWS = 60_000;
const ACCOUNTS = 20;
const DAY = 86_400_000;

let pool: Pool;
let client: PoolClient;

/** Fills the tables inside a transaction that is rolled back; nothing else ever sees these rows. */
beforeAll(async () => {
  const clinic = await openClinic();
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
  client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  const account = `'acc_' || (n % ${ACCOUNTS})`;
  const at = `now() - make_interval(mins => n * 5)`;
  const fill = (sql: string) => client.query(`${sql} FROM generate_series(1, ${ROWS}) AS n`);
  await client.query(
    `INSERT INTO provider_accounts SELECT (jsonb_populate_record(a, jsonb_build_object('id', 'acc_' || n,
       'account_key_hash', '\\x' || md5(n::text), 'webhook_token_hash', '\\x' || md5(n::text), 'is_active', false))).*
     FROM provider_accounts a, generate_series(0, ${ACCOUNTS - 1}) AS n WHERE a.workspace_id = $1 AND a.family = 'payment'`,
    [clinic.id],
  );
  await fill(
    `INSERT INTO payments (id, workspace_id, account_id, provider, status, reference, description, amount, charge_amount,
       currency, vat_included, vat_treatment, created_at, completed_at, paid_at)
     SELECT 'pay_' || n, '${clinic.id}', ${account}, 'payplus',
       CASE WHEN n % 2 = 0 THEN 'completed' ELSE 'pending' END, 'ref ' || n, '', 1, 1, 'ILS', true, 'standard',
       ${at}, CASE WHEN n % 2 = 0 THEN ${at} END, ${at}`,
  );
  await fill(
    `INSERT INTO provider_transactions (id, workspace_id, payment_id, account_id, provider_transaction_id, kind, status,
       amount, currency, paid_at, paid_at_raw, means, raw_code)
     SELECT 'txn_' || n, '${clinic.id}', 'pay_' || n, ${account}, 'vendor ' || n, 'charge', 'succeeded', 1, 'ILS', ${at}, '',
       '[]', ''`,
  );
  await fill(
    `INSERT INTO provider_pages (id, workspace_id, payment_id, account_id, provider_page_id, url, state, expires_at, created_at)
     SELECT 'page_' || n, '${clinic.id}', 'pay_' || n, ${account}, 'page ' || n, '', 'dead', ${at} + interval '30 days', ${at}`,
  );
  await fill(
    `INSERT INTO invoice_pushes (document_id, workspace_id, account_id, service, status, external_id, created_at, pushed_at)
     SELECT 'doc_' || n, '${clinic.id}', ${account}, 'sumit', 'pushed', 'ext ' || n, ${at}, ${at}`,
  );
  await fill(
    `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, kind, payment_id, verdict, body_sha256,
       received_at, handled_at, due_at)
     SELECT 'in_' || n, '${clinic.id}', ${account}, 'payplus', 'event ' || n, 'charge', 'pay_' || n, 'accepted', '\\x00', ${at},
       CASE WHEN n > 100 THEN now() END, CASE WHEN n <= 100 THEN now() END`,
  );
  await client.query('SET LOCAL session_replication_role = origin');
  await client.query(
    'ANALYZE payments, provider_transactions, provider_pages, invoice_pushes, provider_events',
  );
});
afterAll(async () => {
  await client.query('ROLLBACK');
  client.release();
  await pool.end();
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/** Every step of the plan of what is run. */
async function stepsOf(run: (sql: Sql) => Promise<unknown>): Promise<Plan[]> {
  const found: Plan[] = [];
  const walk = (plan: Plan): void => {
    found.push(plan);
    for (const child of plan.Plans ?? []) walk(child);
  };
  const explain: Sql = {
    query: async (text: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `EXPLAIN (FORMAT JSON) ${text}`,
        [...values],
      );
      for (const row of rows) walk(row['QUERY PLAN'][0].Plan);
      return { rows: [], rowCount: 0 };
    },
  };
  await run(explain);
  return found;
}

/** Tables that the statement's plan reads from end to end. */
async function wholeReads(run: (sql: Sql) => Promise<unknown>): Promise<string[]> {
  const steps = await stepsOf(run);
  return steps
    .filter((step) => step['Node Type'].includes('Seq Scan'))
    .map((step) => step['Relation Name'] ?? '');
}

const until = new Date();
const from = new Date(until.getTime() - 3 * DAY);
const lastAt = new Date(until.getTime() - DAY);
const ids = ['pay_1', 'pay_2', 'pay_3'];

describe('the nightly comparison reads by indexes', () => {
  it.each<[string, (sql: Sql) => Promise<unknown>]>([
    ['payments that can have changed', (sql) => listPaymentsToAsk(sql, 'acc_7', { from, lastAt, until })],
    ['transactions of a time', (sql) => listSucceededBetween(sql, 'acc_7', from, until)],
    [
      'transactions by id',
      (sql) => listTransactions(sql, 'acc_7', { transactionIds: ids, paymentId: 'pay_7' }),
    ],
    ['payments by id', (sql) => listPaymentsOf(sql, 'acc_7', ids)],
    ['documents', (sql) => listOwedDocuments(sql, 'acc_7', { keys: ids, since: from })],
    ['rows of the inbox that are due', (sql) => claimDue(sql, 100)],
  ])('%s', async (_what, run) => {
    const small = ['provider_accounts', 'tax_documents', 'unnest', ''];
    expect((await wholeReads(run)).filter((table) => !small.includes(table))).toEqual([]);
  });

  it('accounts with anything to compare', async () => {
    const run = (sql: Sql) => listAccountsToReconcile(sql, { since: from, workspaceId: null });
    expect((await wholeReads(run)).filter((table) => table !== 'provider_accounts')).toEqual([]);
  });
});

describe('of a vendor that lists nothing', () => {
  it('the transactions and pages of a time are read, not all of an account’s', async () => {
    const steps = await stepsOf((sql) => listPaymentsToAsk(sql, 'acc_7', { from, lastAt, until }));
    const conditions = steps
      .filter((step) => /_by_(time|start|end)$/.test(step['Index Name'] ?? ''))
      .map((step) => step['Index Cond']);
    expect(conditions).toHaveLength(4);
    for (const condition of conditions) expect(condition).toMatch(/paid_at|expires_at|created_at/);
  });

  it('only payments are asked about that can have changed: few of a year', async () => {
    const found = await listPaymentsToAsk(client, 'acc_7', { from, lastAt, until });
    const { rows } = await client.query<{ all: number }>(
      `SELECT count(*)::int AS all FROM payments WHERE account_id = 'acc_7' AND created_at > now() - interval '33 days'`,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan((rows[0]?.all ?? 0) / 2);
  });
});
