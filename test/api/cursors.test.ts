import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { readEnvironment } from '../support/environment.ts';
import { admin, call, openWorkspace } from './rig.ts';
import type { PageBody, ProblemBody, TestWorkspace } from './rig.ts';

type Page = PageBody<{ readonly id: string }> & ProblemBody;

const PAYMENTS = 5;
let clinic: TestWorkspace;
let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
  clinic = await openWorkspace({ provider: false });
  for (let n = 0; n < PAYMENTS; n += 1) await takeCash();
  for (let n = 0; n < 2; n += 1) {
    const url = `https://app.example.com/${n}`;
    const made = await call('POST', '/v1/webhook-endpoints', { key: clinic.key, body: { url } });
    expect(made.status).toBe(201);
  }
});
afterAll(() => pool.end());

async function takeCash(): Promise<string> {
  const body = { amount: 500, description: 'ייעוץ', reference: randomUUID() };
  const made = await call<{ id: string }>('POST', '/v1/payments/manual', {
    key: clinic.key,
    body: { ...body, method: 'cash', paidOn: '2026-01-15' },
    headers: { 'idempotency-key': randomUUID() },
  });
  expect(made.status).toBe(201);
  return made.json.id;
}

const get = (path: string) => call<Page>('GET', path, { key: clinic.key });

/** The ids of all pages of one row each; `between` runs after each page. */
async function walk(path: string, between: () => Promise<unknown> = () => Promise.resolve()) {
  const ids: string[] = [];
  let after = '';
  for (;;) {
    const { status, json } = await get(`${path}&limit=1${after === '' ? '' : `&after=${after}`}`);
    expect(status).toBe(200);
    ids.push(...json.data.map(({ id }) => id));
    if (json.next === null) return ids;
    after = json.next;
    await between();
  }
}

describe('a cursor', () => {
  it.each([
    ['created', 'created_at', '/v1/payments?'],
    ['paid', 'paid_at', '/v1/payments?paidFrom=2026-01-05T00:00:00Z'],
  ])('leaves out no payment that was %s in the same millisecond as another', async (_what, column, path) => {
    const { rowCount } = await pool.query(
      `UPDATE payments SET ${column} = '2026-01-05 10:11:12.123Z'::timestamptz + n * interval '100 microseconds'
       FROM (SELECT id AS payment, row_number() OVER (ORDER BY id) AS n FROM payments WHERE workspace_id = $1) AS all_of
       WHERE id = payment`,
      [clinic.id],
    );
    expect(rowCount).toBe(PAYMENTS);
    const ids = await walk(path);
    expect(new Set(ids).size).toBe(PAYMENTS);
    expect(ids).toHaveLength(PAYMENTS);
  });

  it('shows each row that was there once, whatever comes in between', async () => {
    const before = new Set(await walk('/v1/payments?'));
    const seen = await walk('/v1/payments?', takeCash);
    expect(seen.filter((id) => before.has(id)).sort()).toEqual([...before].sort());
    expect(new Set(seen).size).toBe(seen.length);
  });

  const LISTS = ['/v1/payments', '/v1/documents', '/v1/events', '/v1/webhook-endpoints', '/v1/audit'];
  it.each(LISTS)('of %s is refused by every other list, and where the filters differ', async (path) => {
    const { json } = await get(`${path}?limit=1`);
    expect(typeof json.next).toBe('string');
    const filters = { '/v1/payments': 'status=completed', '/v1/documents': 'type=receipt' };
    const filtered = { ...filters, '/v1/events': 'type=payment.completed', '/v1/audit': 'action=x' }[path];
    const elsewhere = [...LISTS, '/v1/exports'].filter((other) => other !== path);
    const wrong = [...elsewhere.map((other) => `${other}?`), ...(filtered ? [`${path}?${filtered}&`] : [])];
    for (const list of wrong) {
      const refused = await get(`${list}after=${json.next ?? ''}`);
      expect([list, refused.status]).toEqual([list, 422]);
      expect(refused.json.errors).toEqual([expect.objectContaining({ pointer: '#/after' })]);
    }
    for (const list of ['/v1/workspaces', '/v1/admin/inbox'])
      expect((await admin('GET', `${list}?after=${json.next ?? ''}`)).status).toBe(422);
    expect((await get(`${path}?limit=2&after=${json.next ?? ''}`)).status).toBe(200);
  });
});
