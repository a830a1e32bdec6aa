import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { toClockText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import { lineTable, totalsTable } from './lines-html.ts';
import { given, html, isolated, ltr, styleElement } from './markup.ts';
import type { Markup } from './markup.ts';
import { meansSection } from './means-html.ts';
import type { PrintableDocument } from './printable-document.ts';
import { toStylesheet } from './stylesheet.ts';

export type { CreditedDocument, PrintableDocument } from './printable-document.ts';

/** Digits of an allocation number that are printed (israel-tax.md §7.2). */
const ALLOCATION_DIGITS = 9;

/**
 * The document as one self-contained page for the printer. Same document, same text.
 * @throws RangeError when a credit document does not say what it credits
 */
export function toDocumentHtml(document: PrintableDocument): string {
  if (isCredit(document.type) && document.credits === null) {
    throw new RangeError(`credits: a ${document.type} must name the document it credits; give its type, number, day and reason`);
  }
  const { locale, issuer } = document.content;
  const labels = LABELS[locale];
  const direction = locale === 'he' ? 'rtl' : 'ltr';
  const heading = `${labels.titles[document.type]} ${document.displayNumber}`;
  const css = toStylesheet({
    above: document.content.mode === 'test' ? testMark(document) : '',
    below: heading,
    page: [labels.page, labels.pageOf],
    direction,
  });
  return html`<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${heading} – ${issuer.name[locale]}</title>
${styleElement(css)}
</head>
<body>
${header(document, labels)}
${banners(document, labels)}
${facts(document, labels)}
<main>
${lineTable(document, labels)}
${totalsTable(document, labels)}
${meansSection(document, labels)}
${notes(document, labels)}
</main>
${signature(document, labels)}
<p class="end">${labels.end}</p>
</body>
</html>
`.markup;
}

function header(document: PrintableDocument, labels: Labels): Markup {
  const { issuer, locale } = document.content;
  const hebrew = legalHebrew(document);
  const { street, houseNumber, city, zip, country } = issuer.address;
  return html`<header class="head">
<div class="issuer">
<p class="name">${isolated(issuer.name[locale])}</p>
<p>${isolated(dealerLabel(document, labels))} ${ltr(issuer.taxId)}</p>
<p class="soft">${isolated([`${street} ${houseNumber}`.trim(), `${city} ${zip}`.trim(), country].filter((part) => part !== '').join(', '))}</p>
</div>
<div class="title">
<h1>${labels.titles[document.type]}</h1>
${given(hebrew, (words) => html`<p lang="he" dir="rtl" class="soft">${words.titles[document.type]}</p>`)}
<p class="number">${labels.number} ${ltr(document.displayNumber)}</p>
<p class="mark">${copyMark(document, labels)}${given(hebrew, (words) => html` · ${isolated(copyMark(document, words))}`)}</p>
</div>
</header>`;
}

function banners(document: PrintableDocument, labels: Labels): Markup[] {
  const isConfirmation = document.type === 'payment_confirmation' || document.type === 'refund_confirmation';
  const texts = [
    document.content.mode === 'test' ? testMark(document) : null,
    isConfirmation ? labels.notTaxDocument : null,
    document.status === 'cancelled' ? labels.cancelled : null,
    document.status === 'allocation_required' ? labels.allocationAwaited : null,
  ];
  return texts.filter((text) => text !== null).map((text) => html`<p class="banner">${isolated(text)}</p>`);
}

function facts(document: PrintableDocument, labels: Labels): Markup {
  const { content, timeZone } = document;
  const { locale, customer } = content;
  const day = (value: Day): Markup => ltr(toDayText(value, locale));
  const row = (label: string, value: Markup): Markup => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`;
  const producedDay = day(dayInZone(document.createdAt, timeZone));
  return html`<section class="facts">
<div class="customer">
<h2>${labels.customer}</h2>
<p class="name">${isolated(customer.name)}</p>
${given(customer.taxId, (id) => html`<p>${labels.customerIds[customer.taxIdKind]} ${ltr(id)}</p>`)}
${given(customer.address, (address) => html`<p class="soft">${isolated(address)}</p>`)}
${given(customer.phone, (phone) => html`<p class="soft">${labels.phone} ${ltr(phone)}</p>`)}
</div>
<table class="dates"><tbody>
${row(labels.documentDate, html`<span class="strong">${day(document.documentDate)}</span>`)}
${row(labels.produced, html`${producedDay} ${ltr(toClockText(document.createdAt, timeZone))}`)}
${given(content.serviceDate, (value) => row(labels.serviceDate, day(value)))}
${row(labels.reference, isolated(content.reference))}
${given(document.allocationNumber, (number) => row(labels.allocationNumber, ltr(number.slice(-ALLOCATION_DIGITS))))}
</tbody></table>
</section>`;
}

function notes(document: PrintableDocument, labels: Labels): Markup {
  const { content, credits } = document;
  const day = (value: Day): Markup => ltr(toDayText(value, content.locale));
  return html`<section class="notes">
${given(
    credits,
    (credited) => html`<p>${labels.credited} ${isolated(labels.titles[credited.type])} ${ltr(credited.displayNumber)} ${labels.ofDay} ${day(credited.documentDate)}</p>
<p>${labels.creditReason}: ${isolated(credited.reason)}</p>`,
  )}
${given(content.vatReason, (reason) => html`<p>${labels.noVatReason}: ${isolated(reason)}</p>`)}
${given(content.movedFromDay, (moved) => html`<p>${labels.moved}: ${day(moved)}</p>`)}
</section>`;
}

function signature({ type }: PrintableDocument, labels: Labels): Markup | null {
  if (type === 'payment_confirmation' || type === 'refund_confirmation') return null;
  return html`<p class="signature">${labels.signature}</p>`;
}

/** The words that the law names are Hebrew; an Israeli dealer's English document says them too. */
function legalHebrew({ content }: PrintableDocument): Labels | null {
  return content.locale === 'en' && content.issuer.dealerType !== 'foreign' ? LABELS.he : null;
}

function dealerLabel(document: PrintableDocument, labels: Labels): string {
  const { dealerType } = document.content.issuer;
  const called = (words: Labels): string =>
    (mayIssueTaxInvoice(document.content.issuer) ? words.taxInvoiceDealers : words.dealers)[dealerType];
  const hebrew = legalHebrew(document);
  return hebrew ? `${called(labels)} (${called(hebrew)})` : called(labels);
}

function copyMark({ copy }: PrintableDocument, labels: Labels): string {
  return copy ? labels.copy : labels.original;
}

/** Whatever the language, a test says so in Hebrew. */
function testMark({ content }: PrintableDocument): string {
  return content.locale === 'he' ? LABELS.he.test : `${LABELS.en.test} · ${LABELS.he.test}`;
}

function isCredit(type: DocumentType): boolean {
  return type === 'credit_receipt' || type === 'credit_invoice' || type === 'refund_confirmation';
}
