import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { cleanText, cutText, isBlank, lengthOf } from './text.ts';

describe('a text', () => {
  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0\u2003\u3000'],
    ['zero width', '\u200b\u200c\u200d\u2060'],
    ['marks of direction', '\u200e\u200f\u061c'],
    ['a byte order mark', '\ufeff'],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['a soft hyphen', '\u00ad'],
    ['an empty Braille cell', '\u2800'],
  ])('of %s is blank', (_name, text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['א', '.', '0', '🎻', '👩‍⚕️', '\u200fא', 'a\u200b', '⠁'])('such as %j is not blank', (text) => {
    expect(isBlank(text)).toBe(false);
  });

  it('is measured in code points', () => {
    expect(lengthOf('👍א')).toBe(2);
  });
});

describe('a text that is cut', () => {
  it('keeps what a reader sees as one character whole', () => {
    expect(cutText('ab👩‍⚕️', 3)).toBe('ab');
    expect(cutText('ab👍', 3)).toBe('ab👍');
    expect(cutText('שָׁלוֹם', 2)).toBe('');
    expect(cutText('🇮🇱🇮🇱', 3)).toBe('🇮🇱');
    expect(cutText('👍'.repeat(200), 160)).toBe('👍'.repeat(160));
  });

  it('is a beginning of the text, well-formed and not too long', () => {
    const part = fc.constantFrom('a', 'ש', 'ָ', '👍', '\u200d', '👩', '🇮', '5', '\ufe0f', ' ');
    fc.assert(
      fc.property(fc.array(part), fc.nat(20), (parts, most) => {
        const text = parts.join('');
        const cut = cutText(text, most);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(lengthOf(cut)).toBeLessThanOrEqual(most);
        if (lengthOf(text) <= most) expect(cut).toBe(text);
      }),
    );
  });
});

describe('a text of a vendor', () => {
  it.each([
    ['NUL', 'Da\0na', 'Dana'],
    ['half a character', 'Dana \ud83d Levi', 'Dana  Levi'],
    ['the other half', '\ude00Dana', 'Dana'],
    ['a whole one', 'Dana 😀', 'Dana 😀'],
  ])('with %s can be stored', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('is cut between characters', () => {
    expect(cleanText('a\0b👍c', 3)).toBe('ab👍');
  });
});
