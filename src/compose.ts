import type { Config } from './config.ts';
import { checkKeysFit } from './db/encryption-keys.ts';
import { createPool } from './db/pool.ts';
import type { Pool } from './db/pool.ts';
import { connectQueue } from './db/queue.ts';
import type { Queue } from './db/queue.ts';
import { createBreakerStore } from './history/breaker-store.ts';
import { createHttp } from './http.ts';
import type { Http } from './http.ts';
import type { OutboundGuard } from './http-guard.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { createAdapters } from './providers/adapters.ts';
import type { Adapters } from './providers/adapters.ts';
import { createBreakers } from './providers/breakers.ts';
import type { Breakers } from './providers/breakers.ts';
import { createTaxAuthority, HOSTS } from './providers/tax-authority/tax-authority.ts';
import type { TaxAuthority } from './providers/tax-authority/tax-authority.ts';
import { createSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { createTemporal } from './temporal/create-temporal.ts';
import type { Temporal } from './temporal/temporal.ts';

/** What API and worker are made of. */
export interface Parts {
  readonly logger: Logger;
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly metrics: Metrics;
  readonly adapters: Adapters;
  /** Null: this installation is not registered at the tax authority. */
  readonly taxAuthority: TaxAuthority | null;
  readonly temporal: Temporal;
  readonly queue: Queue;
  /** For vendors. */
  readonly http: Http;
  readonly breakers: Breakers;
  /** For addresses that customers entered: it reaches no internal address. */
  readonly customerHttp: Http;
  readonly outboundGuard: OutboundGuard;
  readonly publicUrl: string;
  /** Call it last: it ends every connection. */
  close(): Promise<void>;
}

/**
 * Builds the parts of one process from its configuration, once. The worker supervises the job queue.
 * @throws Error with a sentence where the encryption keys do not fit the database
 */
export async function compose(config: Config, name: 'api' | 'worker'): Promise<Parts> {
  const logger = createLogger({ name, level: config.logLevel });
  const pool = createPool({
    connectionString: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, 'a database connection broke'),
  });
  const secrets = createSecrets(config.masterKeys);
  await checkKeysFit(pool, secrets, config.masterKeys[0].id);
  const limits = { mostMs: config.vendorTimeoutMs };
  const http = createHttp(limits);
  const outboundGuard = { allowLoopback: config.outboundAllowLoopback };
  const customerHttp = createHttp({ ...limits, guard: outboundGuard });
  const breakers = createBreakers({ store: createBreakerStore(pool), logger });
  const { sandboxUrl, publicUrl } = config;
  const adapters = createAdapters({ breakers, http, customerHttp, secrets, sandboxUrl });
  const { temporalAddress: address, temporalNamespace: namespace } = config;
  const temporal = createTemporal({ address, namespace, logger });
  const queue = await connectQueue({
    connectionString: config.databaseUrl,
    supervise: name === 'worker',
    onError: (error) => logger.warn({ err: error }, 'the job queue is in trouble'),
  });
  return {
    logger,
    pool,
    secrets,
    metrics: createMetrics(),
    adapters,
    taxAuthority: openTaxAuthority(config, http),
    temporal,
    queue,
    http,
    breakers,
    customerHttp,
    outboundGuard,
    publicUrl,
    close: async () => {
      await queue.stop();
      await Promise.all([temporal.close(), http.close(), customerHttp.close(), pool.end()]);
    },
  };
}

function openTaxAuthority({ taxAuthority, maker, sandboxUrl }: Config, http: Http): TaxAuthority | null {
  if (taxAuthority === null) return null;
  const { key, version, urls } = taxAuthority;
  const hosts = sandboxUrl === null ? { ...HOSTS, live: urls ?? HOSTS.live } : simulatedHosts(sandboxUrl);
  return createTaxAuthority(http, { key, version, hosts, softwareNumber: maker?.certificate ?? null });
}

function simulatedHosts(sandboxUrl: string): typeof HOSTS {
  const apiUrl = `${sandboxUrl}/tax-authority/`;
  const toy = { authorizeUrl: `${apiUrl}oauth2/authorize`, tokenUrl: `${apiUrl}oauth2/token`, apiUrl };
  return { live: toy, test: toy };
}
