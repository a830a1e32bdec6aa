import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Characters of a subset, as its maker cut it (the shekel sign lies in the Hebrew one). */
const SUBSETS = {
  hebrew: 'U+0307-0308,U+0590-05FF,U+200C-2010,U+20AA,U+25CC,U+FB1D-FB4F',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-200B,U+2011-206F,U+20AC,U+2122,U+2212,U+2215,U+FEFF,U+FFFD',
} as const;
const WEIGHTS = [400, 600] as const;

/** `@font-face` rules that carry Heebo inside, so that a page prints alike on every machine. */
export const FONT_FACES = WEIGHTS.flatMap((weight) => [
  fontFace('hebrew', weight),
  fontFace('latin', weight),
]).join('');

function fontFace(subset: keyof typeof SUBSETS, weight: number): string {
  const file = import.meta.resolve(`@fontsource/heebo/files/heebo-${subset}-${weight}-normal.woff2`);
  const bytes = readFileSync(fileURLToPath(file)).toString('base64');
  return (
    `@font-face{font-family:Heebo;font-weight:${weight};unicode-range:${SUBSETS[subset]};` +
    `src:url(data:font/woff2;base64,${bytes}) format('woff2')}`
  );
}
