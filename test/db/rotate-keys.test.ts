import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { checkKeysFit } from '../../src/db/encryption-keys.ts';
import { rotateKeys } from '../../src/commands/rotate-keys.ts';
import { placeIn, ROTATED_COLUMNS } from '../../src/sealed-places.ts';
import type { RotatedColumn } from '../../src/sealed-places.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import { eventually } from '../api/rig.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';

// A database of its own beside the one under test: the environment's processes know one key and could not read the rest.
const OLD = `k1:${randomBytes(32).toString('base64')}`;
const NEW = `k2:${randomBytes(32).toString('base64')}`;
const before = createSecrets(readMasterKeys(OLD));
const after = createSecrets(readMasterKeys(`${NEW},${OLD}`));
const newOnly = createSecrets(readMasterKeys(NEW));
const ROWS = 450;

let database: OwnDatabase;
let url: string;
let pool: Pool;

beforeAll(async () => {
  database = await createOwnDatabase('rotation');
  ({ url, pool } = database);
});
afterAll(() => database.drop());

/** What each table needs besides its key and its sealed columns. */
const REST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  provider_accounts: {
    workspace_id: 'ws',
    family: 'payment',
    provider: 'payplus',
    account_key_hash: () => randomBytes(8),
    options: '{}',
    webhook_token_hash: () => randomBytes(8),
    is_active: false,
  },
  payments: {
    workspace_id: 'ws',
    account_id: 'acc',
    provider: 'payplus',
    status: 'pending',
    reference: () => randomUUID(),
    description: 'visit',
    amount: 100,
    charge_amount: 100,
    currency: 'ILS',
    vat_included: true,
    vat_treatment: 'standard',
  },
  provider_pages: {
    workspace_id: 'ws',
    payment_id: () => randomUUID(),
    account_id: 'acc',
    provider_page_id: () => randomUUID(),
    url: 'https://example.com',
    state: 'dead',
    expires_at: '2026-01-01',
  },
  provider_transactions: {
    workspace_id: 'ws',
    payment_id: 'pay',
    account_id: 'acc',
    provider_transaction_id: () => randomUUID(),
    kind: 'charge',
    status: 'succeeded',
    amount: 100,
    currency: 'ILS',
    paid_at: '2026-01-01',
    paid_at_raw: '',
    means: '[]',
    raw_code: '000',
  },
  provider_events: {
    workspace_id: 'ws',
    account_id: 'acc',
    provider: 'payplus',
    event_id: () => randomUUID(),
    verdict: 'quarantined',
    body_sha256: () => randomBytes(8),
  },
  idempotency_keys: { request_hash: () => randomBytes(8), response_status: 201 },
  tax_authority_connections: {
    refresh_expires_at: '2026-01-01',
    access_expires_at: '2026-01-01',
    connected_at: '2026-01-01',
  },
  webhook_endpoints: { workspace_id: 'ws', url: 'https://example.com', api_version: '2026-01-01' },
};

const placeOf = ({ name }: RotatedColumn, rowKey: readonly string[]) => placeIn(name, rowKey.join(' '));

/** One row of a table with all its sealed columns, sealed by `secrets` where the code seals them. */
async function insertRow(table: string, secrets: typeof before): Promise<void> {
  const columns = ROTATED_COLUMNS.filter((column) => column.table === table);
  const key = columns[0]?.key ?? [];
  const rowKey = key.map(() => randomUUID());
  const row: Record<string, unknown> = {};
  key.forEach((name, index) => (row[name] = rowKey[index]));
  for (const column of columns) {
    const plain = `${column.column} of ${rowKey.join(' ')}`;
    row[column.column] = secrets.seal(placeOf(column, rowKey), plain);
  }
  for (const [name, value] of Object.entries(REST[table] ?? {}))
    row[name] = typeof value === 'function' ? (value as () => unknown)() : value;
  const names = Object.keys(row);
  const client = await pool.connect();
  try {
    // Rows alone, without what they belong to: keys are what is tried here.
    await client.query(`SET session_replication_role = replica`);
    await client.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
  } finally {
    client.release();
  }
}

const TABLES = [...new Set(ROTATED_COLUMNS.map(({ table }) => table))];

/** Opens every value of a column with the new key alone; how many there are. */
async function openAll(column: RotatedColumn): Promise<number> {
  const { rows } = await pool.query<{ key: string[]; sealed: Buffer }>(
    `SELECT ARRAY[${column.key.join(', ')}]::text[] AS key, ${column.column} AS sealed FROM ${column.table}`,
  );
  for (const { key, sealed } of rows) {
    const plain = newOnly.open(placeOf(column, key), sealed).toString();
    expect(plain).toBe(`${column.column} of ${key.join(' ')}`);
  }
  return rows.length;
}

/** `npm run rotate-keys` with these keys: what it printed and its exit code. */
const runCommand = (keys: string) => runIn({ DATABASE_URL: url, TASHLUM_ENCRYPTION_KEYS: keys });

async function runIn(environment: Record<string, string>): Promise<{ code: number; text: string }> {
  const script = fileURLToPath(new URL('../../src/commands/rotate-keys.ts', import.meta.url));
  const env = { ...process.env, ...environment };
  return promisify(execFile)(process.execPath, [script], { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, text: stdout + stderr };
    },
  );
}

