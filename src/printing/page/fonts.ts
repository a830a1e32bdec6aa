import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A font in a package of @fontsource, which its makers cut into files by script. */
interface Family {
  readonly name: string;
  readonly folder: string;
  readonly weights: readonly number[];
  /** Which of the files are of use, the likeliest first: some signs lie in several. */
  readonly subsets: readonly string[];
}

/** The characters of one file, and where the file lies in each weight. */
interface Subset {
  readonly has: (sign: number) => boolean;
  readonly toRules: () => string;
}

const HEEBO: Family = {
  name: 'Heebo',
  folder: 'heebo',
  weights: [400, 600],
  subsets: ['hebrew', 'latin', 'latin-ext'],
};
/** For names in Russian, Greek or Arabic, and for pictures: only in documents that have them. */
const FURTHER: readonly Family[] = [
  {
    name: 'Noto Sans',
    folder: 'noto-sans',
    weights: [400, 600],
    subsets: ['cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'],
  },
  { name: 'Noto Sans Arabic', folder: 'noto-sans-arabic', weights: [400, 600], subsets: ['arabic'] },
  {
    name: 'Noto Emoji',
    folder: 'noto-emoji',
    weights: [400],
    subsets: Array.from({ length: 11 }, (_, index) => String(index)),
  },
];

/** A sign is set in the first family that has it. The system's fonts come last: they differ from machine to machine. */
export const FONTS = [HEEBO, ...FURTHER].map(({ name }) => `'${name}'`).join(',') + ',sans-serif';

/** Read once: there is no document without them. */
const HEEBO_SUBSETS = readSubsets(HEEBO).map(({ has, toRules }) => {
  const rules = toRules();
  return { has, toRules: () => rules };
});

/** `@font-face` rules that carry inside what the signs of `text` need, so that a page prints alike on every machine. */
export function toFontFaces(text: string): string {
  return pickFonts(text)
    .picked.map(({ toRules }) => toRules())
    .join('');
}

/**
 * How much of PDF/A-2 a print of `text` keeps. `A`: all. `B`: its look, for the browser does not tell of which letters an
 * Arabic shape is made. null: nothing, for a sign comes from a font of the system's, or from none.
 */
export function archiveLevelOf(text: string): 'A' | 'B' | null {
  if (pickFonts(text).left.length > 0) return null;
  return /\p{Script=Arabic}/u.test(text) ? 'B' : 'A';
}

/** The files that a text needs, and the signs that are in none. */
function pickFonts(text: string): { picked: Subset[]; left: number[] } {
  let left = [...new Set(text)].map((sign) => sign.codePointAt(0) ?? 0).filter((sign) => sign > 0x20);
  const picked: Subset[] = [];
  const take = (subset: Subset): void => {
    const rest = left.filter((sign) => !subset.has(sign));
    if (rest.length < left.length) picked.push(subset);
    left = rest;
  };
  HEEBO_SUBSETS.forEach(take);
  for (const family of FURTHER) if (left.length > 0) readSubsets(family).forEach(take);
  return { picked, left };
}

/** Whether a sign is within what style sheets write as "U+0590-05FF,U+20AA". */
function toTest(range: string): (sign: number) => boolean {
  const parts = range.split(',').map((part) =>
    part
      .replace(/^\s*U\+/i, '')
      .split('-')
      .map((hex) => parseInt(hex, 16)),
  );
  return (sign) => parts.some(([from = NaN, to = from]) => from <= sign && sign <= to);
}

/** What a package's own style sheet says of its files; nothing where it is not installed. @throws Error when it names other files */
function readSubsets({ name, folder, weights, subsets }: Family): Subset[] {
  const sheet = findSheet(folder);
  if (sheet === null) return [];
  const css = readFileSync(fileURLToPath(sheet), 'utf8');
  return subsets.map((subset) => {
    const file = `${folder}-${subset}-400-normal.woff2`;
    const range = new RegExp(`/${file}\\)[^}]*unicode-range:\\s*([^;}]+)`).exec(css)?.[1];
    if (range === undefined)
      throw new Error(`the style sheet of @fontsource/${folder} does not name ${file}`);
    const toRules = (): string =>
      weights
        .map((weight) =>
          toRule({ name, weight, range }, new URL(`files/${folder}-${subset}-${weight}-normal.woff2`, sheet)),
        )
        .join('');
    return { has: toTest(range), toRules };
  });
}

function toRule(face: { name: string; weight: number; range: string }, file: URL): string {
  const bytes = readFileSync(fileURLToPath(file)).toString('base64');
  return (
    `@font-face{font-family:'${face.name}';font-weight:${face.weight};unicode-range:${face.range};` +
    `src:url(data:font/woff2;base64,${bytes}) format('woff2')}`
  );
}

/** A document is not kept from its reader because a font for his name is missing: the system's takes its place. */
function findSheet(folder: string): string | null {
  try {
    return import.meta.resolve(`@fontsource/${folder}/400.css`);
  } catch {
    return null;
  }
}
