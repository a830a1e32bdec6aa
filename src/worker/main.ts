import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createPrintDocument } from '../activities/documents/print-document.ts';
import { createActivities, createDocumentActivities } from '../activities/index.ts';
import { compose } from '../compose.ts';
import { ConfigError, readConfig } from '../config.ts';
import type { Logger } from '../logger.ts';
import { createPrinter } from '../printing/browser/printer.ts';
import { createSigners } from '../printing/signing/signing-folder.ts';
import { connectWorker, createWorkers } from './create-worker.ts';
import { noteFailedRun } from './failed-runs.ts';
import { startExporting } from './exports/run-exports.ts';
import { startHealthServer } from './health-server.ts';
import { createMailServer } from './mails/send-mail.ts';
import { startDelivering } from './outbox/deliver-events.ts';
import { startPurging } from './purge.ts';
import { createReadiness } from './readiness.ts';
import { startCheckingBooks } from './reconciliation/check-books.ts';
import { startReconciling } from './reconciliation/reconcile.ts';
import { createSweepers } from './sweepers/index.ts';
import { startSweeper } from './sweepers/start-sweeper.ts';
import { openTimeStamps } from './time-stamps.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const parts = await compose(config, 'worker');
  const { pool, secrets, metrics, logger, queue } = parts;
  const failedRuns = new Set<string>();
  installRuntime(logger, failedRuns);
  const printer = createPrinter({ ...config.browser, logger });
  const timeStamps = await openTimeStamps(config.signing?.timeStamp ?? null, parts);
  const signers = createSigners(config.signing, timeStamps);
  const printDocument = createPrintDocument({ pool, printer, signers });
  const connection = await connectWorker(config.temporalAddress, logger);
  const workers = await createWorkers({
    connection,
    namespace: config.temporalNamespace,
    activities: createActivities(parts),
    documentActivities: createDocumentActivities(parts, printDocument),
    bundlePath: process.env['WORKFLOW_BUNDLE'] ?? null,
  });
  await queue.work('print_document', printDocument);
  await startReconciling(parts);
  await startCheckingBooks(parts);
  await startPurging({ ...parts, retention: config.retention });
  const exporting = await startExporting({
    ...parts,
    printer,
    printDocument,
    databaseUrl: config.databaseUrl,
    maker: config.maker,
  });
  const mailServer = createMailServer(config.mail);
  const sweepers = createSweepers({
    ...parts,
    mailServer,
    failedRuns,
    rateWaitMinutes: config.rateWaitMinutes,
  }).map((sweeper) => startSweeper(sweeper, logger));
  const delivering = startDelivering(parts);
  const health = await startHealthServer({
    host: config.metricsHost,
    port: config.metricsPort,
    metrics,
    isReady: createReadiness(workers, [pool, secrets, logger]),
  });
  logger.info({ metricsPort: config.metricsPort }, 'the worker runs');

  await Promise.all(workers.map((worker) => worker.run()));
  exporting.stop();
  await Promise.all([...sweepers.map((sweeper) => sweeper.stop()), delivering.stop()]);
  health.close();
  await printer.close();
  await Promise.all([connection.close(), parts.close()]);
}

/** Temporal's own log messages go to our logger. They also tell which tasks failed. */
function installRuntime(logger: Logger, failedRuns: Set<string>): void {
  Runtime.install({
    shutdownSignals: ['SIGINT', 'SIGTERM'],
    telemetryOptions: { logging: { forward: {} } },
    logger: new DefaultLogger('WARN', (entry) => {
      noteFailedRun(failedRuns, entry);
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
