import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { createActivities, createDocumentActivities } from '../activities/index.ts';
import type { Logger } from '../logger.ts';
import { DOCUMENTS_QUEUE, PAYMENTS_QUEUE } from '../workflows/messages.ts';
import { giveSignsOfLife, HEARTBEAT_MS } from './heartbeats.ts';

/** For the bundle only: activities read the environment of the worker itself. */
const PAYLOAD_CONVERTER = fileURLToPath(new URL('../workflows/payload-converter.ts', import.meta.url));
/** Prints at the same time: each needs a core for 25–50 ms. */
const CONCURRENT_PRINTS = 2;
/**
 * Activities of each kind at the same time: several vendors may be slow (`QUEUE_LIMITS`), and the others still have
 * room.
 */
const CONCURRENT_ACTIVITIES = 400;

/** The workers of one process: payments on one task queue, documents on another. */
export async function createWorkers(options: {
  connection: NativeConnection;
  namespace: string;
  activities: ReturnType<typeof createActivities>;
  documentActivities: ReturnType<typeof createDocumentActivities>;
  /** A bundle made in advance (src/worker/bundle.ts), or null to make one now. */
  bundlePath: string | null;
}): Promise<Worker[]> {
  const common: Partial<WorkerOptions> = {
    connection: options.connection,
    namespace: options.namespace,
    shutdownGraceTime: '20s',
    shutdownForceTime: '30s',
    interceptors: { activity: [giveSignsOfLife] },
    maxHeartbeatThrottleInterval: HEARTBEAT_MS,
  };
  const payments = await Worker.create({
    ...common,
    taskQueue: PAYMENTS_QUEUE,
    activities: options.activities,
    workflowBundle: options.bundlePath === null ? await bundleWorkflows() : { codePath: options.bundlePath },
    stickyQueueScheduleToStartTimeout: '3s',
    maxConcurrentActivityTaskExecutions: CONCURRENT_ACTIVITIES,
    maxConcurrentLocalActivityExecutions: CONCURRENT_ACTIVITIES,
  });
  const documents = await Worker.create({
    ...common,
    taskQueue: DOCUMENTS_QUEUE,
    activities: options.documentActivities,
    maxConcurrentActivityTaskExecutions: CONCURRENT_PRINTS,
  });
  return [payments, documents];
}

/**
 * Everything that Temporal replays, in one file: src/workflows and src/domain and nothing else. A test holds this.
 */
export function bundleWorkflows() {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    payloadConverterPath: PAYLOAD_CONVERTER,
    logger: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, log: quiet },
  });
}

function quiet(): void {
  return undefined;
}

/** Connects, waiting for a Temporal that is not up yet. */
export async function connectWorker(address: string, logger: Logger): Promise<NativeConnection> {
  for (let delayMs = 250; ; delayMs = Math.min(delayMs * 2, 5_000)) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      logger.warn({ err: error, address }, 'Temporal cannot be reached; trying again');
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}
