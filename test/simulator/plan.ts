import { createChance } from './machine/chance.ts';
import type { Chance } from './machine/chance.ts';

/** How a life begins: drawn from its seed before anything happens. */
export interface Plan {
  readonly seed: number;
  readonly startAt: number;
  readonly provider: 'payplus' | 'grow' | 'stripe';
  readonly service: 'green-invoice' | 'sumit' | 'custom' | null;
  readonly print: 'at_issue' | 'on_demand';
  readonly mailsReceipts: boolean;
  readonly dealerType: 'osek_murshe' | 'osek_patur' | 'company' | 'amuta';
  readonly graceSeconds: number;
  readonly lifeSeconds: number;
  /** Minor units. */
  readonly amount: number;
  /** How long vendors' lags are, as a share of the usual. */
  readonly lag: number;
  /** How many moves are made before the faults stop. */
  readonly moves: number;
  /** How often something goes wrong: 0 never. */
  readonly trouble: number;
  /** Where sources disagree about a vendor, it behaves in one way or the other. */
  readonly habit: 'usual' | 'other';
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Moments at which a payment's days, rates and hours are not what they were a minute ago. */
const EDGES: readonly (readonly [string, string])[] = [
  ['a day like others', '2026-02-10T09:00:00Z'],
  ['a day like others', '2026-05-19T12:30:00Z'],
  ['midnight in Israel', '2026-02-10T21:58:00Z'],
  ['the end of a month', '2026-01-31T21:58:00Z'],
  ['the end of a year', '2025-12-31T21:58:00Z'],
  ['the change of the VAT rate', '2024-12-31T21:58:00Z'],
  ['clocks go forward', '2026-03-26T23:58:00Z'],
  ['clocks go back', '2026-10-24T22:58:00Z'],
];

export function drawPlan(seed: number, hasTrouble = true): Plan {
  const chance = createChance(`plan ${seed}`);
  const [, startAt] = chance.pick(EDGES);
  return {
    seed,
    startAt: Date.parse(startAt) + chance.below(2 * MINUTE),
    provider: chance.pick(['payplus', 'grow', 'stripe'] as const),
    service: chance.pick([null, 'green-invoice', 'sumit', 'custom'] as const),
    print: chance.pick(['at_issue', 'on_demand'] as const),
    mailsReceipts: chance.once(3),
    dealerType: chance.pick(['osek_murshe', 'osek_murshe', 'company', 'osek_patur', 'amuta'] as const),
    graceSeconds: chance.pick([1, 3_600, 86_400]),
    lifeSeconds: chance.pick([1_800, 7_200, 86_400, (3 * DAY) / 1_000]),
    amount: drawAmount(chance),
    lag: chance.pick([0, 0, 1, 10]),
    moves: chance.between(5, 26),
    trouble: hasTrouble ? chance.pick([0, 0.3, 1, 1, 2]) : 0,
    habit: chance.pick(['usual', 'usual', 'other'] as const),
  };
}

function drawAmount(chance: Chance): number {
  return chance.pick([
    chance.between(200, 999),
    chance.between(1_000, 99_999),
    35_000,
    35_001,
    499_999,
    1_000_000,
  ]);
}
