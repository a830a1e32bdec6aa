import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '#jest';
import { createLogger } from '../../logger.ts';
import { startSweeper } from './start-sweeper.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const DAY = 86_400_000;

it('a sweeper that is stopped during a sweep ends with it, and waits for no pause', async () => {
  let end = (): void => undefined;
  const sweep = () => new Promise<void>((resolve) => (end = resolve));
  const sweeper = startSweeper({ name: 'slow', pauseMs: DAY, sweep }, logger);
  const stopped = sweeper.stop();
  end();
  await stopped;
});

it('a sweeper that is stopped during its pause ends at once', async () => {
  let sweeps = 0;
  const sweep = () => Promise.resolve((sweeps += 1));
  const sweeper = startSweeper({ name: 'quick', pauseMs: DAY, sweep }, logger);
  await turn();
  await sweeper.stop();
  expect(sweeps).toBe(1);
});

it('a sweep that throws is tried again', async () => {
  let sweeps = 0;
  const again = Promise.withResolvers<undefined>();
  const sweep = () => {
    sweeps += 1;
    if (sweeps === 1) return Promise.reject(new Error('no luck'));
    again.resolve(undefined);
    return Promise.resolve();
  };
  const sweeper = startSweeper({ name: 'unlucky', pauseMs: 0, sweep }, logger);
  await again.promise;
  await sweeper.stop();
});
