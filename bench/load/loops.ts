import { setTimeout as delay } from 'node:timers/promises';

/** Works through `items` on `lanes` at once; the next begins when one ends. Returns the milliseconds it took. */
export async function closedLoop<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return performance.now() - startedAt;
}

/** Begins one item every 1/`perSecond` s, whether or not earlier ones have ended. Returns the milliseconds of each. */
export async function openLoop<T>(
  items: readonly T[],
  perSecond: number,
  work: (item: T) => Promise<unknown>,
): Promise<number[]> {
  const startedAt = performance.now();
  const running = items.map(async (item, index) => {
    await delay(Math.max(0, startedAt + (index * 1_000) / perSecond - performance.now()));
    const begunAt = performance.now();
    await work(item);
    return performance.now() - begunAt;
  });
  return Promise.all(running);
}

/**
 * Splits `items` into `blocks` and runs engine and floor by turns over each, so that what else the machine does, and
 * whatever grows meanwhile, meets both alike. The floor goes first in every other block.
 */
export async function byTurns(
  blocks: number,
  floor: (block: number) => Promise<void>,
  engine: (block: number) => Promise<void>,
): Promise<void> {
  for (let block = 0; block < blocks; block += 1) {
    const [first, second] = block % 2 === 0 ? [floor, engine] : [engine, floor];
    await first(block);
    await second(block);
  }
}

/** `count` items from `make`, an equal share for each of `blocks`. */
export function inBlocks<T>(count: number, blocks: number, make: () => T): T[][] {
  const size = Math.ceil(count / blocks);
  return Array.from({ length: blocks }, () => Array.from({ length: size }, make));
}