describe('a rotation of keys', () => {
  it('leaves nothing on the old key while rows are written, and everything opens with the new one alone', async () => {
    for (const table of TABLES)
      for (let count = 0; count < ROWS; count += 50)
        await Promise.all(Array.from({ length: 50 }, () => insertRow(table, before)));
    let written = 0;
    const stop = new AbortController();
    const writing = (async () => {
      while (!stop.signal.aborted) {
        for (const table of TABLES) await insertRow(table, after);
        written += 1;
      }
    })();
    const reports = await rotateKeys({ pool, secrets: after, keyId: 'k2' }, ROTATED_COLUMNS);
    stop.abort();
    await writing;
    expect(written).toBeGreaterThan(0);
    for (const { counts, rotated, unopened } of reports) {
      expect(counts.map(({ keyId }) => keyId)).toEqual(['k2']);
      expect({ rotated, unopened }).toEqual({ rotated: ROWS, unopened: 0 });
    }
    for (const column of ROTATED_COLUMNS) expect(await openAll(column)).toBe(ROWS + written);
  });

  it('waits for rows that a transaction holds', async () => {
    await insertRow('payments', before);
    const holder = await pool.connect();
    await holder.query('BEGIN; SELECT id FROM payments FOR UPDATE');
    await insertRow('payments', before);
    const rotating = rotateKeys(
      { pool, secrets: after, keyId: 'k2' },
      ROTATED_COLUMNS.filter(({ column }) => column === 'link_token_sealed'),
    );
    // The row that nobody holds is done, so the rotation has passed the one that is held.
    await eventually('the first pass', async () => {
      const { rowCount } = await pool.query(
        "SELECT 1 FROM payments WHERE encode(substring(link_token_sealed FROM 2 FOR 2), 'escape') = 'k2'",
      );
      return (rowCount ?? 0) > 0 ? true : null;
    });
    await holder.query('COMMIT');
    holder.release();
    const [report] = await rotating;
    expect(report?.rotated).toBe(2);
    expect(report?.counts.map(({ keyId }) => keyId)).toEqual(['k2']);
  });

  it('is not stopped by a value that is none: it is counted as one that does not open', async () => {
    const column = ROTATED_COLUMNS.filter(({ table }) => table === 'provider_pages');
    await insertRow('provider_pages', after);
    await pool.query(
      `UPDATE provider_pages SET secret_sealed = '' WHERE id = (SELECT max(id) FROM provider_pages)`,
    );
    const [report] = await rotateKeys({ pool, secrets: after, keyId: 'k2' }, column);
    expect(report).toMatchObject({ unopened: 1, counts: [{ keyId: '', count: 1 }, { keyId: 'k2' }] });
    await pool.query(`DELETE FROM provider_pages WHERE secret_sealed = ''`);
  });

  it('by the command ends with 0 when all is done, and with 1 while anything is left on another key', async () => {
    const done = await runCommand(`${NEW},${OLD}`);
    expect(done.text).toContain('Everything is sealed with "k2"');
    expect(done.code).toBe(0);
    const other = `k3:${randomBytes(32).toString('base64')}`;
    await insertRow('provider_pages', createSecrets(readMasterKeys(other)));
    const left = await runCommand(`${NEW},${OLD}`);
    expect(left.code).toBe(1);
    expect(left.text).toMatch(/provider_pages\.secret_sealed +k2: \d+, k3: 1 \(0 re-sealed, 1 do not open\)/);
    expect((await runCommand(`${NEW},${OLD},${other}`)).code).toBe(0);
  });

  it('does not report a rotation that did not happen: another key under the id of the current one opens nothing', async () => {
    await insertRow('provider_pages', newOnly);
    const impostor = `k2:${randomBytes(32).toString('base64')}`;
    // Where no canary tells, opening does.
    await pool.query('DELETE FROM encryption_keys');
    const opened = await runCommand(`${impostor},${OLD}`);
    expect(opened.text).toMatch(/provider_pages\.secret_sealed .*[1-9]\d* do not open/);
    expect(opened.code).toBe(1);
    await pool.query('DELETE FROM encryption_keys');
    expect((await runCommand(`${NEW},${OLD}`)).code).toBe(0);
  });

  it('refuses keys under one id, and keys that do not fit what is stored, before anything is sealed', async () => {
    expect((await runCommand(`${NEW},${OLD.replace('k1', 'k2')}`)).text).toContain('uses the id "k2" twice');
    await pool.query('DELETE FROM encryption_keys');
    await checkKeysFit(pool, after, 'k2');
    const stranger = await runCommand(`k2:${randomBytes(32).toString('base64')}`);
    expect(stranger.text).toContain('values sealed with "k2" do not open');
    expect(stranger.code).toBe(1);
  });

  it('by the command is of the running environment where nothing else is said', async () => {
    const { code, text } = await runIn({ DATABASE_URL: '', TASHLUM_ENCRYPTION_KEYS: '' });
    expect(text).toMatch(/provider_accounts\.credentials_sealed +k1: \d+ \(0 re-sealed\)/);
    expect(code).toBe(0);
  });

  it('proves nothing to a role that sees no row, and says so', async () => {
    const role = `blind_${randomUUID().slice(0, 8)}`;
    await pool.query(`CREATE ROLE ${role} NOBYPASSRLS`);
    const blind = createPool({
      connectionString: `${url}?options=-c%20role%3D${role}`,
      onError: () => undefined,
    });
    try {
      await expect(rotateKeys({ pool: blind, secrets: after, keyId: 'k2' }, ROTATED_COLUMNS)).rejects.toThrow(
        'tashlum_system',
      );
    } finally {
      await blind.end();
      await pool.query(`DROP ROLE ${role}`);
    }
  });
});
