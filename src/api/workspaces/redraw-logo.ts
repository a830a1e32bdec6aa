import { Worker } from 'node:worker_threads';
import { Problem } from '../../domain/errors.ts';
import type { LogoParts } from './logo-parts.ts';

/** Draws a workspace's logo anew; null where its pixels cannot be read. @throws Problem rate_limited */
export type RedrawLogo = (workspaceId: string, parts: LogoParts) => Promise<Buffer | null>;

/** Logos of other workspaces that one may wait behind. Each takes a second at most, and holds its pixels meanwhile. */
const MOST_WAITING = 8;
/** A picture within our limits is drawn in a second; whatever takes this long does not end by itself. */
const MOST_MS = 10_000;

const THREAD = new URL('./logo-thread.ts', import.meta.url);

/**
 * A big picture takes a core for a second, and the API answers webhooks meanwhile: so a thread draws it. One at a time,
 * and one of each workspace.
 */
export function createRedrawLogo(
  draw: (parts: LogoParts) => Promise<Buffer | null> = (parts) => drawInThread(parts),
): RedrawLogo {
  const waiting = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  return (workspaceId, parts) => {
    if (waiting.has(workspaceId))
      throw tooMany('another logo of this workspace is being processed; try again');
    if (waiting.size >= MOST_WAITING) throw tooMany('too many logos are being processed; try again');
    waiting.add(workspaceId);
    const drawn = last.then(() => draw(parts)).finally(() => waiting.delete(workspaceId));
    last = drawn.catch(() => undefined);
    return drawn;
  };
}

function tooMany(sentence: string): Problem {
  return new Problem('rate_limited', sentence, { retryAfterSeconds: 2 });
}

/** By a thread that is ended after `mostMs`. @throws where it gave no answer */
export function drawInThread(
  parts: LogoParts,
  program: URL = THREAD,
  mostMs: number = MOST_MS,
): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(program, { workerData: parts });
    const limit = setTimeout(() => void thread.terminate(), mostMs);
    thread.once('exit', () => clearTimeout(limit));
    thread.once('message', (png: Uint8Array | null) => resolve(png && Buffer.from(png)));
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that redraws a logo ended without an answer')));
  });
}
