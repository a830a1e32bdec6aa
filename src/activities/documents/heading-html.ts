import { dayInZone } from '../../domain/calendar.ts';
import type { Address } from '../../domain/workspace.ts';
import { toClockText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import { given, html } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Sheet } from './sheet.ts';

/** Digits of an allocation number that are printed (israel-tax.md §7.2). */
const ALLOCATION_DIGITS = 9;

/** Who issues, what it is, its number, and whether this is the original. */
export function header(sheet: Sheet): Markup {
  const { document, labels, legalWords, text, figure } = sheet;
  const { issuer, locale } = document.content;
  const marks = [copyMark(sheet, labels), ...(legalWords ? [copyMark(sheet, legalWords)] : [])];
  return html`<header class="head">
    <div class="issuer">
      <p class="name">${text(issuer.name[locale])}</p>
      ${dealerLines(sheet)}
      ${addressLines(issuer.address, sheet).map((line) => html`<p class="soft">${text(line)}</p>`)}
    </div>
    <div class="title">
      <h1>${text(labels.titles[document.type])}</h1>
      ${given(legalWords, (words) => html`<p lang="he" class="soft">${text(words.titles[document.type])}</p>`)}
      <p class="number">${text(labels.number)} ${figure(document.displayNumber)}</p>
      <p>${marks.map((mark) => html`<span class="mark">${text(mark)}</span> `)}</p>
    </div>
  </header>`;
}

/** What must not be overlooked: a test, a paper that is no tax document, a cancelled one, one that still waits. */
export function banners(sheet: Sheet): Markup[] {
  const { document, labels, text } = sheet;
  const says: readonly (readonly [boolean, string])[] = [
    [document.content.mode === 'test', testMark(sheet)],
    [isConfirmation(sheet), labels.notTaxDocument],
    [document.status === 'cancelled', labels.cancelled],
    [document.status === 'allocation_required', labels.allocationAwaited],
  ];
  return says.filter(([applies]) => applies).map(([, words]) => html`<p class="banner">${text(words)}</p> `);
}

/** The customer, and the dates and numbers of the document. */
export function facts(sheet: Sheet): Markup {
  const { document, labels, text, figure, day } = sheet;
  const { customer, locale, serviceDate, reference } = document.content;
  const row = (label: string, value: Markup): Markup =>
    html`<tr>
      <th scope="row">${text(label)}</th>
      <td>${value}</td>
    </tr> `;
  const produced = `${toDayText(dayInZone(document.createdAt, document.timeZone), locale)} ${toClockText(document.createdAt, document.timeZone)}`;
  return html`<section class="facts">
    <div class="customer">
      <h2>${text(labels.customer)}</h2>
      <p class="name">${text(customer.name)}</p>
      ${given(customer.taxId, (id) => html`<p>${text(labels.customerIds[customer.taxIdKind])} ${figure(id)}</p>`)}
      ${given(customer.address, (address) => html`<p class="soft">${text(address)}</p>`)}
      ${given(customer.phone, (phone) => html`<p class="soft">${text(labels.phone)} ${figure(phone)}</p>`)}
    </div>
    <table class="dates">
      <tbody>
        ${row(labels.documentDate, html`<span class="strong">${day(document.documentDate)}</span>`)}${row(labels.produced, figure(produced))}${given(serviceDate, (date) => row(labels.serviceDate, day(date)))}${row(labels.reference, text(reference))}${given(document.allocationNumber, (number) => row(labels.allocationNumber, figure(number.slice(-ALLOCATION_DIGITS))))}
      </tbody>
    </table>
  </section>`;
}

/** Whatever the language, a test says so in Hebrew. */
export function testMark({ document }: Sheet): string {
  return document.content.locale === 'he' ? LABELS.he.test : `${LABELS.en.test} · ${LABELS.he.test}`;
}

/** Papers beside an invoice service's legal document. */
export function isConfirmation({ document }: Sheet): boolean {
  return document.type === 'payment_confirmation' || document.type === 'refund_confirmation';
}

function dealerLines({ document, labels, legalWords, saysVat, text, figure }: Sheet): Markup[] {
  const { dealerType, taxId } = document.content.issuer;
  const called = (words: Labels): Markup =>
    text((saysVat ? words.taxInvoiceDealers : words.dealers)[dealerType]);
  const line = (words: Labels): Markup => html`<p>${called(words)} ${figure(taxId)}</p>`;
  return legalWords
    ? [line(labels), html`<p lang="he" class="soft">${called(legalWords)}</p>`]
    : [line(labels)];
}

function copyMark({ document }: Sheet, labels: Labels): string {
  return document.copy ? labels.copy : labels.original;
}

/** Street, town, country; a Hebrew page need not say Israel. */
function addressLines({ street, houseNumber, zip, city, country }: Address, { document }: Sheet): string[] {
  const { locale } = document.content;
  const isHome = locale === 'he' && country === 'IL';
  const lines = [`${street} ${houseNumber}`, `${city} ${zip}`, isHome ? '' : countryName(country, locale)];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function countryName(country: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}
