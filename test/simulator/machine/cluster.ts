import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrateDatabase } from '../../../src/db/migrate.ts';
import { findBinaries } from '../../../dev/postgres/binaries.ts';
import { createCluster, databaseUrl, postgresProgram, SUPERUSER } from '../../../dev/postgres/cluster.ts';
import { prepareHome } from '../../../dev/postgres/home.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PASSWORD = 'simulated';
const TEMPLATE = 'life_template';

/** A PostgreSQL of the simulator's own, and as many equal databases in it as there are processes that live lives. */
export interface Cluster {
  /** Connection strings, as the superuser and as the engine logs in. */
  createDatabase(name: string): Promise<Databases>;
  stop(): Promise<void>;
}
export interface Databases {
  readonly owner: string;
  readonly system: string;
}

/** Nothing of it outlives the run, so nothing is written durably. */
const FAST = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'jit=off',
  'shared_buffers=256MB',
  'plan_cache_mode=force_generic_plan',
  'max_parallel_workers_per_gather=0',
  'track_activities=off',
  'track_counts=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/**
 * What SQL calls now is the simulator's clock: these stand before pg_catalog's in the search path of all connections, the
 * migrations' too, so that defaults of columns follow them as well.
 */
const TIME = ['now', 'clock_timestamp', 'transaction_timestamp', 'statement_timestamp'].map(
  (name) => `CREATE FUNCTION public.${name}() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, pg_catalog.${name}()) $$`,
);
const SEARCH_PATH = 'public,pg_catalog';

export async function startCluster(): Promise<Cluster> {
  const state = join(ROOT, '.tashlum', 'simulator');
  await mkdir(state, { recursive: true });
  const prepared = await prepareHome(state, join(state, 'postgres'), await findBinaries(), true);
  const home = { ...prepared, data: join(prepared.folder, `data-${process.pid}`) };
  await createCluster(home, PASSWORD);
  const port = await findFreePort();
  // A socket file is a tenth cheaper than TCP; its path must be short, so it is not below the checkout.
  const sockets = await mkdtemp(join(tmpdir(), 'lives-'));
  if (home.user !== undefined) await chown(sockets, home.user.uid, home.user.gid);
  const settings = [...FAST, `unix_socket_directories=${sockets}`];
  const program = postgresProgram(home, {
    ports: { postgres: port },
    secrets: { databasePassword: PASSWORD },
    survivesPowerLoss: false,
  });
  const server = spawn(program.file, [...program.args, ...settings.flatMap((one) => ['-c', one])], {
    cwd: program.cwd,
    env: program.env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...program.user,
  });
  const stop = async (): Promise<void> => {
    await end(server);
    for (const folder of [home.data, sockets]) await rm(folder, { recursive: true, force: true });
  };
  const url = (database: string, user: string = SUPERUSER): string =>
    `${databaseUrl(user, PASSWORD, port, database)}?host=${encodeURIComponent(sockets)}&options=-c%20search_path%3D${encodeURIComponent(SEARCH_PATH)}`;
  try {
    await untilReady(server, program.isReady);
    await createTemplate(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    createDatabase: async (name) => {
      await asOwner(url('postgres'), `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
      return { owner: url(name), system: url(name, 'tashlum_system') };
    },
    stop,
  };
}

async function createTemplate(url: (database: string) => string): Promise<void> {
  await asOwner(url('postgres'), `CREATE DATABASE ${TEMPLATE}`);
  const template = url(TEMPLATE);
  for (const statement of TIME) await asOwner(template, statement);
  await migrateDatabase({
    databaseUrl: template,
    directory: join(ROOT, 'migrations'),
    systemPassword: PASSWORD,
    log: () => undefined,
  });
}

async function asOwner(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function untilReady(
  server: ChildProcess,
  isReady: (() => Promise<boolean>) | undefined,
): Promise<void> {
  let said = '';
  server.stderr?.on('data', (chunk) => (said = (said + String(chunk)).slice(-2_000)));
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended: ${said}`);
    if (await (isReady?.() ?? Promise.resolve(true)).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}

function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}

/** A port that nobody listens on just now. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
