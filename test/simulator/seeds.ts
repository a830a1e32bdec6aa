import { readFileSync } from 'node:fs';
import type { Step } from './life.ts';
import type { Plan } from './plan.ts';

/** A life that showed a fault once; it is lived in every run, so that the fault does not come back. */
export interface FixedLife {
  readonly fault: string;
  readonly plan: Plan;
  readonly steps: readonly Step[];
}

interface Kept {
  readonly fault: string;
  readonly plan: Plan;
  /** "seed move", one a step. */
  readonly steps: readonly string[];
}

/** See FOUND.md for causes. They are kept with their plans and moves, so that new moves do not change what they mean. */
export const FIXED_LIVES: readonly FixedLife[] = (
  JSON.parse(readFileSync(new URL('./fixed-lives.json', import.meta.url), 'utf8')) as readonly Kept[]
).map(({ steps, ...kept }) => ({ ...kept, steps: steps.map(toStep) }));

function toStep(line: string): Step {
  const at = line.indexOf(' ');
  return { seed: Number(line.slice(0, at)), move: line.slice(at + 1) };
}

/** A life as it is kept in `fixed-lives.json`. */
export const toKept = (plan: Plan, steps: readonly Step[]): Kept => ({
  fault: '',
  plan,
  steps: steps.map(({ seed, move }) => `${seed} ${move}`),
});
