import { parseArgs } from 'node:util';
import { createCopier } from '../db/copy-rows.ts';
import { createPool } from '../db/pool.ts';
import type { Pool } from '../db/pool.ts';
import { analyzeTables } from '../db/seeding.ts';
import { createSecrets, readMasterKeys } from '../secrets.ts';
import { runCommand } from './run-command.ts';
import type { SeededClinic } from './seeding/clinics.ts';
import { makeChain, namedClinic } from './seeding/prepare.ts';
import { SEEDED_TABLES } from './seeding/seeded-tables.ts';
import { sow } from './seeding/sow.ts';
import { readDatabaseUrl, readTarget } from './target.ts';

const USAGE = `Usage: npm run seed -- --payments 1000000 [--seed 1] [--workspace ws_…] [--beside-other-data] [--in-production]
`;
/** Two years with the change of the VAT rate on 1 January 2025 in the middle. */
const FROM = new Date('2024-01-01T00:00:00Z');
const TO = new Date('2026-01-01T00:00:00Z');
const MOST_PAYMENTS = 10_000_000;
const DAY = 86_400_000;

interface Orders {
  readonly payments: number;
  readonly seed: number;
  readonly workspaceId: string | null;
  readonly besideOtherData: boolean;
}

/** Fills a database with a believable chain of clinics, or one workspace with payments of the past. */
async function main(): Promise<number> {
  const orders = readOrders();
  const pool = createPool({
    connectionString: await readDatabaseUrl(process.env),
    max: 2,
    onError: () => undefined,
  });
  try {
    const started = Date.now();
    const clinics = await prepare(pool, orders);
    const rows = await sowAll(await readDatabaseUrl(process.env), clinics, orders);
    await analyze(pool);
    const seconds = Math.round((Date.now() - started) / 1_000);
    say(`${orders.payments} payments of ${clinics.length} workspaces: ${rows} rows in ${seconds} s.`);
    say(
      `The largest is ${clinics[0]?.workspace.id ?? ''}. There is no audit log of them, and no endpoint is told.`,
    );
    return 0;
  } finally {
    await pool.end();
  }
}

/** @throws Error with a sentence for the operator */
function readOrders(): Orders {
  const { values } = parseArgs({
    options: {
      payments: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workspace: { type: 'string' },
      'beside-other-data': { type: 'boolean', default: false },
      'in-production': { type: 'boolean', default: false },
    },
  });
  if (process.env['NODE_ENV'] === 'production' && !values['in-production'])
    throw new Error(
      'NODE_ENV is production: documents that are seeded cannot be deleted. Add --in-production',
    );
  return {
    payments: readCount('--payments', values.payments, MOST_PAYMENTS),
    seed: readCount('--seed', values.seed, 2 ** 31),
    workspaceId: values.workspace ?? null,
    besideOtherData: values['beside-other-data'],
  };
}

function readCount(name: string, text: string | undefined, most: number): number {
  const count = Number(text);
  if (!/^\d+$/.test(text ?? '') || count < 1 || count > most)
    throw new Error(`${name} must be a whole number from 1 to ${most}`);
  return count;
}

async function prepare(pool: Pool, orders: Orders): Promise<readonly SeededClinic[]> {
  const { payments, seed, workspaceId } = orders;
  if (workspaceId !== null) return [await namedClinic(pool, workspaceId, payments, orders)];
  const { encryptionKeys } = await readTarget(process.env);
  const secrets = createSecrets(readMasterKeys(encryptionKeys));
  return makeChain({ pool, secrets }, seed, payments, orders);
}

async function sowAll(
  databaseUrl: string,
  clinics: readonly SeededClinic[],
  { seed, payments }: Orders,
): Promise<number> {
  const copier = await createCopier(databaseUrl);
  const today = new Date(Math.floor(Date.now() / DAY) * DAY);
  let [rows, done, told] = [0, 0, 0];
  try {
    for (const clinic of clinics)
      rows += await sow(copier, clinic, { seed, from: FROM, to: TO, today }, (count) => {
        done += count;
        const percent = Math.floor((100 * done) / payments);
        if (percent >= told + 5) say(`${(told = percent)} %`);
      });
    return rows;
  } finally {
    await copier.end();
  }
}

/** Only an owner may; without it PostgreSQL does the same by itself within minutes. */
async function analyze(pool: Pool): Promise<void> {
  await pool.query('SET statement_timeout = 0');
  await analyzeTables(pool, Object.keys(SEEDED_TABLES)).catch(() => undefined);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand('seed', main, USAGE);
