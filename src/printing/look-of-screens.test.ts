import { afterAll, beforeAll, describe, expect, it } from '#jest';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer';
import { toPageHtml } from '../api/pay/page-html.ts';
import { PAGES } from '../api/pay/page-kinds.ts';
import type { PageKind } from '../api/pay/page-kinds.ts';
import type { Locale } from '../domain/workspace.ts';
import { toMailText } from '../worker/mails/send-mail-text.ts';
import { launchBrowser } from './browser/browser.ts';
import { FONTS, toFontFaces } from './page/fonts.ts';
import { differingPart, holdPicture } from '../../test/support/approved-pictures.ts';

/*
 * Mails and payers’ pages, with names that mix scripts. Readers see them in fonts of their own; here they have those of
 * documents, so that the pictures are alike on every machine.
 */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser({ mayRunUncaged: true });
  page = await browser.newPage();
  await page.setViewport({ width: 480, height: 560 });
});
afterAll(() => browser.close());

/** A word is a smaller part of these than of a page of paper; and it is always the same browser that draws them. */
const TOLERANCE = 0.0003;

async function look(markup: string): Promise<PNG> {
  const fonts = `<style>${toFontFaces(markup)} * { font-family: ${FONTS} !important }</style>`;
  await page.setContent(markup.replace('</head>', `${fonts}</head>`));
  await page.evaluate('document.fonts.ready');
  return PNG.sync.read(Buffer.from(await page.screenshot({ captureBeyondViewport: false })));
}

const MIXED = {
  he: 'מרפאת 4K (500mg) · 4x4 ב-45min · Анна',
  en: 'Clinic 4K מרפאת השרון (5°C)',
} as const;

const mail = (locale: Locale, business: string = MIXED[locale]): string =>
  toMailText({
    theme: 'request',
    locale,
    isTest: true,
    business,
    amount: '₪1,350.00',
    day: '05/01/2026',
    document: null,
    link: 'https://pay.example.com/pay/x',
  }).html;

const payersPage = (locale: Locale): string =>
  toPageHtml({
    kind: 'paid',
    face: {
      business: MIXED[locale],
      hasLogo: false,
      sum: { amount: 135_000, currency: 'ILS' },
      locale,
      isTest: true,
    },
    linkUrl: null,
    button: null,
    refreshSeconds: null,
  });

describe.each(['he', 'en'] as const)('with mixed scripts, in %s', (locale) => {
  it('a mail looks as its approved picture', async () =>
    holdPicture(`mail-${locale}`, await look(mail(locale)), TOLERANCE));

  it('a payer’s page looks as its approved picture', async () =>
    holdPicture(`payers-page-${locale}`, await look(payersPage(locale)), TOLERANCE));
});

it('one word that is painted the wrong way round is noticed', async () => {
  const approved = await look(mail('he'));
  expect(differingPart(await look(mail('he')), approved)).toBe(0);
  const turned = await look(mail('he', MIXED.he.replace('500mg', 'mg500')));
  expect(differingPart(turned, approved)).toBeGreaterThan(TOLERANCE);
});

describe('a page for payers', () => {
  const kinds = Object.keys(PAGES) as PageKind[];
  const face = (locale: Locale) =>
    ({
      business: MIXED[locale],
      hasLogo: true,
      sum: { amount: 135_000, currency: 'ILS' },
      locale,
      isTest: true,
    }) as const;

  /** Rules of WCAG 2.1 AA that the page breaks, with what breaks them. */
  async function barriersOf(markup: string): Promise<string[]> {
    await page.setContent(markup);
    await page.evaluate(axe.source);
    const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`;
    const { violations } = (await page.evaluate(run)) as AxeResults;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  it.each(['light', 'dark'])('is accessible in every state and language, in %s colours', async (colours) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
    for (const locale of ['he', 'en'] as const)
      for (const kind of kinds) {
        const linkUrl = 'https://pay.example.com/pay/x';
        const button = kind === 'thanks' ? 'receipt' : 'pay';
        const shown = toPageHtml({ kind, face: face(locale), linkUrl, button, refreshSeconds: null });
        expect([kind, await barriersOf(shown)]).toEqual([kind, []]);
      }
    await page.emulateMediaFeatures([]);
  });

  it('with a barrier is noticed', async () => {
    const faint = payersPage('en').replace('</head>', '<style>h1 { color: #ddd !important }</style></head>');
    expect((await barriersOf(faint)).join()).toMatch(/^color-contrast/);
  });
});
