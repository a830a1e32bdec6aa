import { execFile } from 'node:child_process';
import { access, chmod, chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Program } from '../processes/program.ts';
import { readCommand } from '../processes/identity.ts';
import type { PostgresHome } from './home.ts';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';
export const DATABASE = 'tashlum';

/** A connection string to the environment's cluster. */
export const databaseUrl = (user: string, password: string, port: number, database = DATABASE): string =>
  `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

const program = (home: PostgresHome, name: string): string => join(home.binaries.native, 'bin', name);

// Messages in English on every machine. The working directory must be one that the user can enter.
const environment = (home: PostgresHome): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: home.folder,
  LC_ALL: 'C',
  TZ: 'UTC',
});

/**
 * Creates the data folder if it is missing: as a draft that is renamed, so that a killed initdb leaves no half of
 * one.
 */
export const createCluster = async (home: PostgresHome, password: string): Promise<void> => {
  const isMade = await access(join(home.data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (isMade) return;
  const draft = `${home.data}.draft`;
  const passwordFile = join(home.folder, 'initial-password');
  await rm(draft, { recursive: true, force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.user !== undefined) await chown(passwordFile, home.user.uid, home.user.gid);
  try {
    await run(
      program(home, 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { cwd: home.folder, env: environment(home), ...home.user },
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`PostgreSQL's initdb failed:\n${stderr ?? String(error)}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await chmod(draft, 0o700);
  await rename(draft, home.data);
};

/**
 * Removes the lock of a killed postmaster whose pid now belongs to another program. PostgreSQL would take that
 * program for itself and refuse to start. Otherwise it clears the lock itself, after checking for living backends.
 */
export const clearStaleLock = async (data: string): Promise<void> => {
  const lock = join(data, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  const command = pid > 0 ? await readCommand(pid) : undefined;
  if (command !== undefined && !command.includes(data)) await rm(lock, { force: true });
};

const canConnect = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const NO_SYNC = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];

/**
 * The server as a child process: on 127.0.0.1 only, no socket file. A killed process loses nothing either way; without
 * `survivesPowerLoss` a machine that goes down may.
 */
export const postgresProgram = (
  home: PostgresHome,
  {
    ports,
    secrets,
    survivesPowerLoss,
  }: { ports: { postgres: number }; secrets: { databasePassword: string }; survivesPowerLoss: boolean },
): Program => ({
  name: 'postgres',
  file: program(home, 'postgres'),
  args: [
    ...['-D', home.data, '-p', String(ports.postgres)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'max_connections=200', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC'],
    ...(survivesPowerLoss ? [] : NO_SYNC),
  ],
  cwd: home.folder,
  env: environment(home),
  user: home.user,
  isReady: () => canConnect(databaseUrl(SUPERUSER, secrets.databasePassword, ports.postgres, 'postgres')),
  readyWithinMs: 60_000,
  // Fast shutdown: SIGTERM would wait for every client to leave.
  stopSignal: 'SIGINT',
  stopWithinMs: 15_000,
  // After a SIGKILL the old backends keep the shared memory until they notice.
  retryStartMs: 20_000,
  prepare: () => clearStaleLock(home.data),
});

/** Creates the database, unless it is there. */
export const createDatabase = async (port: number, password: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl(SUPERUSER, password, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
};
