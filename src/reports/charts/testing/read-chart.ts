/** What is written in a picture, in its order, without the marks of direction. */
export const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word = '']) =>
    word.replaceAll(/[\u2066-\u2069]/g, ''),
  );

/** Left and right end of each dark bar, in the order of the chart. */
export const barsOf = (svg: string): (readonly [number, number])[] =>
  [...svg.matchAll(/<path d="M([\d.]+) [\d.]+l(-?[\d.]+) 0l0 [\d.]+[^"]*" fill="#4a545c"/g)].map(
    ([, from, by]) => {
      const ends = [Number(from), Number(from) + Number(by)];
      return [Math.min(...ends), Math.max(...ends)] as const;
    },
  );

/** What runs, loads or styles; a picture of ours has none of it. The namespace of SVG is a name and no address. */
export const ACTIVE =
  /<script|<style|<image|<foreignObject|<a[ >]|<use| on\w+=|href=|url\(|@import|<!DOCTYPE/i;
