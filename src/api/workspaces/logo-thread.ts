import { parentPort, workerData } from 'node:worker_threads';
import type { LogoParts } from './logo-parts.ts';
import { redrawLogo } from './logo-pixels.ts';

// Started by `redraw-logo.ts`: redraws one logo and ends. Null if its pixels cannot be read.
parentPort?.postMessage(drawn(workerData as LogoParts));

function drawn(parts: LogoParts): Buffer | null {
  try {
    return redrawLogo(parts);
  } catch {
    return null;
  }
}
