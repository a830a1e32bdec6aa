import { createRequire } from 'node:module';
import type bidi from 'bidi-js';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** The direction in which a text is read. */
export type Direction = 'rtl' | 'ltr';

/** Writes text into a page of one direction, so that people see it and tools read it in its logical order. */
export interface Typesetter {
  readonly direction: Direction;
  /** A label or a text of a customer in any language; it cannot disturb the order of its surroundings. */
  readonly text: (value: string) => Markup;
  /** An amount, date, number or code: left to right in every language, and never broken. */
  readonly figure: (value: string) => Markup;
  /** Text for the margin of the page, where there is no markup. */
  readonly plain: (value: string) => string;
  /** The same as `text`, for plain text such as the subject of a mail. */
  readonly isolated: (value: string) => string;
}

/*
 * Why invisible marks: a PDF holds glyphs where they were painted. A reader of text (pdftotext, a search, a screen
 * reader) guesses the order back. It takes a space, comma or bracket that follows a number or a Latin word for a part
 * of it. So "12, Haifa" in Hebrew comes out as ",12 Haifa". A mark of the page's own direction right behind the number
 * ends it. It takes no room, and it stands only where the bidirectional algorithm says that it moves nothing. Behind
 * the number of "500mg" it would turn the two round.
 * Behind a whole text or figure it stands in an <i>, which the style sheet moves a hair. Painted right upon a digit, it
 * may tear that digit from its number.
 */
const RIGHT_TO_LEFT_MARK = '\u200f';
const LEFT_TO_RIGHT_MARK = '\u200e';
const MARKS = /[\u200e\u200f]/;

/** Isolates of UAX #9: one takes its direction from its first letter, two state it, and one ends them. */
const ISOLATES = { byFirstLetter: '\u2068', rtl: '\u2067', ltr: '\u2066', end: '\u2069' };

const RTL = String.raw`\p{Script=Hebrew}\p{Script=Arabic}`;
const LTR = String.raw`\p{L}--[${RTL}]`;
const RTL_LETTER = new RegExp(`[${RTL}]`, 'v');
const LTR_LETTER = new RegExp(`[${LTR}]`, 'v');

/** Latin words with the text between them. A bracket belongs to them only together with its twin. */
const BETWEEN = String.raw`[^${RTL}\(\)\[\]]`;
const BRACKETED = String.raw`\(${BETWEEN}*\)|\[${BETWEEN}*\]`;
const LATIN_WORDS = String.raw`[${LTR}](?:(?:${BETWEEN}|${BRACKETED})*(?:[[\p{L}\p{N}]--[${RTL}]]|${BRACKETED}))?`;
const NUMBER = String.raw`[₪$€£#]*\p{Nd}+(?:[.,:\/+\-]\p{Nd}+)*[%₪$€£°]*`;
const SIGN_OF_NUMBERS = String.raw`[.,:\/+\-]`;
/** A mark must not separate a character from its combining marks. */
const DRAWN_ON = String.raw`[\p{M}\u200d]*`;
/** Runs of the other direction within a text: left-to-right runs in a right-to-left text, and the reverse. */
const RUNS: Readonly<Record<Direction, RegExp>> = {
  rtl: new RegExp(`(?:${LATIN_WORDS}|${NUMBER}|${SIGN_OF_NUMBERS})${DRAWN_ON}`, 'gv'),
  ltr: new RegExp(String.raw`[${RTL}](?:[^\p{Nd}\p{Script=Latin}]*[${RTL}])?${DRAWN_ON}`, 'gv'),
};

/** bidi-js reads each half of a surrogate pair as a Latin letter. An emoji has no direction, like this character. */
const PICTURE = /[[\u{10000}-\u{10ffff}]--[\p{L}\p{N}]]/gv;
const PLAIN_SIGNS = '☆☆';

// The package declares its types as ESM, but it is CommonJS.
const algorithm = (createRequire(import.meta.url)('bidi-js') as typeof bidi.default)();

/** The typesetter of a page. */
export function createTypesetter(direction: Direction): Typesetter {
  const mark = direction === 'rtl' ? html`<i>${RIGHT_TO_LEFT_MARK}</i>` : null;
  return {
    direction,
    text: (value) => {
      const own = directionOf(value, direction);
      const set = own === 'ltr' && direction === 'rtl' ? closed(value) : unended(anchored(value, own));
      return html`<bdi dir="${own}">${set}</bdi>${mark}`;
    },
    figure: (value) => html`<bdi dir="ltr" class="figure">${value}</bdi>${mark}`,
    plain: (value) => anchored(value, direction),
    isolated: (value) => {
      const own = directionOf(value, direction);
      const isToldByFirstLetter = RTL_LETTER.test(/\p{L}/u.exec(value)?.[0] ?? '') === (own === 'rtl');
      return ISOLATES[isToldByFirstLetter ? 'byFirstLetter' : own] + value + ISOLATES.end;
    },
  };
}

/**
 * A mixed text has the direction of its page, even if it begins with a name of the other direction. A code without
 * letters is set like figures.
 */
function directionOf(text: string, page: Direction): Direction {
  if (!RTL_LETTER.test(text)) return 'ltr';
  return page === 'ltr' && LTR_LETTER.test(text) ? 'ltr' : 'rtl';
}

/** The text with a mark after every run of the other direction, wherever the mark changes no order. */
function anchored(text: string, direction: Direction): string {
  const mark = direction === 'rtl' ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;
  const levels = levelsOf(text, direction);
  const ends = [...text.matchAll(RUNS[direction])]
    .map(({ 0: run, index }) => index + run.length)
    .filter((at) => mayEnd(text, at, levels, direction));
  const bare = (of: string, its: readonly number[]): string =>
    its.filter((_, at) => !MARKS.test(of.charAt(at))).join();
  const isStill = (marked: string): boolean =>
    bare(marked, levelsOf(marked, direction)) === bare(text, levels);
  return ends.reduceRight((marked, at) => {
    const next = marked.slice(0, at) + mark + marked.slice(at);
    return isStill(next) ? next : marked;
  }, text);
}

/**
 * Whether the run ends there: the next character has the direction of the text, and is not a letter attached to the
 * run.
 */
function mayEnd(text: string, at: number, levels: readonly number[], direction: Direction): boolean {
  const isOver = at === text.length || levels[at] === (direction === 'rtl' ? 1 : 0);
  return isOver && !(direction === 'rtl' && RTL_LETTER.test(text.charAt(at)));
}

/** The embedding level of each code unit, which decides where it is painted. */
function levelsOf(text: string, direction: Direction): number[] {
  return [...algorithm.getEmbeddingLevels(text.replace(PICTURE, PLAIN_SIGNS), direction).levels];
}

/** At the end of a text, the mark after the text is enough. */
function unended(text: string): string {
  return text.endsWith(RIGHT_TO_LEFT_MARK) ? text.slice(0, -1) : text;
}

/** A bracket at the end of a Latin text would otherwise be read before it. */
function closed(text: string): string {
  return /[)\]]$/.test(text) ? text + LEFT_TO_RIGHT_MARK : text;
}
