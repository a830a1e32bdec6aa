import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Money } from '../../domain/money.ts';
import type { Locale } from '../../domain/workspace.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { createTypesetter } from '../../typesetter.ts';
import type { Direction, Typesetter } from '../../typesetter.ts';
import { LABELS, PAGES } from './page-kinds.ts';
import type { Mood, PageKind, Words } from './page-kinds.ts';
import { STYLE } from './page-style.ts';

/** What a page shows about a payment: the business and the amount, never the payer or the purpose. */
export interface PaymentFace {
  readonly business: string;
  /** Whether its logo is above its name. */
  readonly hasLogo: boolean;
  readonly sum: Money;
  /** The upper language; the other one is below. */
  readonly locale: Locale;
  readonly isTest: boolean;
}

/** All that a payer's page shows. */
export interface PayerPage {
  readonly kind: PageKind;
  /** null if there is no such payment. */
  readonly face: PaymentFace | null;
  /** The address of the link. */
  readonly linkUrl: string | null;
  /** What the button leads to; null for no button. */
  readonly button: 'pay' | 'receipt' | null;
  /** Reloads the page after this long; null for never. */
  readonly refreshSeconds: number | null;
}

const OTHER: Readonly<Record<Locale, Locale>> = { he: 'en', en: 'he' };
const DIRECTION: Readonly<Record<Locale, Direction>> = { he: 'rtl', en: 'ltr' };
const TYPESETTERS: Readonly<Record<Locale, Typesetter>> = {
  he: createTypesetter('rtl'),
  en: createTypesetter('ltr'),
};
const STYLE_ELEMENT: Markup = { markup: `<style>${STYLE}</style>` };

/** The whole page, without scripts. Its policy is PAGE_POLICY. */
export function toPageHtml({ kind, face, linkUrl, button, refreshSeconds }: PayerPage): string {
  const locale = face?.locale ?? 'he';
  const other = OTHER[locale];
  const page = PAGES[kind];
  const { isolated } = TYPESETTERS[locale];
  const title = page[locale].title + (face === null ? '' : ` · ${isolated(face.business)}`);
  return html`<!doctype html>
    <html lang="${locale}" dir="${DIRECTION[locale]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        ${refreshSeconds === null ? null : html`<meta http-equiv="refresh" content="${String(refreshSeconds)}" />`}
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          ${face === null ? null : heading(face, linkUrl)} ${sign(page.mood)} ${words('h1', page[locale])}
          ${face === null ? null : sumBox(page.mood, face)}
          ${button === null || linkUrl === null ? null : buttonTo(button, linkUrl, locale)}
          <section class="other" lang="${other}" dir="${DIRECTION[other]}">
            ${words('h2', page[other])}
          </section>
        </main>
      </body>
    </html> `.markup;
}

function words(level: 'h1' | 'h2', { title, text }: Words): Markup {
  return level === 'h1'
    ? html`<h1>${title}</h1>
        <p>${text}</p>`
    : html`<h2>${title}</h2>
        <p>${text}</p>`;
}

function heading({ business, hasLogo, locale, isTest }: PaymentFace, linkUrl: string | null): Markup {
  const { text } = TYPESETTERS[locale];
  const test = [LABELS[locale].test, LABELS[OTHER[locale]].test].map(text);
  // Its name stands below, so the picture says nothing of its own.
  const logo = hasLogo && linkUrl !== null ? html`<img class="logo" src="${linkUrl}/logo" alt="" />` : null;
  return html`${logo}
    <p class="business">${text(business)}</p>
    ${isTest ? html`<p class="test">${test[0] ?? null} · ${test[1] ?? null}</p>` : null}`;
}

function sumBox(mood: Mood, { sum, locale }: PaymentFace): Markup {
  const label = mood === 'good' ? 'paid' : mood === 'pay' ? 'toPay' : 'amount';
  const other = OTHER[locale];
  return html`<div class="sum">
    <span>${LABELS[locale][label]} <bdi lang="${other}">${LABELS[other][label]}</bdi></span>
    <b>${TYPESETTERS[locale].figure(toSumText(sum))}</b>
  </div>`;
}

function buttonTo(button: 'pay' | 'receipt', linkUrl: string, locale: Locale): Markup {
  const url = button === 'pay' ? linkUrl : `${linkUrl}/receipt`;
  return html`<a class="button" href="${url}"
    >${LABELS[locale][button]} · ${LABELS[OTHER[locale]][button]}</a
  >`;
}

/** The amount as people write it: ₪1,250.00, CA$20.00. Exact: only decimal text is formatted. */
export function toSumText({ amount, currency }: Money): string {
  const text = toMajorText(amount, exponentOf(currency)) as `${number}`;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(text);
}

const STROKES: Readonly<Record<Mood, Markup>> = {
  good: html`<path d="M20 33l8 8 16-18" />`,
  wait: html`<path d="M32 20v13l8 5" />`,
  over: html`<path d="M22 32h20" />`,
  pay: html`<path d="M18 25h28v16H18zM18 30h28" />`,
};

function sign(mood: Mood): Markup {
  return html`<svg class="sign ${mood}" viewBox="0 0 64 64" aria-hidden="true">
    <circle cx="32" cy="32" r="32" />
    ${STROKES[mood]}
  </svg>`;
}
