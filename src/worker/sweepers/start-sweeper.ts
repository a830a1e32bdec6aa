import type { Logger } from '../../logger.ts';
import type { Sweeper } from './index.ts';

/** Runs a sweeper repeatedly, `pauseMs` after its last end. If it throws, that is logged and it runs again. */
export function startSweeper({ name, pauseMs, sweep }: Sweeper, logger: Logger): { stop(): Promise<void> } {
  let isStopped = false;
  let wake = (): void => undefined;
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      await sweep().catch((error: unknown) =>
        logger.warn({ err: error, sweeper: name }, 'a sweep failed; trying again'),
      );
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pauseMs);
      });
    }
  };
  const running = loop();
  return {
    stop: () => {
      isStopped = true;
      wake();
      return running;
    },
  };
}
