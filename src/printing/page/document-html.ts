import { isComputerised } from './computerised.ts';
import { toFontFaces } from './fonts.ts';
import { banners, facts, header, testMark } from './heading-html.ts';
import { titleOf } from './labels.ts';
import { lineTable, totalsTable } from './lines-html.ts';
import { legalTypeOf } from '../../domain/tax-document.ts';
import { given, html, styleElement } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { meansSection } from './means-html.ts';
import type { PrintableDocument } from './printable-document.ts';
import { createSheet } from './sheet.ts';
import type { Sheet, Word } from './sheet.ts';
import { toStylesheet } from './stylesheet.ts';

/** Nothing is loaded and nothing runs, even if the protections of the printer failed. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/**
 * The document as one self-contained page for the printer. The same document gives the same text.
 * @param pages how many printed pages it takes: the signature stands at the foot of the last one
 * @throws RangeError if a credit document does not name the document it credits
 */
export function toDocumentHtml(document: PrintableDocument, pages = 1): string {
  refuseBlindCredit(document);
  const sheet = createSheet(document);
  const title = fileTitleOf(document);
  const body = html`${header(sheet)} ${banners(sheet)}${facts(sheet)}
    <main>
      ${creditedSection(sheet)} ${lineTable(sheet)} ${totalsTable(sheet)}
      ${document.type === 'tax_invoice' ? null : meansSection(sheet)} ${notes(sheet)} ${confirmation(sheet)}
      <div class="foot ${isSignedByHand(sheet) ? 'by-hand' : 'plain'}"></div>
    </main>
    <footer class="close">
      ${signature(sheet)}
      <p class="end">${sheet.say((labels) => labels.end)}</p>
    </footer>`;
  const style = toFontFaces(title + body.markup) + toStylesheet(marginsOf(sheet), pages);
  return html`<!doctype html>
    <html lang="${document.content.locale}" dir="${sheet.direction}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}" />
        <title>${title}</title>
        ${styleElement(style)}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}

/** The name of the document in a PDF reader: "Receipt 1042 – Galilee Clinic". */
export function fileTitleOf(document: PrintableDocument): string {
  const { locale, issuer } = document.content;
  return `${headings(createSheet(document))[0] ?? ''} – ${issuer.name[locale]}`;
}

/** Type and number, in each language of the document. */
function headings({ document, languages }: Sheet): string[] {
  return languages.map((labels) => `${titleOf(labels, document)} ${document.displayNumber}`);
}

function refuseBlindCredit({ type, content }: PrintableDocument): void {
  const isCredit = type === 'credit_receipt' || type === 'credit_invoice' || type === 'refund_confirmation';
  if (isCredit && !content.credits) {
    throw new RangeError(
      `content.credits: a ${type} must name the document it credits; give its type, number and day`,
    );
  }
}

/** The text above all pages except the first, which has a heading and larger marks, and below every page. */
function marginsOf(sheet: Sheet): Parameters<typeof toStylesheet>[0] {
  const { document, languages, plain } = sheet;
  const { issuer, customer, locale } = document.content;
  const parties = [issuer.name[locale], customer.name].map(shortened).join(' · ');
  const marks = [
    ...(document.content.mode === 'test' ? [testMark(sheet)] : []),
    ...(document.status === 'cancelled' ? languages.map((labels) => labels.cancelled) : []),
    ...(document.copy && !sheet.isConfirmation ? languages.map((labels) => labels.copy) : []),
  ];
  return {
    above: [parties, marks.join(' · ')].filter((line) => line !== '').map(plain),
    below: plain(headings(sheet)[0] ?? ''),
    page: languages[0]?.page ?? ['', ''],
    direction: sheet.direction,
  };
}

/** A name that leaves room for another one on its line. */
function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length > MOST_OF_A_NAME
    ? `${letters
        .slice(0, MOST_OF_A_NAME - 1)
        .join('')
        .trim()}…`
    : name;
}

const MOST_OF_A_NAME = 50;

/** The credited document and the reason, or the credit that is reversed. */
function creditedSection({ document, say, inEach, text }: Sheet): Markup | null {
  const { credits, reverses, refundReason } = document.content;
  return given(
    credits ?? reverses ?? null,
    ({ type, displayNumber, documentDate }) =>
      html`<section class="credited">
        <p class="strong">
          ${inEach((voice) => {
            const { labels } = voice;
            const title = titleOf(labels, { type, content: document.content });
            return html`${voice.text(`${credits ? labels.credited : labels.reversed} ${title}`)}
            ${voice.figure(displayNumber)} ${voice.text(labels.ofDay)} ${voice.day(documentDate)}`;
          })}
        </p>
        ${given(refundReason ?? null, (reason) => html`<p class="said">${say((labels) => `${labels.creditReason}:`)} ${text(reason)}</p>`)}
      </section>`,
  );
}

/** Which document at the invoice service is the legal one; null until it is there. */
function legalDocument({ document, inEach }: Sheet): Markup | null {
  const { legalNumber, type, content } = document;
  if (legalNumber === null) return null;
  const legalType = legalTypeOf(type, content.issuer);
  return inEach(
    ({ labels, text, figure }) =>
      html`${text(`${labels.legalDocument}: ${labels.titles[legalType]}`)} ${figure(legalNumber)}`,
  );
}

/** On the receipt of post-dated cheques: when the tax invoice comes. On that invoice: which receipt it follows. */
function invoiceNote({ document, inEach }: Sheet): Markup | null {
  const { invoiceDueOn, invoices } = document.content;
  if (document.type === 'tax_invoice' && invoices !== undefined)
    return inEach(
      ({ labels, text, figure, day }) =>
        html`${text(`${labels.paidByReceipt} ${labels.titles[invoices.type]}`)}
        ${figure(invoices.displayNumber)} ${text(labels.ofDay)} ${day(invoices.documentDate)}`,
    );
  if (document.type !== 'receipt' || invoiceDueOn === undefined) return null;
  return inEach(({ labels, text, day }) => html`${text(labels.invoiceFollows)} ${day(invoiceDueOn)}`);
}

function notes(sheet: Sheet): Markup {
  const { document, say, text } = sheet;
  const { vatReason } = document.content;
  return html`<section class="notes">
    ${given(invoiceNote(sheet), (note) => html`<p class="strong">${note}</p>`)}
    ${given(legalDocument(sheet), (legal) => html`<p class="strong">${legal}</p>`)}
    ${given(sheet.isConfirmation ? null : vatReason, (reason) => html`<p class="said">${say((labels) => `${labels.noVatReason}:`)} ${text(reason)}</p>`)}
  </section>`;
}

/**
 * On the copy of a credit invoice: where the customer confirms it, because only then its VAT falls.
 * Source: docs/reference/israel-tax.md, "Corrections".
 */
function confirmation({ document, say }: Sheet): Markup | null {
  const { type, copy, split } = document;
  if (type !== 'credit_invoice' || !copy || split.vat === 0) return null;
  const blank = (word: Word): Markup => html`<span class="blank">${say(word)}</span>`;
  return html`<section class="confirm">
    <p>${say((labels) => labels.creditConfirmed)}</p>
    <p>
      ${blank((labels) => labels.signer)} ${blank((labels) => labels.day)}
      ${blank((labels) => labels.signature)}
    </p>
  </section>`;
}

/** Every Israeli tax document is signed by hand, but for a computerised one. A confirmation needs no signature. */
function isSignedByHand({ isConfirmation, document }: Sheet): boolean {
  return !isConfirmation && document.content.issuer.dealerType !== 'foreign' && !isComputerised(document);
}

function signature(sheet: Sheet): Markup | null {
  if (isSignedByHand(sheet)) return html`<p class="signature">${sheet.say((labels) => labels.signature)}</p>`;
  return isComputerised(sheet.document)
    ? html`<p class="signed">${sheet.say((labels) => labels.signed)}</p>`
    : null;
}
