import type { Step } from './life.ts';

/**
 * The shortest sequence of moves that still fails in the same way, found by leaving out ever smaller pieces. Each move
 * carries the seed of its own decisions, so what is left decides as before. `fails` lives one life.
 */
export async function shrink(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
  mostTries: number,
): Promise<readonly Step[]> {
  let best = steps;
  let tries = 0;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && tries < mostTries;) {
      const shorter = [...best.slice(0, at), ...best.slice(at + size)];
      tries += 1;
      if (await fails(shorter)) best = shorter;
      else at += size;
    }
  }
  return best;
}
