/** A stream of numbers that a seed fixes. */
export interface Chance {
  /** A whole number from 0 to 2^32 − 1: the seed of a stream of its own. */
  next(): number;
  /** From 0 to `below` − 1. */
  below(below: number): number;
  between(least: number, most: number): number;
  /** True once in `times` on average. */
  once(times: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** By weight; null where nothing has any. */
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T | null;
}

/** sfc32, well mixed even for seeds that lie close together. */
export function createChance(seed: number | string): Chance {
  let [a, b, c, d] = hash(String(seed));
  const next = (): number => {
    const t = (a + b + d) >>> 0;
    d = (d + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + t) >>> 0;
    return t;
  };
  for (let i = 0; i < 12; i += 1) next();
  const below = (most: number): number => Math.floor((next() / 2 ** 32) * most);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    once: (times) => below(times) === 0,
    pick: (list) => {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    weighted: (list, weightOf) => {
      const total = list.reduce((sum, item) => sum + weightOf(item), 0);
      if (total <= 0) return null;
      let left = (next() / 2 ** 32) * total;
      for (const item of list) {
        left -= weightOf(item);
        if (left < 0) return item;
      }
      return list.at(-1) ?? null;
    },
  };
}

function hash(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    for (const at of [0, 1, 2, 3] as const)
      words[at] = Math.imul(words[at] ^ code, [597399067, 2869860233, 951274213, 2716044179][at] ?? 1) >>> 0;
    words[0] = (words[0] ^ (words[1] >>> 7)) >>> 0;
    words[2] = (words[2] ^ (words[3] >>> 11)) >>> 0;
  }
  return words;
}
