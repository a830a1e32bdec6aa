import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SoftwareMaker } from '../../config.ts';
import type { ExportRow } from '../../db/exports.ts';
import { createPool } from '../../db/pool.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import { ExportEnded } from './export-ended.ts';
import { makeExport } from './make-export.ts';

/** What `run-in-thread.ts` hands to the thread. */
export interface ThreadOrder {
  readonly databaseUrl: string;
  readonly maker: SoftwareMaker | null;
  readonly row: ExportRow;
}

const PACKAGE = new URL('../../../package.json', import.meta.url);

/** The browser belongs to the process, which prints on demand. */
async function print(summary: UniformSummary): Promise<Uint8Array> {
  if (parentPort === null) throw new Error('this program runs in a thread of the worker');
  const printed = once(parentPort, 'message');
  parentPort.postMessage(summary);
  const [bytes] = (await printed) as [Uint8Array];
  return bytes;
}

// Started by `run-in-thread.ts`: makes one file and ends. What is thrown here is that function's failure.
const { databaseUrl, maker, row } = workerData as ThreadOrder;
const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
// A connection that breaks fails the statement that uses it, which is enough here.
const pool = createPool({ connectionString: databaseUrl, max: 3, onError: () => undefined });
try {
  await makeExport({ pool, version, maker, print }, row);
} catch (error) {
  if (!(error instanceof ExportEnded)) throw error;
} finally {
  await pool.end();
}
