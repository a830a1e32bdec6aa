import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Express } from 'express';
import { ConfigError, readApiConfig } from '../config.ts';
import type { ApiConfig } from '../config.ts';
import { insertAudit } from '../db/audit-log.ts';
import { listTroubledCircuits } from '../db/circuit-breakers.ts';
import { refuseUnfitKeys } from '../db/encryption-keys.ts';
import { oldestUnknownSeconds } from '../db/unknown-outcomes.ts';
import { createAuditChain } from '../db/audit-chain.ts';
import { createPool } from '../db/pool.ts';
import type { Pool } from '../db/pool.ts';
import { openQueue } from '../db/queue.ts';
import { worstCircuitStates } from '../domain/circuit.ts';
import { createTemporal } from '../temporal/create-temporal.ts';
import { createCircuitStore } from '../history/circuit-store.ts';
import { createHttp } from '../http.ts';
import { createLogger } from '../logger.ts';
import { addStoredFigures, createMetrics } from '../metrics.ts';
import type { Metrics, StoredFigures } from '../metrics.ts';
import { createAdapters } from '../providers/adapters.ts';
import type { Adapters } from '../providers/adapters.ts';
import { createCircuits } from '../providers/circuits.ts';
import { createSecrets } from '../secrets.ts';
import { createApp } from './app.ts';
import { createApiServer, createMetricsServer } from './http-server.ts';

/** Average requests per second of one key. */
const REQUESTS_PER_SECOND = 300;

const MIGRATIONS = new URL('../../migrations/', import.meta.url);

async function main(): Promise<void> {
  const config = readApiConfig(process.env);
  const logger = createLogger({ name: 'api', level: config.logLevel });
  const pool = createPool({
    connectionString: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, 'a database connection broke'),
  });
  const secrets = createSecrets(config.masterKeys);
  await refuseUnfitKeys(pool, secrets, config.masterKeys[0].id);
  const metrics = createMetrics();
  const limits = { mostMs: config.vendorTimeoutMs };
  const http = createHttp(limits);
  const customerHttp = createHttp({ ...limits, guard: { allowLoopback: config.outboundAllowLoopback } });
  const circuits = createCircuits({ store: createCircuitStore(pool), logger });
  const adapters = createAdapters({
    circuits,
    http,
    customerHttp,
    secrets,
    sandboxUrl: config.sandboxUrl,
  });
  addStoredFigures(metrics, createStoredFigures(pool, adapters));
  const temporal = createTemporal({
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    logger,
  });
  const queue = await openQueue({
    connectionString: config.databaseUrl,
    supervise: false,
    onError: (error) => logger.warn({ err: error }, 'the job queue is in trouble'),
  });
  const chain = createAuditChain(config.masterKeys);
  const app = createApp({
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    adminKeys: config.adminKeys,
    requestsPerSecond: REQUESTS_PER_SECOND,
    migrationNames: readdirSync(MIGRATIONS).filter((name) => /^\d{4}_.*\.sql$/.test(name)),
    pool,
    temporal,
    adapters,
    secrets,
    queue,
    metrics,
    logger,
    audit: (tx, entry) => insertAudit(tx, entry, chain),
  });
  const servers = await listenAll(app, metrics, config);
  logger.info({ port: config.port }, 'the API runs');

  await stopSignal();
  await Promise.all(servers.map(close));
  await queue.stop();
  await Promise.all([temporal.close(), http.close(), customerHttp.close(), pool.end()]);
}

function createStoredFigures(pool: Pool, { supported }: Adapters): StoredFigures {
  const providers = [...supported.payment, ...supported.invoice];
  return {
    circuitStates: async () => worstCircuitStates(providers, await listTroubledCircuits(pool)),
    oldestUnknownSeconds: () => oldestUnknownSeconds(pool),
  };
}

async function listenAll(app: Express, metrics: Metrics, config: ApiConfig): Promise<Server[]> {
  return [
    await listen(createApiServer(app), config.port, config.host),
    await listen(createMetricsServer(metrics), config.metricsPort, config.metricsHost),
  ];
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Stops taking new requests and lets the running ones end. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const sentence =
    error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`api: ${sentence}\n`);
  process.exit(1);
}
