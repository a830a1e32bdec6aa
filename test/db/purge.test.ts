import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { purgeEvents } from '../../src/db/purge.ts';
import { createMetrics } from '../../src/metrics.ts';
import { purge } from '../../src/worker/purge.ts';
import { createPool } from '../../src/db/pool.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';
import { createSeededDatabase } from './seeded-database.ts';

const RETENTION = { idempotencyKeys: 7, events: 90, webhookBodies: 180 };

let database: OwnDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createOwnDatabase('purge');
  workspaceId = await insertWorkspace(database.pool);
  await database.pool.query(
    `INSERT INTO webhook_endpoints (id, workspace_id, url, api_version, secret_sealed)
     VALUES ('we_on', $1, 'https://a.test', '1', 'x'), ('we_gone', $1, 'https://b.test', '1', 'x')`,
    [workspaceId],
  );
  await database.pool.query(`UPDATE webhook_endpoints SET status = 'deleted' WHERE id = 'we_gone'`);
});
afterAll(() => database.drop());

const query = async (text: string, values: readonly unknown[] = []): Promise<unknown[]> => {
  const { rows } = await database.pool.query<{ value: unknown }>(text, [...values]);
  return rows.map(({ value }) => value);
};

/** Purges as the role that a worker has, and returns what it counted and logged. */
async function run(batch?: number, { url } = database) {
  const asWorker = new URL(url);
  asWorker.searchParams.set('options', '-c role=tashlum_system');
  const pool = createPool({ connectionString: asWorker.href, onError: () => undefined });
  const metrics = createMetrics();
  const logged: object[] = [];
  const logger = { info: (what: object) => void logged.push(what) };
  try {
    await purge({ pool, logger: logger as never, metrics, retention: RETENTION }, batch);
  } finally {
    await pool.end();
  }
  return { logged, metrics: await metrics.registry.metrics() };
}

