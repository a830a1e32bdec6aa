import { describe, expect, it } from '#jest';
import { archiveLevelOf, toFontFaces } from './fonts.ts';

const facesOf = (text: string): string[] =>
  [...toFontFaces(text).matchAll(/font-family:'([^']+)';font-weight:(\d+)/g)].map(
    ([, family, weight]) => `${family} ${weight}`,
  );

describe('the fonts that a page carries', () => {
  it('are Heebo alone where Hebrew, Latin, digits and signs of money suffice', () => {
    expect(new Set(facesOf('קבלה 1042 – Receipt, ₪350.00 €7 “x” א\u05b8'))).toEqual(
      new Set(['Heebo 400', 'Heebo 600']),
    );
    expect(facesOf('Receipt 1042')).toEqual(['Heebo 400', 'Heebo 600']);
  });

  it.each([
    ['Łukasz Żółw', ['Heebo 400', 'Heebo 600', 'Heebo 400', 'Heebo 600']],
    ['Анна', ['Noto Sans 400', 'Noto Sans 600']],
    ['Ελένη', ['Noto Sans 400', 'Noto Sans 600']],
    ['محمد', ['Noto Sans Arabic 400', 'Noto Sans Arabic 600']],
    ['🎻', ['Noto Emoji 400']],
  ])('has what %s needs', (text, faces) => {
    expect(facesOf(text)).toEqual(faces);
  });

  it('carries a file once, however many signs need it', () => {
    expect(facesOf('Анна Кац – Анна Кац')).toHaveLength(new Set(facesOf('Анна Кац – Анна Кац')).size);
  });
});

describe('what a print keeps of PDF/A', () => {
  it.each([
    ['קבלה 🎻 Анна', 'A'],
    ['قبלה محمد', 'B'],
    ['会议', null],
  ])('%s: %s', (text, level) => {
    expect(archiveLevelOf(text)).toBe(level);
  });
});
