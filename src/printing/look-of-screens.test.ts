import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer';
import { toPageHtml } from '../api/pay/page-html.ts';
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
    face: { business: MIXED[locale], sum: { amount: 135_000, currency: 'ILS' }, locale, isTest: true },
    payUrl: null,
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
