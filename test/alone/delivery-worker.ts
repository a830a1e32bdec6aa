import { createPool } from '../../src/db/pool.ts';
import { createHttp } from '../../src/http.ts';
import { createLogger } from '../../src/logger.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import { startDelivering } from '../../src/worker/outbox/deliver-events.ts';

// The part of a worker that delivers events, as a process of its own, so that a test can kill it.

const logger = createLogger({ name: 'worker', level: 'fatal' });
startDelivering({
  pool: createPool({ connectionString: process.env['DATABASE_URL'] ?? '', onError: () => undefined }),
  secrets: createSecrets(readMasterKeys(process.env['TASHLUM_ENCRYPTION_KEYS'] ?? '')),
  customerHttp: createHttp({ guard: { allowLoopback: true } }),
  metrics: createMetrics(),
  logger,
});
