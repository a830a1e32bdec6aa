import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Express } from 'express';
import { hasCertificate } from '../certificate-files.ts';
import { compose } from '../compose.ts';
import type { Parts } from '../compose.ts';
import { ConfigError, readApiConfig } from '../config.ts';
import type { ApiConfig } from '../config.ts';
import { insertAudit } from '../db/audit-log.ts';
import { listTroubledBreakers } from '../db/breakers.ts';
import { oldestWaitingSeconds } from '../db/event-streams.ts';
import { oldestUnknownSeconds } from '../db/unknown-outcomes.ts';
import { createAuditChain } from '../db/audit-chain.ts';
import { worstBreakerStates } from '../domain/breaker.ts';
import { listBooksChecks } from '../db/books-checks.ts';
import { createPool } from '../db/pool.ts';
import { addStoredFigures } from '../metrics.ts';
import type { Metrics, StoredFigures } from '../metrics.ts';
import { createApp } from './app.ts';
import { createApiServer, createMetricsServer, drain, listen } from './http-server.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url);
/** How long requests in flight may take when the process is to end. */
const DRAIN_MS = 10_000;
/**
 * A webhook needs a connection for about a millisecond, and some vendors never send one again: so it waits longer than other
 * requests do.
 */
const WEBHOOK_CONNECTIONS = { max: 4, waitMs: 15_000 };
const PACKAGE = new URL('../../package.json', import.meta.url);

async function main(): Promise<void> {
  const config = readApiConfig(process.env);
  const parts = await compose(config, 'api');
  const { logger, metrics } = parts;
  addStoredFigures(metrics, createStoredFigures(parts));
  const chain = createAuditChain(config.masterKeys);
  const webhookPool = createPool({
    ...WEBHOOK_CONNECTIONS,
    connectionString: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, 'a database connection for webhooks broke'),
  });
  const app = createApp({
    ...parts,
    webhookPool,
    version: (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version,
    trustedProxies: config.trustedProxies,
    adminKeys: config.adminKeys,
    requestsPerSecond: config.requestsPerSecond,
    hasCertificate: (workspaceId) => hasCertificate(config.signing?.folder ?? null, workspaceId),
    isMakerKnown: config.maker !== null,
    migrationNames: readdirSync(MIGRATIONS).filter((name) => /^\d{4}_.*\.sql$/.test(name)),
    audit: (tx, entry) => insertAudit(tx, entry, chain),
  });
  const servers = await listenAll(app, metrics, config);
  logger.info({ port: config.port }, 'the API runs');

  await stopSignal();
  await Promise.all(servers.map((server) => drain(server, DRAIN_MS)));
  await webhookPool.end();
  await parts.close();
}

function createStoredFigures({ pool, adapters }: Parts): StoredFigures {
  const { supported } = adapters;
  const providers = [...supported.payment, ...supported.invoice];
  return {
    breakerStates: async () => worstBreakerStates(providers, await listTroubledBreakers(pool)),
    oldestUnknownSeconds: () => oldestUnknownSeconds(pool),
    oldestWaitingEventSeconds: () => oldestWaitingSeconds(pool),
    booksChecks: () => listBooksChecks(pool),
  };
}

async function listenAll(app: Express, metrics: Metrics, config: ApiConfig): Promise<Server[]> {
  return [
    await listen(createApiServer(app), config.port, config.host),
    await listen(createMetricsServer(metrics), config.metricsPort, config.metricsHost),
  ];
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
