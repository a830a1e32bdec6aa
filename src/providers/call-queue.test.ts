import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '#jest';
import { createCallQueue } from './call-queue.ts';

/** A call that ends on demand. */
function heldCall() {
  const gate = Promise.withResolvers<string>();
  let hasBegun = false;
  const call = (): Promise<string> => {
    hasBegun = true;
    return gate.promise;
  };
  return { call, end: gate.resolve, fail: gate.reject, hasBegun: () => hasBegun };
}
const limits = { atOnce: 2, waiting: 2, waitMs: 1_000 };
const busy = { code: 'rate_limited', retry: 'safe', retryAfterMs: 5_000 };

describe('the queue to a vendor', () => {
  it('lets a few calls go at once and the next when one has ended, first come, first served', async () => {
    const queue = createCallQueue('payplus:live', limits);
    const calls = [heldCall(), heldCall(), heldCall(), heldCall()];
    const running = calls.map(({ call }) => queue.run(call));
    await delay(0);
    expect(calls.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false]);
    calls[1]?.end('second');
    expect(await running[1]).toBe('second');
    await delay(0);
    expect(calls.map(({ hasBegun }) => hasBegun())).toEqual([true, true, true, false]);
    calls.forEach(({ end }) => end('done'));
    expect(await Promise.all(running)).toEqual(['done', 'second', 'done', 'done']);
  });

  it('turns away what comes when enough are waiting, and sends nothing', async () => {
    const queue = createCallQueue('payplus:live', { ...limits, waiting: 0 });
    const calls = [heldCall(), heldCall(), heldCall()];
    const running = calls.slice(0, 2).map(({ call }) => queue.run(call));
    await expect(queue.run(calls[2]?.call ?? heldCall().call)).rejects.toMatchObject(busy);
    expect(calls[2]?.hasBegun()).toBe(false);
    calls.forEach(({ end }) => end('done'));
    await Promise.all(running);
  });

  it('turns away what has waited long, and keeps its place for nobody', async () => {
    const queue = createCallQueue('payplus:live', { ...limits, atOnce: 1, waitMs: 5 });
    const slow = heldCall();
    const running = queue.run(slow.call);
    await expect(queue.run(heldCall().call)).rejects.toMatchObject(busy);
    slow.end('late');
    expect(await running).toBe('late');
    expect(await queue.run(() => Promise.resolve('next'))).toBe('next');
  });

  it('goes on after a call that failed', async () => {
    const queue = createCallQueue('payplus:live', { ...limits, atOnce: 1 });
    const [first, second] = [heldCall(), heldCall()];
    const running = [queue.run(first.call), queue.run(second.call)];
    first.fail(new Error('broken'));
    await expect(running[0]).rejects.toThrow('broken');
    second.end('done');
    expect(await running[1]).toBe('done');
  });
});
