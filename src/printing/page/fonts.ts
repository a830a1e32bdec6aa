import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A font in a package of @fontsource, split into files by script. */
interface Family {
  readonly name: string;
  readonly folder: string;
  readonly weights: readonly number[];
  /** The files that are of use, the likeliest first: some characters are in several. */
  readonly subsets: readonly string[];
}

/** The characters of one file, and its path in each weight. */
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
/** For names in Russian, Greek or Arabic, and for emoji: only in documents that contain them. */
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

/**
 * A character uses the first family that has it. The fonts of the system come last, because they differ between
 * machines.
 */
export const FONTS = [HEEBO, ...FURTHER].map(({ name }) => `'${name}'`).join(',') + ',sans-serif';

/** Read once: every document needs them. */
const HEEBO_SUBSETS = readSubsets(HEEBO).map(({ has, toRules }) => {
  const rules = toRules();
  return { has, toRules: () => rules };
});

/**
 * `@font-face` rules with the embedded fonts for the characters of `text`, so that a page prints alike on every
 * machine.
 */
export function toFontFaces(text: string): string {
  return pickFonts(text)
    .picked.map(({ toRules }) => toRules())
    .join('');
}

/**
 * The level of PDF/A-2 that a print of `text` reaches. `A`: all. `B`: its look only, because the browser does not say
 * which letters make up an Arabic shape. null: none, because a character comes from a font of the system, or from
 * none.
 */
export function archiveLevelOf(text: string): 'A' | 'B' | null {
  if (pickFonts(text).left.length > 0) return null;
  return /\p{Script=Arabic}/u.test(text) ? 'B' : 'A';
}

/** The files that a text needs, and the characters that no file has. */
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

/** Whether a character is within a range of a style sheet, such as "U+0590-05FF,U+20AA". */
function toTest(range: string): (sign: number) => boolean {
  const parts = range.split(',').map((part) =>
    part
      .replace(/^\s*U\+/i, '')
      .split('-')
      .map((hex) => parseInt(hex, 16)),
  );
  return (sign) => parts.some(([from = NaN, to = from]) => from <= sign && sign <= to);
}

/**
 * The files that the package's own style sheet lists; none if it is not installed.
 * @throws Error if it lists other files
 */
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

/** A missing font for a name must not block a document: a font of the system is used instead. */
function findSheet(folder: string): string | null {
  try {
    return import.meta.resolve(`@fontsource/${folder}/400.css`);
  } catch {
    return null;
  }
}
