import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SoftwareMaker } from '../../config.ts';
import { findFile } from '../../db/document-files.ts';
import type { CopyVariant } from '../../db/document-files.ts';
import type { ExportRow } from '../../db/exports.ts';
import { createPool } from '../../db/pool.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { ExportEnded } from './export-ended.ts';
import { makeExport } from './make-export.ts';
import type { PrintRequest } from './run-in-thread.ts';

/** What `run-in-thread.ts` hands to the thread. */
export interface ThreadOrder {
  readonly databaseUrl: string;
  readonly maker: SoftwareMaker | null;
  readonly row: ExportRow;
}

const PACKAGE = new URL('../../../package.json', import.meta.url);

/** The browser belongs to the process, which prints on demand. */
async function ask(request: PrintRequest): Promise<Uint8Array> {
  if (parentPort === null) throw new Error('this program runs in a thread of the worker');
  const printed = once(parentPort, 'message');
  parentPort.postMessage(request);
  const [bytes] = (await printed) as [Uint8Array];
  return bytes;
}

/** Beside the snapshot of the books, in which a file that is printed now cannot be seen. */
async function readCopy(documentId: string, variant: CopyVariant): Promise<Uint8Array> {
  const { workspaceId } = row;
  const find = async (): Promise<Buffer | null> => {
    const [bytes] = await inOneTrip(pool, workspaceId, (tx) => [findFile(tx, documentId, variant)]);
    return bytes;
  };
  const stored = await find();
  if (stored !== null) return stored;
  await ask({ document: { workspaceId, documentId, variant } });
  const printed = await find();
  if (printed === null) throw new Error(`document ${documentId} has no file ${variant} after its print`);
  return printed;
}

// Started by `run-in-thread.ts`: makes one file and ends. What is thrown here is that function's failure.
const { databaseUrl, maker, row } = workerData as ThreadOrder;
const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
// A connection that breaks fails the statement that uses it, which is enough here.
const pool = createPool({ connectionString: databaseUrl, max: 3, onError: () => undefined });
try {
  await makeExport(
    {
      pool,
      version,
      maker,
      readCopy,
      print: (summary) => ask({ summary }),
      printReport: (report) => ask({ report }),
    },
    row,
  );
} catch (error) {
  if (!(error instanceof ExportEnded)) throw error;
} finally {
  await pool.end();
}
