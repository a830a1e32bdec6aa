import { afterAll, beforeAll, describe, expect, it } from '#jest';
import fc from 'fast-check';
import type { Browser, Page } from 'puppeteer';
import { toPageHtml } from '../api/pay/page-html.ts';
import { html } from '../markup.ts';
import { toMailText } from '../worker/mails/send-mail-text.ts';
import { launchBrowser } from './browser/browser.ts';
import { toDocumentHtml } from './page/document-html.ts';
import { sampleCredit, sampleReceipt } from './testing/sample-documents.ts';

/*
 * Tools that read a page's text put its characters back into the order in which they were written, so they cannot see that
 * "500mg" is painted as "mg500". These tests compare where each character stands.
 */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser({ mayRunUncaged: true });
  page = await browser.newPage();
  await page.setViewport({ width: 1_600, height: 2_000 });
});
afterAll(() => browser.close());

interface Glyph {
  readonly sign: string;
  readonly left: number;
  readonly line: number;
}

/** The characters of every isolated text, with their positions; invisible direction marks are left out. */
const glyphsOf = () =>
  page.evaluate(`[...document.querySelectorAll('body bdi')].map((bdi) => {
    const nodes = document.createTreeWalker(bdi, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      let at = 0;
      for (const sign of node.textContent) {
        range.setStart(node, at);
        range.setEnd(node, (at += sign.length));
        const [box] = range.getClientRects();
        if (box && !/[\u200e\u200f\u2066-\u2069]/.test(sign)) found.push({ sign, left: box.left, line: Math.round(box.top) });
      }
    }
    return found;
  })`) as Promise<Glyph[][]>;

/** Sets the same texts without our invisible marks: then only the direction of the text decides. */
const removeMarks = () =>
  page.evaluate(`for (const bdi of document.querySelectorAll('body bdi'))
    bdi.textContent = bdi.textContent.replace(/[\u200e\u200f]/g, '')`);

/** The visible text from left to right. */
function paint(glyphs: readonly Glyph[]): string {
  return [...glyphs]
    .sort((a, b) => a.line - b.line || a.left - b.left)
    .map(({ sign }) => sign)
    .join('');
}

const seen = async (markup: string): Promise<string[]> => {
  await page.setContent(markup);
  return (await glyphsOf()).map(paint);
};

const documentWith = (...descriptions: string[]): string =>
  toDocumentHtml(
    sampleReceipt({
      content: {
        lines: descriptions.map((description) => ({
          description,
          quantity: 1,
          unitPrice: 35_000,
          total: 35_000,
          vatTreatment: 'standard',
        })),
      },
    }),
  );

const mailWith = (business: string) =>
  toMailText({
    theme: 'original',
    locale: 'he',
    isTest: false,
    business,
    amount: '₪350.00',
    day: '05/01/2026',
    document: 'קבלה 17',
    link: null,
  });

/** Lines as a mail program sets them: each has the direction of its first letter. */
const plainLines = (...lines: string[]): string =>
  html`<body>
    ${lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}
  </body>`.markup;

const payersPageWith = (business: string): string =>
  toPageHtml({
    kind: 'paid',
    face: { business, hasLogo: false, sum: { amount: 35_000, currency: 'ILS' }, locale: 'he', isTest: false },
    linkUrl: null,
    button: null,
    refreshSeconds: null,
  });

/** A Hebrew text, and a part of it that must be painted as it is written. */
const GLUED = [
  ['אקמול 500mg ליום', '500mg'],
  ['מסך 4K חדש', '4K'],
  ['עיפרון 2B', '2B'],
  ['מקרר (5°C) קטן', '5°C'],
  ['רכב 4x4', '4x4'],
  ['שיחה של 45min, בזום', '45min'],
  ['מידה 12.5cm/3in לערך', '12.5cm/3in'],
  ['כבל USB3 באורך 2m', 'USB3'],
] as const;

describe('a number with Latin letters right behind it, in Hebrew', () => {
  it('is painted as it is written, on a document', async () => {
    const painted = await seen(documentWith(...GLUED.map(([text]) => text)));
    for (const [text, part] of GLUED) {
      const found = painted.find((one) => one.includes(part));
      expect(found && Array.from(found).sort()).toEqual(Array.from(text).sort());
    }
  });

  it.each(['refundReason', 'vatReason'] as const)(
    'is painted as it is written, as the %s of a credit',
    async (field) => {
      const painted = await seen(
        toDocumentHtml(sampleCredit('credit_receipt', { content: { [field]: 'הוחזר 500mg' } })),
      );
      expect(painted).toContain('500mg רזחוה');
    },
  );

  it.each([
    ['a mail', 2, (name: string) => mailWith(name).html],
    ['the subject of a mail', 1, (name: string) => plainLines(mailWith(name).subject)],
    ['a mail without markup', 1, (name: string) => plainLines(...mailWith(name).text.split('\n'))],
    ['a payer’s page', 1, payersPageWith],
  ])('is painted as it is written, wherever %s names the business', async (_name, places, made) => {
    for (const [text, part] of GLUED) {
      const painted = await seen(made(text));
      expect([part, painted.filter((one) => one.includes(part)).length]).toEqual([part, places]);
    }
    const [beginning] = (await seen(made('Zoom מרפאת'))).filter((one) => one.includes('Zoom'));
    expect(beginning).toContain('תאפרמ Zoom');
  });
});

const WORD = fc.constantFrom('שלום', 'בע"מ', 'א', 'Zoom', 'B', 'mg', 'עשׂה', 'مرحبا', 'Ж', 'é');
const NUMBER = fc.constantFrom('5', '12', '1,000', '3.5', '50%', '₪7', '-4', '10:30', '4/5', '٣', '+972');
const SIGN = fc.constantFrom(
  ' ',
  ' ',
  '(',
  ')',
  '[',
  ']',
  ', ',
  '. ',
  '-',
  '–',
  '/',
  '"',
  "'",
  '°',
  '&',
  '#',
  '🎻',
  '5️⃣',
);
const TEXT = fc
  .array(fc.oneof(WORD, NUMBER, SIGN), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '');

describe('the invisible marks', () => {
  it.each(['he', 'en'] as const)('move nothing on a page in %s, whatever people write', async (locale) => {
    const texts = fc.sample(TEXT, 300);
    const lines = texts.map((description) => ({
      description,
      quantity: 1,
      unitPrice: 1,
      total: 1,
      vatTreatment: 'standard' as const,
    }));
    await page.setContent(toDocumentHtml(sampleReceipt({ content: { locale, lines } })));
    const set = await glyphsOf();
    await removeMarks();
    const plain = await glyphsOf();
    const visible = (glyphs: readonly Glyph[] = []): string => paint(glyphs).replace(/\s/g, '');
    expect(set.filter((one, index) => visible(one) !== visible(plain[index])).map(paint)).toEqual([]);
  });
});
