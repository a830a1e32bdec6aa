import { workerData } from 'node:worker_threads';
import type { ExportRow } from '../../db/exports.ts';
import { createPool } from '../../db/pool.ts';
import { ExportEnded } from './export-ended.ts';
import { makeExport } from './make-export.ts';

/** What `run-in-thread.ts` hands to the thread. */
export interface ThreadOrder {
  readonly databaseUrl: string;
  readonly row: ExportRow;
}

// Started by `run-in-thread.ts`: makes one file and ends. What is thrown here is that function's failure.
const { databaseUrl, row } = workerData as ThreadOrder;
// A connection that breaks fails the statement that uses it, which is enough here.
const pool = createPool({ connectionString: databaseUrl, max: 3, onError: () => undefined });
try {
  await makeExport(pool, row);
} catch (error) {
  if (!(error instanceof ExportEnded)) throw error;
} finally {
  await pool.end();
}
