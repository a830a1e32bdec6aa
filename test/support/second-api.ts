import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SCRIPTS } from '../../dev/engine-programs.ts';
import { CHECKOUT, createPaths, readStateDir } from '../../dev/paths.ts';
import { answersOk, waitUntil } from '../../dev/waiting.ts';
import { readEncryptionKeys, readEnvironment } from './environment.ts';

/** A further API process on the environment under test. */
export interface SecondApi {
  readonly url: string;
  readonly pid: number;
  /** What it wrote to its log. */
  readonly log: () => string;
  /** Sends SIGTERM; the exit code once it has ended. */
  stop(): Promise<number | null>;
}

const READY_MS = 120_000;

/**
 * Starts another API process beside that of the environment: the same database, Temporal, keys and sandbox, a port of
 * its own. `env` overrides its settings.
 */
export async function startSecondApi(env: Readonly<Record<string, string>> = {}): Promise<SecondApi> {
  const { databaseUrl, adminKey, temporalAddress, temporalNamespace, sandboxUrl, apiUrl } = readEnvironment();
  const [port, metricsPort] = await freePorts();
  const child = spawn(process.execPath, [SCRIPTS.api], {
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: asSystem(databaseUrl),
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: temporalNamespace,
      TASHLUM_ENCRYPTION_KEYS: readEncryptionKeys(),
      TASHLUM_ADMIN_KEY: adminKey,
      SANDBOX_URL: sandboxUrl,
      PUBLIC_URL: apiUrl,
      OUTBOUND_ALLOW_LOOPBACK: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      ...env,
    },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => lines.push(bytes.toString()));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  if (!(await waitUntil(() => answersOk(`${url}/health/ready`), READY_MS)))
    throw new Error(`the second API did not get ready:\n${lines.join('')}`);
  return {
    url,
    pid: child.pid ?? 0,
    log: () => lines.join(''),
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** The address of the database for the role that the engine logs in as. */
function asSystem(databaseUrl: string): string {
  const { systemDatabasePassword } = JSON.parse(
    readFileSync(createPaths(readStateDir()).secrets, 'utf8'),
  ) as {
    systemDatabasePassword: string;
  };
  const url = new URL(databaseUrl);
  url.username = 'tashlum_system';
  url.password = systemDatabasePassword;
  return url.href;
}

/** Two ports that nobody listens at. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  const [one, other] = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return [one ?? 0, other ?? 0];
}
