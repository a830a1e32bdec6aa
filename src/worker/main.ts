import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities, createDocumentActivities } from '../activities/index.ts';
import { createPrinter } from '../printing/browser/printer.ts';
import { createSigners } from '../printing/signing/signing-folder.ts';
import { ConfigError, readConfig } from '../config.ts';
import { doKeysFit, refuseUnfitKeys } from '../db/encryption-keys.ts';
import { createCircuitStore } from '../history/circuit-store.ts';
import { createPool } from '../db/pool.ts';
import { openQueue } from '../db/queue.ts';
import { createTemporal } from '../temporal/create-temporal.ts';
import { createHttp } from '../http.ts';
import { createLogger } from '../logger.ts';
import type { Logger } from '../logger.ts';
import { createMetrics } from '../metrics.ts';
import { createAdapters } from '../providers/adapters.ts';
import { createCircuits } from '../providers/circuits.ts';
import { createSecrets } from '../secrets.ts';
import { createFetchAllocationNumbers } from '../activities/invoices/fetch-allocation-numbers.ts';
import { connectWorker, createWorkers } from './create-worker.ts';
import { startHealthServer } from './health-server.ts';
import { startReconciling } from './reconciliation/reconcile.ts';
import { createMailServer } from './mails/send-mail.ts';
import { sendDueMails } from './mails/send-mails.ts';
import { acknowledgeCharges } from './sweepers/acknowledge-charges.ts';
import { deliverInbox } from './sweepers/deliver-inbox.ts';
import { every } from './sweepers/every.ts';
import { createEndAbandonedPayments } from './sweepers/end-abandoned-payments.ts';
import { createHelpStuckWorkflows } from './sweepers/help-stuck-workflows.ts';
import { pursueOwedRequests } from './sweepers/pursue-owed-requests.ts';
import { startRefunds } from './sweepers/start-refunds.ts';
import { startStuckPayments } from './sweepers/start-stuck-payments.ts';

const INBOX_PAUSE_MS = 5_000;
const ALLOCATION_PAUSE_MS = 5_000;
const ACKNOWLEDGE_PAUSE_MS = 2_000;
const REFUNDS_PAUSE_MS = 2_000;
const MAILS_PAUSE_MS = 2_000;
const REQUESTS_PAUSE_MS = 5_000;
const STUCK_PAUSE_MS = 15_000;
const HELP_PAUSE_MS = 10_000;
const ABANDONED_PAUSE_MS = 60_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger({ name: 'worker', level: config.logLevel });
  installRuntime(logger);
  const pool = createPool({
    connectionString: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, 'a database connection broke'),
  });
  const limits = { mostMs: config.vendorTimeoutMs };
  const http = createHttp(limits);
  const customerHttp = createHttp({ ...limits, guard: { allowLoopback: config.outboundAllowLoopback } });
  const secrets = createSecrets(config.masterKeys);
  await refuseUnfitKeys(pool, secrets, config.masterKeys[0].id);
  const metrics = createMetrics();
  const circuits = createCircuits({ store: createCircuitStore(pool), logger });
  const { sandboxUrl } = config;
  const adapters = createAdapters({ circuits, http, customerHttp, secrets, sandboxUrl });
  const printer = createPrinter({ ...config.browser, logger });
  const temporal = createTemporal({
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    logger,
  });

  const context = { pool, secrets, adapters, metrics, logger, publicUrl: config.publicUrl };
  const signers = createSigners(config.signing);
  const documentActivities = createDocumentActivities({ pool, printer, signers });
  const connection = await connectWorker(config.temporalAddress, logger);
  const workers = await createWorkers({
    connection,
    namespace: config.temporalNamespace,
    activities: createActivities(context),
    documentActivities,
    bundlePath: process.env['WORKFLOW_BUNDLE'] ?? null,
  });
  const queue = await openQueue({
    connectionString: config.databaseUrl,
    supervise: true,
    onError: (error) => logger.warn({ err: error }, 'the job queue is in trouble'),
  });
  await queue.work('print_document', (job) => documentActivities.printDocument(job));
  await startReconciling({ ...context, temporal, queue });
  const mailServer = createMailServer(config.mail);
  const sweepers = startSweepers({ ...context, temporal, queue, mailServer });
  const health = await startHealthServer({
    host: config.metricsHost,
    port: config.metricsPort,
    metrics,
    isReady: async () =>
      workers.every((worker) => worker.getState() === 'RUNNING') && (await doKeysFit(pool, secrets, logger)),
  });
  logger.info({ metricsPort: config.metricsPort }, 'the worker runs');

  await Promise.all(workers.map((worker) => worker.run()));
  await Promise.all(sweepers.map((sweeper) => sweeper.stop()));
  health.close();
  await queue.stop();
  await printer.close();
  await Promise.all([connection.close(), temporal.close(), http.close(), customerHttp.close(), pool.end()]);
}

type SweeperParts = Parameters<typeof deliverInbox>[0] &
  Parameters<typeof sendDueMails>[0] &
  Parameters<typeof createHelpStuckWorkflows>[0] &
  Parameters<typeof acknowledgeCharges>[0];

/** The sweepers: they find everything that was written and not acted on. */
function startSweepers(parts: SweeperParts) {
  const { logger } = parts;
  const fetchAllocationNumbers = createFetchAllocationNumbers(parts);
  return [
    every(INBOX_PAUSE_MS, 'deliver-inbox', logger, () => deliverInbox(parts)),
    every(ALLOCATION_PAUSE_MS, 'fetch-allocation-numbers', logger, async () => {
      await fetchAllocationNumbers();
    }),
    every(ACKNOWLEDGE_PAUSE_MS, 'acknowledge-charges', logger, () => acknowledgeCharges(parts)),
    every(REFUNDS_PAUSE_MS, 'start-refunds', logger, () => startRefunds(parts)),
    every(MAILS_PAUSE_MS, 'send-mails', logger, () => sendDueMails(parts)),
    every(REQUESTS_PAUSE_MS, 'pursue-owed-requests', logger, () => pursueOwedRequests(parts)),
    every(HELP_PAUSE_MS, 'help-stuck-workflows', logger, createHelpStuckWorkflows(parts)),
    every(ABANDONED_PAUSE_MS, 'end-abandoned-payments', logger, createEndAbandonedPayments(parts)),
    every(STUCK_PAUSE_MS, 'start-stuck-payments', logger, () => startStuckPayments(parts)),
  ];
}

/** Temporal's own log messages go to our logger. */
function installRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: ['SIGINT', 'SIGTERM'],
    logger: new DefaultLogger('WARN', (entry) => {
      const level = entry.level === 'ERROR' ? 'error' : 'warn';
      logger[level]({ ...entry.meta }, entry.message);
    }),
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const sentence =
    error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`worker: ${sentence}\n`);
  process.exit(1);
}
