import { Worker } from 'node:worker_threads';
import type { LogoParts } from './logo-parts.ts';

/** Draws a logo anew; null where its pixels cannot be read. */
export type RedrawLogo = (parts: LogoParts) => Promise<Buffer | null>;

/**
 * A big picture takes a core for a second, and the API answers webhooks meanwhile: so a thread draws it. One at a time,
 * whoever uploads.
 */
export function createRedrawLogo(): RedrawLogo {
  let last: Promise<unknown> = Promise.resolve();
  return (parts) => {
    const drawn = last.then(() => drawInThread(parts));
    last = drawn.catch(() => undefined);
    return drawn;
  };
}

function drawInThread(parts: LogoParts): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./logo-thread.ts', import.meta.url), { workerData: parts });
    thread.once('message', (png: Uint8Array | null) => resolve(png && Buffer.from(png)));
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that draws a logo ended without an answer')));
  });
}
