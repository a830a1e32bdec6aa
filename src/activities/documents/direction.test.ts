import { describe, expect, it } from '@jest/globals';
import { createTypesetter } from './direction.ts';
import type { Markup } from './markup.ts';

const RLM = '\u200f';
const LRM = '\u200e';
/** Marks stand in an element of their own, which is of no interest here. */
const bare = ({ markup }: Markup): string => markup.replace(/<\/?i>/g, '');
const onHebrewPage = (text: string): string => bare(createTypesetter('rtl').text(text));
const onEnglishPage = (text: string): string => bare(createTypesetter('ltr').text(text));

describe('setting text into a page', () => {
  it('takes a mixed text for the language of the page, whatever it begins with', () => {
    expect(onHebrewPage('Zoom פגישת')).toContain('<bdi dir="rtl">');
    expect(onEnglishPage('פגישת Zoom')).toContain('<bdi dir="ltr">');
  });

  it('takes a text without a letter of the page for the other direction', () => {
    expect(onHebrewPage('Smith & Co. (Ltd.)')).toBe(
      `<bdi dir="ltr">Smith &amp; Co. (Ltd.)${LRM}</bdi>${RLM}`,
    );
    expect(onHebrewPage('2026 / 17')).toContain('<bdi dir="ltr">');
    expect(onEnglishPage('דנה כהן')).toContain('<bdi dir="rtl">');
  });

  it('sets figures from left to right on either page', () => {
    expect(bare(createTypesetter('rtl').figure('03-555'))).toBe(
      `<bdi dir="ltr" class="figure">03-555</bdi>${RLM}`,
    );
    expect(bare(createTypesetter('ltr').figure('03-555'))).toBe('<bdi dir="ltr" class="figure">03-555</bdi>');
  });

  it('ends a number before the sign that follows it', () => {
    expect(onHebrewPage('הרצל 12, חיפה')).toContain(`הרצל 12${RLM},${RLM} חיפה`);
    expect(onHebrewPage('ייעוץ (1998) בע')).toContain(`(1998${RLM}) בע`);
    expect(onHebrewPage('הנחה 50%!')).toContain(`50%${RLM}!`);
  });

  it('ends Latin words, with their numbers and closed brackets, as one', () => {
    expect(onHebrewPage('חוברת Flow 2.0 (v2), כרוכה')).toContain(`Flow 2.0 (v2)${RLM},${RLM} כרוכה`);
    expect(onHebrewPage('(של Sarah Levi) כהן')).toContain(`Sarah Levi${RLM}) כהן`);
  });

  it('never tears a number or a word from the Hebrew letter that follows it', () => {
    expect(onHebrewPage('דירה 123א')).toContain('דירה 123א');
    expect(onHebrewPage('משהוABCא')).toContain('משהוABCא');
  });

  it('ends Hebrew words on an English page', () => {
    expect(onEnglishPage('Meeting (פגישה ראשונה), weekly')).toContain(`(פגישה ראשונה${LRM}), weekly`);
  });

  it('changes nothing but for the invisible marks', () => {
    const text = 'א1, b(2) ג. [x] ד-5 + ₪7.50/שעה "q" 🙂 ;';
    const plain = createTypesetter('rtl').plain(text);
    expect(plain.replace(/[\u200e\u200f]/g, '')).toBe(text);
  });
});
