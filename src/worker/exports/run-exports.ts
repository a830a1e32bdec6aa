import type { PrintOrder } from '../../activities/documents/print-document.ts';
import { deletePieces } from '../../db/export-pieces.ts';
import { countWaitingExports, failExport, takeExport } from '../../db/exports.ts';
import type { ExportRow } from '../../db/exports.ts';
import type { Pool } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { inOneTrip, inWorkspace } from '../../db/transaction.ts';
import type { SoftwareMaker } from '../../config.ts';
import type { Logger } from '../../logger.ts';
import type { Printer } from '../../printing/browser/printer.ts';
import { toReportHtml } from '../../printing/page/report-html.ts';
import { toUniformSummaryHtml } from '../../printing/page/uniform-summary-html.ts';
import { runInThread } from './run-in-thread.ts';
import type { Print } from './run-in-thread.ts';

interface Deps {
  readonly pool: Pool;
  readonly queue: Pick<Queue, 'enqueue' | 'work'>;
  readonly logger: Logger;
  readonly databaseUrl: string;
  readonly maker: SoftwareMaker | null;
  readonly printer: Printer;
  /** Prints a document and stores its file. */
  readonly printDocument: (order: PrintOrder) => Promise<void>;
}

/** After so many tries the file is given up. */
const MOST_TRIES = 5;

/**
 * Makes the files of exports, one at a time in this process and one at a time for a workspace. A job makes the next export of
 * its workspace and goes to the end of the queue, so that workspaces take turns. `stop` ends a running one; it is made anew.
 */
export async function startExporting(deps: Deps): Promise<{ stop(): void }> {
  const stopping = new AbortController();
  await deps.queue.work('export', async ({ workspaceId }) => {
    if (stopping.signal.aborted) throw new Error('the worker stops; another one makes the export');
    const row = await inWorkspace(deps.pool, workspaceId, (tx) => takeExport(tx, workspaceId));
    if (row === null) return;
    await make(deps, row, stopping.signal);
    const [waiting] = await inOneTrip(deps.pool, workspaceId, (tx) => [countWaitingExports(tx, workspaceId)]);
    if (waiting > 0) await deps.queue.enqueue('export', { workspaceId }, workspaceId);
  });
  return { stop: () => stopping.abort() };
}

/** @throws Error if it did not work out; the job is repeated then */
async function make(
  { pool, logger, databaseUrl, maker, ...printing }: Deps,
  row: ExportRow,
  stopping: AbortSignal,
): Promise<void> {
  const { id: exportId, workspaceId, attempt } = row;
  try {
    if (attempt > MOST_TRIES)
      throw new Error('every earlier try ended without a word, perhaps for lack of memory');
    await runInThread({ databaseUrl, maker, row }, createPrint(printing), stopping);
  } catch (error) {
    logger.warn({ err: error, exportId, attempt }, 'the file of an export could not be made');
    if (stopping.aborted || attempt < MOST_TRIES) throw error;
    await inWorkspace(pool, workspaceId, async (tx) => {
      await failExport(tx, row, FAILURE);
      await deletePieces(tx, exportId, null);
    });
  }
}

function createPrint({ printer, printDocument }: Pick<Deps, 'printer' | 'printDocument'>): Print {
  return async (request) => {
    if ('summary' in request) return printer.print(toUniformSummaryHtml(request.summary));
    if ('report' in request) return printer.print(toReportHtml(request.report));
    await printDocument(request.document);
    return new Uint8Array();
  };
}

const FAILURE =
  'the file could not be made; the operator of Tashlum finds the reason in the log of the worker, by the id of this export';
