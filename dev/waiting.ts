import { setTimeout as delay } from 'node:timers/promises';

/** Calls `isTrue` until it returns true (true) or `withinMs` has passed (false). An error counts as "not yet". */
export const waitUntil = async (
  isTrue: () => Promise<boolean>,
  withinMs: number,
  signal?: AbortSignal,
): Promise<boolean> => {
  const end = performance.now() + withinMs;
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 250)) {
    if (await isTrue().catch(() => false)) return true;
    if (performance.now() > end) return false;
    await delay(pause, undefined, { signal });
  }
};

/** Whether the address answers with 200 within two seconds. */
export const answersOk = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.arrayBuffer();
  return answer.status === 200;
};
