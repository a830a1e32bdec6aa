import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A font that lies in a package of @fontsource, cut into files by script. */
interface Family {
  readonly name: string;
  readonly folder: string;
  readonly weights: readonly number[];
  /** Files that are of use; the makers cut others by range alone, with nothing inside. */
  readonly subsets: RegExp;
}

interface Face {
  readonly family: string;
  readonly weight: number;
  readonly url: string;
  /** As the style sheet says it: "U+0590-05FF,U+20AA". */
  readonly range: string;
}

const HEEBO: Family = {
  name: 'Heebo',
  folder: 'heebo',
  weights: [400, 600],
  subsets: /-(hebrew|latin|latin-ext)-/,
};
/** For names in Russian, Greek or Arabic, and for signs: only in documents that have them. */
const FURTHER: readonly Family[] = [
  { name: 'Noto Sans', folder: 'noto-sans', weights: [400, 600], subsets: /-(cyrillic|greek)(-ext)?-/ },
  { name: 'Noto Sans Arabic', folder: 'noto-sans-arabic', weights: [400, 600], subsets: /-arabic-arabic-/ },
  { name: 'Noto Emoji', folder: 'noto-emoji', weights: [400], subsets: /-emoji-\d+-/ },
];
/** A letter is set in the first family that has it. The system's fonts come last: they differ from machine to machine. */
export const FONTS = [HEEBO, ...FURTHER].map(({ name }) => `'${name}'`).join(',') + ',sans-serif';

/** Read at the start: a document without a Hebrew or Latin letter there is not. */
const HEEBO_RULES = readFaces(HEEBO).map((face) => ({ range: face.range, rule: toRule(face) }));

/** `@font-face` rules that carry inside what the signs of `text` need, so that a page prints alike on every machine. */
export function toFontFaces(text: string): string {
  const signs = [...new Set(text)].map((sign) => sign.codePointAt(0) ?? 0).filter((sign) => sign > 0x20);
  const usual = HEEBO_RULES.filter(({ range }) => signs.some((sign) => isWithin(range, sign)));
  const rules = usual.map(({ rule }) => rule);
  let left = signs.filter((sign) => !usual.some(({ range }) => isWithin(range, sign)));
  for (const family of left.length > 0 ? FURTHER : []) {
    const faces = readFaces(family).filter(({ range }) => left.some((sign) => isWithin(range, sign)));
    left = left.filter((sign) => !faces.some(({ range }) => isWithin(range, sign)));
    rules.push(...faces.map(toRule));
  }
  return rules.join('');
}

function isWithin(range: string, sign: number): boolean {
  return range.split(',').some((part) => {
    const [from = NaN, to = from] = part
      .replace(/^\s*U\+/i, '')
      .split('-')
      .map((hex) => parseInt(hex, 16));
    return from <= sign && sign <= to;
  });
}

/** What a package's own style sheets say of its files. */
function readFaces({ name, folder, weights, subsets }: Family): Face[] {
  return weights.flatMap((weight) => {
    const sheet = import.meta.resolve(`@fontsource/${folder}/${weight}.css`);
    const rules = readFileSync(fileURLToPath(sheet), 'utf8').matchAll(
      /url\(\.(\/files\/[\w-]+\.woff2)\)[^}]*unicode-range:\s*([^;}]+)/g,
    );
    return [...rules]
      .filter(([, file = '']) => subsets.test(file))
      .map(([, file = '', range = '']) => ({
        family: name,
        weight,
        url: new URL(`.${file}`, sheet).href,
        range: range.trim(),
      }));
  });
}

function toRule({ family, weight, url, range }: Face): string {
  const bytes = readFileSync(fileURLToPath(url)).toString('base64');
  return (
    `@font-face{font-family:'${family}';font-weight:${weight};unicode-range:${range};` +
    `src:url(data:font/woff2;base64,${bytes}) format('woff2')}`
  );
}
