import { Worker } from 'node:worker_threads';
import { Problem } from '../../domain/problems.ts';
import type { LogoParts } from './logo-parts.ts';

/** Redraws the logo of a workspace; null if its pixels cannot be read. @throws Problem rate_limited */
export type RedrawLogo = (workspaceId: string, parts: LogoParts) => Promise<Buffer | null>;

/**
 * How many logos of other workspaces may be ahead. Each takes at most a second, and keeps its pixels in memory
 * meanwhile.
 */
const MOST_WAITING = 8;
/** A picture within our limits takes a second. One that takes this long will not finish. */
const MOST_MS = 10_000;

const THREAD = new URL('./logo-thread.ts', import.meta.url);

/**
 * A big picture uses a core for a second while the API answers webhooks, so a thread redraws it. One is redrawn at a
 * time, and one per workspace.
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
