import { afterEach, beforeEach, describe, expect, it, jest } from '#jest';
import { giveSignsOfLife, HEARTBEAT_MS } from './heartbeats.ts';

const INPUT = { args: [], headers: {} };

const contextOf = (isLocal: boolean) => {
  const heartbeat = jest.fn();
  return { context: { info: { isLocal }, heartbeat } as never, heartbeat };
};

describe('signs of life', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('are given again and again while an activity runs, and not after it', async () => {
    const { context, heartbeat } = contextOf(false);
    const work = Promise.withResolvers<string>();
    const execute = giveSignsOfLife(context).inbound?.execute;
    const running = execute?.(INPUT, () => work.promise);
    jest.advanceTimersByTime(3 * HEARTBEAT_MS);
    expect(heartbeat).toHaveBeenCalledTimes(3);
    work.resolve('printed');
    expect(await running).toBe('printed');
    jest.advanceTimersByTime(3 * HEARTBEAT_MS);
    expect(heartbeat).toHaveBeenCalledTimes(3);
  });

  it('end with an activity that fails', async () => {
    const { context, heartbeat } = contextOf(false);
    const execute = giveSignsOfLife(context).inbound?.execute;
    await expect(execute?.(INPUT, () => Promise.reject(new Error('no paper')))).rejects.toThrow('no paper');
    jest.advanceTimersByTime(3 * HEARTBEAT_MS);
    expect(heartbeat).not.toHaveBeenCalled();
  });

  it('are not given by a local activity', () => {
    expect(giveSignsOfLife(contextOf(true).context)).toEqual({});
  });
});
