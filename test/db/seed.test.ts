import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { createCopier } from '../../src/db/copy-rows.ts';
import { makeChain, namedClinic } from '../../src/commands/seeding/prepare.ts';
import { sow } from '../../src/commands/seeding/sow.ts';
import { createOwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';
import { createSeededDatabase, SEASON, sowChain } from './seeded-database.ts';
import type { SeededDatabase } from './seeded-database.ts';

const PAYMENTS = 6_000;

let database: SeededDatabase;
beforeAll(async () => {
  database = await createSeededDatabase('seed', PAYMENTS);
});
afterAll(() => database.drop());

const rowsOf = async <Row extends object>(text: string): Promise<Row[]> =>
  (await database.pool.query<Row>(text)).rows;

/** One line for everything that a seed decides. */
const FINGERPRINT = `
  SELECT md5(string_agg(line, '' ORDER BY line)) AS print FROM (
    SELECT concat_ws(' ', id, status, amount, created_at, paid_at, method) AS line FROM payments
    UNION ALL SELECT concat_ws(' ', id, number, document_date, net, vat, content) FROM tax_documents
    UNION ALL SELECT concat_ws(' ', id, type, sequence, facts) FROM events
    UNION ALL SELECT concat_ws(' ', payment_id, at, kind, summary) FROM payment_log) AS lines`;

describe('a seeded chain of clinics', () => {
  it('has as many payments as were asked for, of every fate and over several workspaces', async () => {
    const rows = await rowsOf<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM payments GROUP BY status',
    );
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(PAYMENTS);
    expect(rows.map(({ status }) => status).sort()).toEqual([
      ...['cancelled', 'completed', 'expired', 'failed', 'partially_refunded', 'pending', 'refunded'],
    ]);
    expect(database.clinics.length).toBeGreaterThan(1);
  });

  it('charges 17 % VAT until the end of 2024 and 18 % from 2025 on', async () => {
    const rows = await rowsOf<{ rate: number; first: string; last: string }>(
      `SELECT rate_bp AS rate, min(document_date)::text AS first, max(document_date)::text AS last FROM tax_documents
       WHERE type = 'tax_invoice_receipt' GROUP BY rate_bp ORDER BY rate_bp`,
    );
    expect(rows.map(({ rate }) => rate)).toEqual([1_700, 1_800]);
    expect(rows[0]?.last.startsWith('2024-12')).toBe(true);
    expect(rows[1]?.first.startsWith('2025-01')).toBe(true);
  });

  it('has sound books, and no document dated before the one with the number before', async () => {
    const { findings } = await checkInvariants(database.pool);
    expect(findings.filter(({ count }) => count > 0)).toEqual([]);
    const falling = await rowsOf(
      `SELECT id FROM (SELECT id, document_date, lag(document_date) OVER (PARTITION BY workspace_id, series ORDER BY number) AS before
       FROM tax_documents) AS d WHERE document_date < before`,
    );
    expect(falling).toEqual([]);
  });

  it('tells on each timeline how the payment came to its status', async () => {
    const broken = await rowsOf(
      `SELECT p.id FROM payments p LEFT JOIN LATERAL (
         SELECT to_status FROM payment_log WHERE payment_id = p.id AND to_status IS NOT NULL ORDER BY id DESC LIMIT 1) l ON true
       WHERE l.to_status IS DISTINCT FROM p.status`,
    );
    expect(broken).toEqual([]);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const own = await createOwnDatabase('seed_again');
        await sowChain(own, seed, 400);
        const { rows } = await own.pool.query<{ print: string }>(FINGERPRINT);
        await own.drop();
        return rows[0]?.print;
      }),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('a seed', () => {
  const dont = { besideOtherData: false };
  const secrets = { seal: () => Buffer.from('x'), open: () => Buffer.from('x') } as never;

  it('is sown once', async () => {
    await expect(makeChain({ pool: database.pool, secrets }, 1, PAYMENTS, dont)).rejects.toThrow(
      'choose another --seed',
    );
  });

  it('keeps out of a database with data of others, unless it is allowed', async () => {
    const own = await createOwnDatabase('seed_beside');
    await insertWorkspace(own.pool);
    await expect(makeChain({ pool: own.pool, secrets }, 1, 400, dont)).rejects.toThrow(
      '1 workspaces that no seed made',
    );
    expect(await makeChain({ pool: own.pool, secrets }, 1, 400, { besideOtherData: true })).toHaveLength(1);
    await own.drop();
  });

  it('goes into a workspace by its name and continues its numbers, but not among live payments', async () => {
    const id = await insertWorkspace(database.pool);
    await database.pool.query(`INSERT INTO tax_profiles VALUES ($1, '2000-01-01', 'osek_patur', false)`, [
      id,
    ]);
    await database.pool.query(`INSERT INTO document_counters VALUES ($1, 'receipt', 41)`, [id]);
    await database.pool.query(
      `INSERT INTO audit_log (workspace_id, sequence, actor, action, detail, link)
       VALUES ($1, 1, 'admin', 'workspace.created', '{"firstNumbers": {"receipt": 42}}', '')`,
      [id],
    );
    const copier = await createCopier(database.url);
    await sow(
      copier,
      await namedClinic(database.pool, id, 50, dont),
      { ...SEASON, seed: 9 },
      () => undefined,
    );
    await copier.end();
    const [numbers] = await rowsOf<{ first: number }>(
      `SELECT min(number)::int AS first, max(number)::int AS last FROM tax_documents WHERE workspace_id = '${id}' AND series = 'receipt'`,
    );
    expect(numbers).toEqual({ first: 42, last: 91 });
    expect((await checkInvariants(database.pool)).findings.filter(({ count }) => count > 0)).toEqual([]);
    await insertPayment(database.pool, id);
    await database.pool.query(`UPDATE workspaces SET mode = 'live' WHERE id = $1`, [id]);
    await expect(namedClinic(database.pool, id, 50, dont)).rejects.toThrow(
      'is live and has payments of its own',
    );
  });
});
