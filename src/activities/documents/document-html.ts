import { banners, facts, header, isConfirmation, testMark } from './heading-html.ts';
import { lineTable, totalsTable } from './lines-html.ts';
import { given, html, styleElement } from './markup.ts';
import type { Markup } from './markup.ts';
import { meansSection } from './means-html.ts';
import type { PrintableDocument } from './printable-document.ts';
import { createSheet } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { toStylesheet } from './stylesheet.ts';

export type { CreditedDocument, PrintableDocument } from './printable-document.ts';

/** Nothing is fetched and nothing runs, even if the printer's own locks failed. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/**
 * The document as one self-contained page for the printer. Same document, same text.
 * @throws RangeError when a credit document does not say what it credits
 */
export function toDocumentHtml(document: PrintableDocument): string {
  refuseBlindCredit(document);
  const { locale, issuer } = document.content;
  const sheet = createSheet(document);
  const { labels } = sheet;
  const heading = `${labels.titles[document.type]} ${document.displayNumber}`;
  return html`<!doctype html>
    <html lang="${locale}" dir="${sheet.direction}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}" />
        <title>${heading} – ${issuer.name[locale]}</title>
        ${styleElement(toStylesheet(marginsOf(sheet, heading)))}
      </head>
      <body>
        ${header(sheet)} ${banners(sheet)}${facts(sheet)}
        <main>
          ${creditedSection(sheet)} ${lineTable(sheet)} ${totalsTable(sheet)} ${meansSection(sheet)}
          ${notes(sheet)}
        </main>
        ${isConfirmation(sheet) ? null : html`<p class="signature">${sheet.text(labels.signature)}</p>`}
        <p class="end">${sheet.text(labels.end)}</p>
      </body>
    </html> `.markup;
}

function refuseBlindCredit({ type, credits }: PrintableDocument): void {
  const isCredit = type === 'credit_receipt' || type === 'credit_invoice' || type === 'refund_confirmation';
  if (isCredit && credits === null) {
    throw new RangeError(
      `credits: a ${type} must name the document it credits; give its type, number, day and reason`,
    );
  }
}

function marginsOf(sheet: Sheet, heading: string): Parameters<typeof toStylesheet>[0] {
  return {
    above: sheet.document.content.mode === 'test' ? sheet.plain(testMark(sheet)) : '',
    below: sheet.plain(heading),
    page: sheet.labels.page,
    direction: sheet.direction,
  };
}

/** Which document is taken back, and why. */
function creditedSection({ document, labels, text, figure, day }: Sheet): Markup | null {
  return given(
    document.credits,
    ({ type, displayNumber, documentDate, reason }) =>
      html`<section class="credited">
        <p class="strong">
          ${text(labels.credited)} ${text(labels.titles[type])} ${figure(displayNumber)} ${text(labels.ofDay)}
          ${day(documentDate)}
        </p>
        <p>${text(`${labels.creditReason}:`)} ${text(reason)}</p>
      </section>`,
  );
}

function notes({ document, labels, text, day }: Sheet): Markup {
  const { vatReason, movedFromDay } = document.content;
  return html`<section class="notes">
    ${given(vatReason, (reason) => html`<p>${text(`${labels.noVatReason}:`)} ${text(reason)}</p>`)}
    ${given(movedFromDay, (moved) => html`<p>${text(`${labels.moved}:`)} ${day(moved)}</p>`)}
  </section>`;
}
