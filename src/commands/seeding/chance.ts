/** Numbers that look random and are the same for the same seed and place. */
export interface Chance {
  /** From 0 to below 1. */
  unit(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
}

/** A source of its own for each place, so that no row depends on how many numbers another one took. */
export function chanceAt(seed: number, ...place: readonly number[]): Chance {
  let state = place.reduce(mix, mix(0x9e3779b9, seed));
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let drawn = Math.imul(state ^ (state >>> 15), 1 | state);
    drawn = (drawn + Math.imul(drawn ^ (drawn >>> 7), 61 | drawn)) ^ drawn;
    return ((drawn ^ (drawn >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1));
  return {
    unit,
    between,
    pick: (list) => list[Math.floor(unit() * list.length)] ?? list[0],
    weighted: (weights) => weighted(weights, unit()),
  };
}

function weighted<Name extends string>(weights: Readonly<Record<Name, number>>, unit: number): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let left = unit * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return (entries.at(-1) as [Name, number])[0];
}

/** Spreads each bit of both over the result (the finaliser of MurmurHash 3). */
function mix(state: number, value: number): number {
  let mixed = Math.imul(state ^ value ^ Math.floor(value / 2 ** 32), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
