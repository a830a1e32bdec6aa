import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import { READS, REFUNDS } from '../machine/spells.ts';
import type { Spell } from '../machine/spells.ts';
import type { Move } from './move.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Something is wrong with the payment vendor from now on, for so long. */
export function cast(
  { world, plan }: Life,
  how: Spell['how'],
  ms: number,
  only: Spell['only'] = null,
): string {
  world.network.spells.push({ vendor: plan.provider, how, until: world.clock.now() + ms, only });
  const what = only === READS ? ' to questions' : only === REFUNDS ? ' to refunds' : '';
  return `${how}${what}, for ${Math.round(ms / SECOND)} s`;
}

const hasTrouble = ({ plan, payments }: Life, weight: number): number =>
  payments.length === 0 ? 0 : weight * plan.trouble;

const spell = (
  name: string,
  weight: number,
  draw: (life: Life, chance: Chance) => readonly [Spell['how'], number, Spell['only']],
): Move => ({
  name,
  weight: (life) => hasTrouble(life, weight),
  make: (life, chance) => Promise.resolve(cast(life, ...draw(life, chance))),
});

export const SPELL_MOVES: readonly Move[] = [
  spell('the vendor is down for a time', 1.5, (_life, chance) => [
    chance.pick(['unreachable', 'lost_before', 'lost_after']),
    chance.pick([5 * MINUTE, 40 * MINUTE, 3 * HOUR]),
    chance.pick([null, READS]),
  ]),
  spell('the vendor refuses our keys for days', 1, (life, chance) => {
    life.hadRefusedKeys = true;
    return ['refused_keys', chance.pick([HOUR, 26 * HOUR, 75 * HOUR]), null];
  }),
  spell('the vendor calls what it took declined at first', 2, (_life, chance) => [
    'declined',
    chance.pick([20 * SECOND, 5 * MINUTE, 2 * HOUR]),
    READS,
  ]),
  spell('the vendor says a word that nobody knows', 1.5, (_life, chance) => [
    'unknown_word',
    chance.pick([MINUTE, 30 * MINUTE, 5 * HOUR]),
    READS,
  ]),
];
