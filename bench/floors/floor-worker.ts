import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createPrinter } from '../../src/printing/browser/printer.ts';
import { createPool } from '../../src/db/pool.ts';
import { createHttp } from '../../src/http.ts';
import { createLeafActivities } from './leaf-activities.ts';
import { readSettings } from './child-process.ts';
import type { FloorMessage, FloorSettings } from './floor-process.ts';

/** The floors' Temporal worker: one task queue, the SDK's defaults, a process of its own as the engine's worker is. */
const settings = readSettings<FloorSettings>();
const tell = (message: FloorMessage): void => void process.send?.(message);

Runtime.install({ shutdownSignals: ['SIGTERM'], logger: new DefaultLogger('WARN') });
const pool = createPool({
  connectionString: settings.databaseUrl,
  onError: (error) => console.error(error.message),
});
const http = createHttp();
const printer = createPrinter({ mayRunUncaged: true });
const connection = await NativeConnection.connect({ address: settings.temporalAddress });
const worker = await Worker.create({
  connection,
  namespace: settings.temporalNamespace,
  taskQueue: settings.taskQueue,
  workflowsPath: fileURLToPath(new URL('./floor-workflows.ts', import.meta.url)),
  activities: createLeafActivities({
    pool,
    http,
    printer,
    sandboxUrl: settings.sandboxUrl,
    done: (step, paymentId) => tell({ step, id: paymentId }),
  }),
  sinks: {
    bench: {
      ended: { fn: ({ workflowId }) => tell({ step: 'ended', id: workflowId }), callDuringReplay: false },
    },
  },
});
// A bench that is killed leaves no worker behind.
process.once('disconnect', () => process.exit(0));
const running = worker.run();
tell({ step: 'ready' });
await running;
await Promise.all([printer.close(), http.close(), pool.end(), connection.close()]);
process.exit(0);
