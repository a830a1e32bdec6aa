/** Spaces, and what takes no room or shows nothing: zero width, fillers, tags, byte order marks, the empty Braille cell. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800\u{1d159}]/gu;

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Whether a reader would see nothing. */
export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === '';
}

/** Unicode code points: what a person would count, near enough, and what no encoding changes. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** The beginning of a text, `most` code points at most. A character that a reader sees as one is kept whole or left out. */
export function cutText(text: string, most: number): string {
  if (lengthOf(text) <= most) return text;
  let kept = '';
  for (const { segment } of SEGMENTER.segment(text)) {
    if (lengthOf(kept) + lengthOf(segment) > most) return kept;
    kept += segment;
  }
  return kept;
}

/** A vendor's text as it can be stored, cut: without NUL and half characters (lone surrogates), which PostgreSQL refuses. */
export function cleanText(text: string, most = Infinity): string {
  return cutText(text.replace(/[\0\p{Surrogate}]/gu, ''), most);
}
