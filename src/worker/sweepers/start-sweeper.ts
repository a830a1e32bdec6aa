import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import type { Sweeper } from './index.ts';
import { SweepError } from './sweep-each.ts';

/**
 * Runs a sweeper repeatedly, `pauseMs` after its last end. If it throws, that is logged and it runs again; of a
 * `SweepError` each failed item is logged. `stop` lets a
 * running sweep end and waits for no pause.
 */
export function startSweeper({ name, pauseMs, sweep }: Sweeper, logger: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await sweep().catch((error: unknown) => logFailure(error, name, logger));
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

function logFailure(error: unknown, sweeper: string, logger: Logger): void {
  const failures = error instanceof SweepError ? error.failures : [];
  for (const { ids, error: err } of failures)
    logger.warn({ err, sweeper, ...ids }, 'an item of a sweep failed');
  logger.warn({ err: error, sweeper }, 'a sweep failed; trying again');
}
