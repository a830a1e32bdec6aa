/** Spaces and invisible characters: zero width, fillers, tags, byte order marks, the empty Braille cell. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800\u{1d159}]/gu;

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Whether a reader would see nothing. */
export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === '';
}

/** Length in Unicode code points: close to what a person counts, and independent of the encoding. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * The beginning of a text, at most `most` code points. A character that a reader sees as one is kept whole or left
 * out.
 */
export function cutText(text: string, most: number): string {
  if (lengthOf(text) <= most) return text;
  let kept = '';
  for (const { segment } of SEGMENTER.segment(text)) {
    if (lengthOf(kept) + lengthOf(segment) > most) return kept;
    kept += segment;
  }
  return kept;
}

/** A vendor's text in a form that PostgreSQL can store, cut: without NUL and without lone surrogates. */
export function cleanText(text: string, most = Infinity): string {
  return cutText(text.replace(/[\0\p{Surrogate}]/gu, ''), most);
}
