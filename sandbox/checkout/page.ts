import { toMajorText } from '../decimal.ts';
import { html, toMoneyText } from '../html.ts';
import type { Html } from '../html.ts';
import type { Checkout, Language } from '../ledger/records.ts';
import { STYLE } from './style.ts';
import { textsIn } from './texts.ts';
import type { Texts } from './texts.ts';

/** Final states of the page: each has its heading, its sentence and its sign. */
export type Ending = 'paid' | 'expired' | 'cancelled' | 'left' | 'unknown';

const SIGNS: Readonly<Record<Ending, string>> = {
  paid: '✓',
  expired: '⌛',
  cancelled: '×',
  left: '←',
  unknown: '?',
};

/** A second click during the first would be a second payment. */
const ONCE = `
  document.querySelector('form')?.addEventListener('submit', (event) => {
    setTimeout(() => event.target.querySelectorAll('button').forEach((button) => { button.disabled = true; }));
  });
  addEventListener('pageshow', () => document.querySelectorAll('button').forEach((button) => { button.disabled = false; }));
`;

/** What a payer is told who comes back to the page. */
export type Warning = 'declined' | 'partWrong';

/** What the page offers: `partMethods` take a part of the sum, none where the vendor takes one means a payment. */
export interface Offer {
  readonly checkout: Checkout;
  readonly businessName: string;
  readonly partMethods: readonly string[];
}

/** The payment page: business, amount, purpose, and the buttons to pay, decline or leave. */
export function toPayPage({ checkout, businessName, partMethods }: Offer, warning: Warning | null): string {
  const texts = textsIn(checkout.language);
  const money = toMoneyText(
    toMajorText(checkout.amount, checkout.currency),
    checkout.currency,
    checkout.language,
  );
  const action = (what: string) => `/checkout/${checkout.id}/${what}`;
  const notice = warning === null ? html`` : html`<p class="notice" role="alert">${texts[warning]}</p>`;
  return toDocument(
    checkout.language,
    texts.amount,
    html`<section class="card">
        ${toHeader(businessName, texts)}
        <div class="sum">
          <p class="quiet">${texts.amount}</p>
          <p class="amount"><bdi>${money}</bdi></p>
          <p class="what"><bdi>${checkout.description}</bdi></p>
        </div>
        ${notice}
        <form method="post" action="${action('pay')}">
          ${toInstallments(checkout, texts)} ${toPart(partMethods, texts)}
          ${checkout.methods.map((method) => toPayButton(method, texts))}
          <div class="pair">
            <button class="less" formaction="${action('decline')}">${texts.decline}</button>
            <button class="less" formaction="${action('leave')}">${texts.leave}</button>
          </div>
        </form>
      </section>
      ${toFoot(checkout, texts)}
      <script>
        ${{ markup: ONCE }};
      </script>`,
  );
}

/** The page if nothing can be paid. `checkout` is null for an unknown address. */
export function toEndPage(ending: Ending, checkout: Checkout | null, businessName: string): string {
  const language = checkout?.language ?? 'he';
  const texts = textsIn(language);
  const sign = ending === 'paid' ? 'sign good' : 'sign';
  return toDocument(
    language,
    texts[ending],
    html`<section class="card">
        ${checkout === null ? html`` : toHeader(businessName, texts)}
        <div class="end">
          <div class="${sign}" aria-hidden="true">${SIGNS[ending]}</div>
          <h1>${texts[ending]}</h1>
          <p class="quiet">${texts[`${ending}Note`]}</p>
        </div>
      </section>
      ${checkout === null ? html`` : toFoot(checkout, texts)}`,
  );
}

const toHeader = (businessName: string, texts: Texts): Html =>
  html`<header>
    <div class="mark" aria-hidden="true">${businessName.replace(/^ה/, '').slice(0, 1)}</div>
    <div>
      <p class="quiet">${texts.payTo}</p>
      <p class="name"><bdi>${businessName}</bdi></p>
    </div>
  </header>`;

const toFoot = ({ reference }: Checkout, texts: Texts): Html =>
  html`<p class="foot">
    ${texts.sandbox}${reference === null ? html`` : html`<br />${texts.reference} <bdi dir="ltr">${reference}</bdi>`}
  </p>`;

function toPayButton(method: string, texts: Texts): Html {
  const label = method === 'card' ? texts.card : method === 'bit' ? texts.bit : texts.other(method);
  return html`<button class="pay ${method === 'bit' ? 'bit' : ''}" name="method" value="${method}">
    ${label}
  </button>`;
}

function toInstallments({ maxInstallments }: Checkout, texts: Texts): Html {
  if (maxInstallments < 2) return html``;
  const options = Array.from({ length: maxInstallments }, (_, index) => index + 1).map(
    (count) =>
      html`<option value="${count}">
        ${count === 1 ? texts.oneInstallment : texts.manyInstallments(count)}
      </option>`,
  );
  return html`<label
    >${texts.installments}<select name="installments">
      ${options}
    </select></label
  >`;
}

/** The part of the sum that another means pays; the button that is pressed pays the rest. */
function toPart(partMethods: readonly string[], texts: Texts): Html {
  if (partMethods.length === 0) return html``;
  const options = partMethods.map((method) => html`<option>${method}</option>`);
  return html`<details>
    <summary>${texts.part}</summary>
    <label
      >${texts.partMethod}<select name="partMethod">
        ${options}
      </select></label
    >
    <label>${texts.partAmount}<input name="partAmount" inputmode="decimal" dir="ltr" /></label>
  </details>`;
}

function toDocument(language: Language, title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.markup;
}
