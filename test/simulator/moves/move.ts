import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';

/** Something that may happen next. */
export interface Move {
  readonly name: string;
  /** How likely it is beside the others now; 0: it cannot happen. Must be quick, and the same in the same state. */
  readonly weight: (life: Life) => number;
  /** Does it; what it decides itself comes from `chance` alone. Returns a few words for the story. */
  readonly make: (life: Life, chance: Chance) => Promise<string>;
}
