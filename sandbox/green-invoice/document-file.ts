import { toMajorText } from '../decimal.ts';
import { html, toMoneyText } from '../html.ts';
import type { StoredDocument } from '../ledger/records.ts';
import type { Route, VendorDeps } from '../vendor.ts';

const TITLES: Readonly<Record<number, readonly [string, string]>> = {
  300: ['חשבון עסקה', 'Transaction invoice'],
  305: ['חשבונית מס', 'Tax invoice'],
  320: ['חשבונית מס/קבלה', 'Tax invoice/receipt'],
  330: ['חשבונית זיכוי', 'Credit invoice'],
  400: ['קבלה', 'Receipt'],
  405: ['קבלה על תרומה', 'Donation receipt'],
};

/** The page behind the links of a document, instead of the vendor's PDF. Anyone with the link may see it. */
export function documentFile({ ledger }: VendorDeps): Route {
  return {
    verb: 'get',
    path: '/files/:id',
    operation: 'unknown',
    referenceOf: ({ params }) => ledger.document(params['id'] ?? '')?.reference ?? null,
    answer: ({ params, query }) => {
      const document = ledger.document(params['id'] ?? '');
      if (document === undefined)
        return { status: 404, text: 'no such document', headers: { 'content-type': 'text/plain' } };
      const language = query['lang'] === 'en' ? 'en' : 'he';
      return {
        status: 200,
        text: toPage(document, language),
        headers: { 'content-type': 'text/html; charset=utf-8' },
      };
    },
  };
}

function toPage(document: StoredDocument, language: 'he' | 'en'): string {
  const isHebrew = language === 'he';
  const [hebrew, english] = TITLES[document.type] ?? [`מסמך ${document.type}`, `Document ${document.type}`];
  const say = (he: string, en: string) => (isHebrew ? he : en);
  const money = (minor: number) =>
    toMoneyText(toMajorText(minor, document.currency), document.currency, language);
  const row = (label: string, value: string) =>
    html`<tr>
      <th>${label}</th>
      <td>${value}</td>
    </tr>`;
  const rows = [
    row(say('לכבוד', 'To'), document.customerName),
    row(say('תאריך', 'Date'), document.documentDate),
    row(say('תיאור', 'Description'), document.description),
    row(say('לפני מע״מ', 'Before VAT'), money(document.net)),
    row(say('מע״מ', 'VAT'), money(document.vat)),
    row(say('סה״כ', 'Total'), money(document.total)),
  ];
  return html`<!doctype html>
    <html lang="${language}" dir="${isHebrew ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(hebrew, english)} ${document.number}</title>
        <style>
          body {
            font:
              16px/1.6 system-ui,
              sans-serif;
            max-width: 34rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #1c2430;
          }
          th {
            text-align: start;
            padding-inline-end: 2rem;
            font-weight: 500;
            color: #5b6675;
          }
          small {
            color: #8a5a00;
          }
        </style>
      </head>
      <body>
        <h1>${say(hebrew, english)} ${document.number}</h1>
        <table>
          ${rows}
        </table>
        <p><small>${say('ארגז חול: אינו מסמך מס', 'Sandbox: not a tax document')}</small></p>
      </body>
    </html>`.markup;
}
