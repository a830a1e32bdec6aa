import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Paths } from './paths.ts';
import { CHECKOUT } from './paths.ts';
import type { Ports } from './ports.ts';
import { databaseUrl, SUPERUSER } from './postgres/cluster.ts';
import type { Program } from './processes/program.ts';
import type { Secrets } from './secrets.ts';
import type { TemporalChoice } from './temporal/given-server.ts';
import { answersOk } from './waiting.ts';

const run = promisify(execFile);

/** The script of each of our own processes, absolute. Tests replace them. */
export type Scripts = Record<'sandbox' | 'migrate' | 'api' | 'worker', string>;

export const SCRIPTS: Scripts = {
  sandbox: join(CHECKOUT, 'sandbox/main.ts'),
  migrate: join(CHECKOUT, 'src/commands/migrate.ts'),
  api: join(CHECKOUT, 'src/api/main.ts'),
  worker: join(CHECKOUT, 'src/worker/main.ts'),
};

/** The worker is started with it everywhere; the file says why. */
const WITHOUT_PROMISE_HOOKS = join(CHECKOUT, 'src/worker/without-promise-hooks.ts');

/** Configuration for all of our own processes. */
export interface Settings {
  paths: Paths;
  ports: Ports;
  secrets: Secrets;
  temporal: TemporalChoice;
  scripts: Scripts;
  survivesPowerLoss: boolean;
}

const SYSTEM_ROLE = 'tashlum_system';
const LOCAL = 'http://127.0.0.1';

export const urlsOf = ({ ports }: Settings) => ({
  api: `${LOCAL}:${ports.api}`,
  sandbox: `${LOCAL}:${ports.sandbox}`,
  apiMetrics: `${LOCAL}:${ports.apiMetrics}/metrics`,
  workerMetrics: `${LOCAL}:${ports.workerMetrics}/metrics`,
});

const nodeProgram = (name: string, script: string, env: NodeJS.ProcessEnv): Omit<Program, 'isReady'> => ({
  name,
  file: process.execPath,
  args: [script],
  cwd: CHECKOUT,
  env: { ...process.env, NODE_ENV: 'development', ...env },
  readyWithinMs: 90_000,
  stopSignal: 'SIGTERM',
  stopWithinMs: 15_000,
  retryStartMs: 0,
});

export const sandboxProgram = (settings: Settings): Program => {
  const { ports, paths, scripts } = settings;
  return {
    ...nodeProgram('sandbox', scripts.sandbox, {
      SANDBOX_PORT: String(ports.sandbox),
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_STATE_DIR: paths.sandbox,
    }),
    isReady: () => answersOk(`${urlsOf(settings).sandbox}/control/checkouts`),
  };
};

const engineEnvironment = (settings: Settings): NodeJS.ProcessEnv => {
  const { ports, paths, secrets, temporal } = settings;
  const urls = urlsOf(settings);
  return {
    DATABASE_URL: databaseUrl(SYSTEM_ROLE, secrets.systemDatabasePassword, ports.postgres),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    HOST: '127.0.0.1',
    PORT: String(ports.api),
    PUBLIC_URL: urls.api,
    TASHLUM_ENCRYPTION_KEYS: secrets.encryptionKeys,
    SANDBOX_URL: urls.sandbox,
    OUTBOUND_ALLOW_LOOPBACK: 'true',
    // Used if SMTP_URL is not set: each mail is stored here as an .eml file instead of being sent.
    MAIL_DIR: paths.mails,
    // The uniform structure names who made the program; in development nobody is deceived by an invented one.
    SOFTWARE_MAKER_TAX_ID: process.env['SOFTWARE_MAKER_TAX_ID'] ?? '515151512',
    EXCHANGE_RATE_WAIT_MINUTES: '0',
    SIGNING_DIR: process.env['SIGNING_DIR'] ?? paths.signing,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
  };
};

const readyAt = (port: number) => (): Promise<boolean> => answersOk(`${LOCAL}:${port}/health/ready`);

export const apiProgram = (settings: Settings): Program => ({
  ...nodeProgram('api', settings.scripts.api, {
    ...engineEnvironment(settings),
    TASHLUM_ADMIN_KEY: settings.secrets.adminKey,
    METRICS_PORT: String(settings.ports.apiMetrics),
  }),
  isReady: readyAt(settings.ports.api),
});

export const workerProgram = (settings: Settings): Program => ({
  ...nodeProgram('worker', settings.scripts.worker, {
    ...engineEnvironment(settings),
    // A browser of root, or in most containers, cannot start otherwise.
    CHROMIUM_UNCAGED: 'true',
    METRICS_PORT: String(settings.ports.workerMetrics),
  }),
  args: ['--import', WITHOUT_PROMISE_HOOKS, settings.scripts.worker],
  isReady: readyAt(settings.ports.workerMetrics),
});

/**
 * Brings schema, roles and search attributes of Temporal up to date, as the owner. Fails with the output of migrate.
 */
export const migrate = async (settings: Settings, signal: AbortSignal): Promise<void> => {
  const { ports, secrets, temporal, scripts } = settings;
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl(SUPERUSER, secrets.databasePassword, ports.postgres),
    SYSTEM_DATABASE_PASSWORD: secrets.systemDatabasePassword,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  try {
    await run(process.execPath, [scripts.migrate], { cwd: CHECKOUT, env, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`The migration failed:\n${[stdout, stderr].join('\n').trim()}`);
  }
};
