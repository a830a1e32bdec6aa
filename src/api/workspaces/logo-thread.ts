import { parentPort, workerData } from 'node:worker_threads';
import type { LogoParts } from './logo-parts.ts';
import { redrawLogo } from './logo-pixels.ts';

// What `redraw-logo.ts` starts: draws one logo and ends; null says that its pixels cannot be read.
parentPort?.postMessage(drawn(workerData as LogoParts));

function drawn(parts: LogoParts): Buffer | null {
  try {
    return redrawLogo(parts);
  } catch {
    return null;
  }
}
