import { html } from './markup.ts';
import type { Markup } from './markup.ts';

export type Direction = 'rtl' | 'ltr';

/** Sets text into a page of one direction so that people see it, and tools read it, in its logical order. */
export interface Typesetter {
  readonly direction: Direction;
  /** A label or a customer's text, whatever its language; it cannot disturb the order of what stands around it. */
  readonly text: (value: string) => Markup;
  /** A sum, date, number or code: reads from left to right in every language, and is never broken. */
  readonly figure: (value: string) => Markup;
  /** A text for the margin of the page, where there is no markup. */
  readonly plain: (value: string) => string;
}

/*
 * Why invisible marks: a PDF holds glyphs where they were painted. A reader of text (pdftotext, a search, a screen reader)
 * guesses the order back, and takes a space, comma or bracket that follows a number or a Latin word for a part of it:
 * "12, Haifa" in Hebrew comes out as ",12 Haifa". A mark of the page's own direction right behind the number ends it.
 * It takes no room and moves nothing: between a number and a neutral sign the algorithm decides for that direction anyway.
 * Behind a whole text or figure it stands in an <i>, which the style sheet moves a hair: painted right upon a digit, it may
 * tear that digit from its number.
 */
const RIGHT_TO_LEFT_MARK = '\u200f';
const LEFT_TO_RIGHT_MARK = '\u200e';

const RTL = String.raw`\p{Script=Hebrew}\p{Script=Arabic}`;
const LTR = String.raw`\p{L}--[${RTL}]`;
const RTL_LETTER = new RegExp(`[${RTL}]`, 'v');
const LTR_LETTER = new RegExp(`[${LTR}]`, 'v');

/** Latin words with what stands between them; a bracket belongs to them only where its twin does. */
const BETWEEN = String.raw`[^${RTL}\(\)\[\]]`;
const BRACKETED = String.raw`\(${BETWEEN}*\)|\[${BETWEEN}*\]`;
const LATIN_WORDS = String.raw`[${LTR}](?:(?:${BETWEEN}|${BRACKETED})*(?:[[\p{L}\p{N}]--[${RTL}]]|${BRACKETED}))?`;
const NUMBER = String.raw`[₪$€£#]*\p{Nd}+(?:[.,:\/+\-]\p{Nd}+)*[%₪$€£°]*`;
const SIGN_OF_NUMBERS = String.raw`[.,:\/+\-]`;
/** What is read from left to right within a text from right to left. */
const LTR_RUN = new RegExp(`${LATIN_WORDS}|${NUMBER}|${SIGN_OF_NUMBERS}`, 'gv');
/** What is read from right to left within a text from left to right: Hebrew or Arabic words with what stands between. */
const RTL_RUN = new RegExp(String.raw`[${RTL}](?:[^\p{Nd}\p{Script=Latin}]*[${RTL}])?`, 'gv');

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
  };
}

/** A mixed text goes the way of its page, though it may begin with a name of the other; a code without letters goes as figures do. */
function directionOf(text: string, page: Direction): Direction {
  if (!RTL_LETTER.test(text)) return 'ltr';
  return page === 'ltr' && LTR_LETTER.test(text) ? 'ltr' : 'rtl';
}

function anchored(text: string, direction: Direction): string {
  if (direction === 'ltr') return text.replace(RTL_RUN, (run) => run + LEFT_TO_RIGHT_MARK);
  return text.replace(LTR_RUN, (run: string, at: number) => {
    const next = text.charAt(at + run.length);
    return RTL_LETTER.test(next) ? run : run + RIGHT_TO_LEFT_MARK;
  });
}

/** At the end of a text the mark behind the text does. */
function unended(text: string): string {
  return text.endsWith(RIGHT_TO_LEFT_MARK) ? text.slice(0, -1) : text;
}

/** A bracket that ends a Latin text would be read before it. */
function closed(text: string): string {
  return /[)\]]$/.test(text) ? text + LEFT_TO_RIGHT_MARK : text;
}
