import { Worker } from 'node:worker_threads';
import type { PrintOrder } from '../../activities/documents/print-document.ts';
import type { PrintedReport } from '../../domain/printed-report.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import type { ThreadOrder } from './export-thread.ts';

const THREAD = new URL('./export-thread.ts', import.meta.url);

/** What the thread wants printed: a page, or a document, whose file is stored. */
export type PrintRequest =
  | { readonly summary: UniformSummary }
  | { readonly report: PrintedReport }
  | { readonly document: PrintOrder };

/** Prints what the thread asks for; empty for a document. */
export type Print = (request: PrintRequest) => Promise<Uint8Array>;

/** A file of any size is made within this. */
const MOST_MEGABYTES = 256;

/**
 * Makes a file in a thread of its own. Writing a large table costs seconds of a processor, and payments that run in
 * this process would wait for it. A file that outgrows its memory ends the thread and not the process.
 * @throws Error what the thread failed with, or that it was stopped
 */
export function runInThread(order: ThreadOrder, print: Print, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    const stop = (): void => void thread.terminate();
    stopping.addEventListener('abort', stop, { once: true });
    thread.on('message', (request: PrintRequest) => {
      print(request).then(
        (bytes) => thread.postMessage(bytes),
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
          stop();
        },
      );
    });
    thread.once('error', reject);
    thread.once('exit', (code) => {
      stopping.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else reject(new Error('the thread that makes a file was stopped'));
    });
  });
}