/** Events of one payment, by their age in days, each delivered to `we_on` unless it says otherwise. */
async function insertEvents(events: readonly { age: number; waitsFor?: string }[]): Promise<string> {
  const { paymentId } = await insertPayment(database.pool, workspaceId);
  for (const [index, { age, waitsFor }] of events.entries()) {
    const id = `${paymentId}/${index + 1}`;
    await query(
      `INSERT INTO events (id, workspace_id, payment_id, type, sequence, facts, created_at)
       VALUES ($1, $2, $3, 'payment.created', $4, '{}', now() - make_interval(days => $5))`,
      [id, workspaceId, paymentId, index + 1, age],
    );
    await query(
      `INSERT INTO event_deliveries (endpoint_id, event_id, workspace_id, subject, sequence, status)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [waitsFor ?? 'we_on', id, workspaceId, paymentId, index + 1, waitsFor ? 'waiting' : 'delivered'],
    );
    await query(
      `INSERT INTO event_attempts (id, event_id, endpoint_id, workspace_id, at, duration_ms)
       VALUES ($1, $1, 'we_on', $2, now(), 1)`,
      [id, workspaceId],
    );
  }
  await query('UPDATE payments SET event_sequence = $2 WHERE id = $1', [paymentId, events.length]);
  return paymentId;
}

const sequencesOf = (paymentId: string) =>
  query('SELECT sequence::int AS value FROM events WHERE payment_id = $1 ORDER BY sequence', [paymentId]);

describe('the purge of idempotency keys', () => {
  it('takes the old ones in batches, and leaves young ones and one that a request holds', async () => {
    await query(
      `INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, created_at, lease_until)
       SELECT $1, 'POST /v1/payments', key, '', now() - make_interval(days => age), lease
       FROM (VALUES ('a', 8, NULL), ('b', 9, NULL), ('c', 10, now() - interval '9 days'), ('young', 6, NULL),
         ('held', 8, now() + interval '1 minute')) AS given (key, age, lease)`,
      [workspaceId],
    );
    const { logged, metrics } = await run(2);
    expect(await query('SELECT key AS value FROM idempotency_keys ORDER BY key')).toEqual(['held', 'young']);
    expect(logged).toContainEqual({ what: 'idempotency_keys', days: 7, count: 3 });
    expect(metrics).toContain('tashlum_purged_total{what="idempotency_keys"} 3');
  });
});

describe('the purge of events', () => {
  it('takes the old ones with their attempts, and leaves no gap', async () => {
    // The third took its number late: its transaction began before that of the second.
    const paymentId = await insertEvents([{ age: 92 }, { age: 89 }, { age: 91 }, { age: 1 }]);
    await run();
    expect(await sequencesOf(paymentId)).toEqual([2, 3, 4]);
    expect(
      await query('SELECT count(*)::int AS value FROM event_attempts WHERE event_id LIKE $1', [
        `${paymentId}/%`,
      ]),
    ).toEqual([3]);
    const { findings } = await checkInvariants(database.pool);
    expect(findings.find(({ name }) => name === 'events_are_numbered')?.count).toBe(0);
  });

  it('keeps what an endpoint still waits for and all that follows, but not for an endpoint that is deleted', async () => {
    const waiting = await insertEvents([{ age: 95 }, { age: 94, waitsFor: 'we_on' }, { age: 93 }]);
    const abandoned = await insertEvents([{ age: 95, waitsFor: 'we_gone' }, { age: 94 }]);
    await run(1);
    expect(await sequencesOf(waiting)).toEqual([2, 3]);
    expect(await sequencesOf(abandoned)).toEqual([]);
  });

  it('takes no more than a batch at a time', async () => {
    await insertEvents([{ age: 95 }, { age: 94 }, { age: 93 }]);
    expect(await purgeEvents(database.pool, 90, 2)).toBe(2);
    expect(await purgeEvents(database.pool, 90, 2)).toBe(1);
  });
});

describe('the purge of webhooks', () => {
  it('empties old ones and keeps their row and hash; open, disputed and reviewed ones stay whole', async () => {
    const webhook = async (name: string, age: number, isHandled = true): Promise<string> => {
      const { paymentId, accountId } = await insertPayment(database.pool, workspaceId);
      await query(
        `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, payment_id, verdict, body_sealed,
           headers_sealed, body_sha256, remote_address, received_at, handled_at)
         VALUES ($1, $2, $3, 'payplus', $1, $4, 'accepted', 'body', 'headers', 'hash', '192.0.2.1',
           now() - make_interval(days => $5), CASE WHEN $6 THEN now() END)`,
        [name, workspaceId, accountId, paymentId, age, isHandled],
      );
      return paymentId;
    };
    await webhook('old', 181);
    await webhook('young', 179);
    await webhook('open', 181, false);
    const reviewed = await webhook('reviewed', 181);
    await query(`UPDATE payments SET review = 'late_success' WHERE id = $1`, [reviewed]);
    const disputed = await webhook('disputed', 181);
    await query(
      `INSERT INTO disputes (id, workspace_id, payment_id, account_id, provider_dispute_id, status, amount, currency)
       SELECT 'd', workspace_id, id, account_id, 'd', 'open', 100, 'ILS' FROM payments WHERE id = $1`,
      [disputed],
    );
    await run();
    const emptied = await query(
      `SELECT id AS value FROM provider_events
       WHERE body_sealed IS NULL AND headers_sealed IS NULL AND remote_address IS NULL AND body_sha256 = 'hash'`,
    );
    expect(emptied).toEqual(['old']);
    expect(
      await query('SELECT id AS value FROM provider_events WHERE body_sealed IS NOT NULL ORDER BY id'),
    ).toEqual(['disputed', 'open', 'reviewed', 'young']);
  });
});

describe('two old years of a business', () => {
  it('keep every row but events, and the books hold', async () => {
    const seeded = await createSeededDatabase('purge_seeded', 600);
    try {
      const before = await countsOf(seeded);
      await run(undefined, seeded);
      const after = await countsOf(seeded);
      expect(before.get('tax_documents')).toBeGreaterThan(100);
      expect(before.get('events')).toBeGreaterThan(100);
      expect(after).toEqual(
        new Map([...before, ['events', 0], ['event_deliveries', 0], ['event_attempts', 0]]),
      );
      const { findings } = await checkInvariants(seeded.pool);
      expect(findings.filter(({ count }) => count > 0)).toEqual([]);
    } finally {
      await seeded.drop();
    }
  });
});

/** How many rows each table has. */
async function countsOf({ pool }: OwnDatabase): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ name: string; count: number }>(
    `SELECT relname AS name, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', relname), false, true, '')))[1]::text::int AS count
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
}
