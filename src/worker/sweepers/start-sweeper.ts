import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import type { Sweeper } from './index.ts';

/**
 * Runs a sweeper repeatedly, `pauseMs` after its last end. If it throws, that is logged and it runs again. `stop` lets a
 * running sweep end and waits for no pause.
 */
export function startSweeper({ name, pauseMs, sweep }: Sweeper, logger: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await sweep().catch((error: unknown) =>
        logger.warn({ err: error, sweeper: name }, 'a sweep failed; trying again'),
      );
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
