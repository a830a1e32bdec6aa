import { dayInZone } from '../../domain/calendar.ts';
import type { DocumentContent } from '../../domain/document-content.ts';
import { isBlank } from '../../domain/text.ts';
import { countryName } from '../../domain/workspace.ts';
import type { Address } from '../../domain/workspace.ts';
import { isComputerised } from './computerised.ts';
import { toClockText, toDayText } from './figures.ts';
import { LABELS, titleOf } from './labels.ts';
import { logoImage } from './logo.ts';
import { given, html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { createTypesetter } from '../../typesetter.ts';
import { inLines } from './sheet.ts';
import type { Sheet, Voice, Word } from './sheet.ts';

/**
 * Digits of an allocation number that are printed.
 * Source: docs/reference/israel-tax.md, "When an allocation number is needed".
 */
const ALLOCATION_DIGITS = 9;

/** The issuer, the title, the number, and whether this is the original. */
export function header(sheet: Sheet): Markup {
  const { document, text } = sheet;
  return html`<header class="head">
    <div class="issuer">
      ${given(document.logo, (logo) => logoImage(logo, document.content.issuer.name[document.content.locale]))}
      ${issuerNames(sheet)} ${dealerLines(sheet)}
      ${addressLines(document.content.issuer.address, sheet).map((line) => html`<p class="soft">${text(line)}</p>`)}
    </div>
    <div class="title">
      <h1>${sheet.inEach((voice) => numberedTitle(voice, document))}</h1>
      ${sheet.isConfirmation ? null : printMarks(sheet)}
    </div>
  </header>`;
}

/** Title and number, on one line. */
function numberedTitle({ labels, text, figure }: Voice, document: Sheet['document']): Markup {
  return html`${text(titleOf(labels, document))}
    <span class="number">${text(labels.number)} ${figure(document.displayNumber)}</span>`;
}

/** Banners that must not be overlooked: a test, not a tax document, cancelled, or waiting for its number. */
export function banners(sheet: Sheet): Markup[] {
  const { document, say } = sheet;
  const says: readonly (readonly [boolean, Markup])[] = [
    [document.content.mode === 'test', testBanner(sheet)],
    [sheet.isConfirmation, say((labels) => labels.notTaxDocument)],
    [document.status === 'cancelled', say((labels) => labels.cancelled)],
    [document.status === 'allocation_required', say((labels) => labels.allocationAwaited)],
  ];
  return says.filter(([applies]) => applies).map(([, words]) => html`<p class="banner">${words}</p> `);
}

/** The customer, and the dates and numbers of the document. */
export function facts(sheet: Sheet): Markup {
  const { document, text, say, inEach, figure, day } = sheet;
  const { customer, locale, serviceDate, reference, movedFromDay, credits } = document.content;
  const way = credits ? 'returned' : 'received';
  const row = (label: Word, value: Markup, kind = 'fact'): Markup =>
    html`<tr class="${kind}">
      <th scope="row">${say(label)}</th>
      <td>${value}</td>
    </tr> `;
  const produced = `${toDayText(dayInZone(document.createdAt, document.timeZone), locale)} ${toClockText(document.createdAt, document.timeZone)}`;
  return html`<section class="facts">
    <div class="customer">
      <h2>${say((labels) => labels.customer)}</h2>
      <p class="name">${text(customer.name)}</p>
      ${given(customer.taxId, (id) => html`<p class="abreast">${inEach((voice) => told(voice, (labels) => labels.customerIds[customer.taxIdKind], id))}</p>`)}
      ${given(customer.address, (address) => html`<p class="soft">${text(address)}</p>`)}
      ${given(customer.phone, (phone) => html`<p class="soft abreast">${inEach((voice) => told(voice, (labels) => labels.phone, phone))}</p>`)}
      ${given(document.content.treated ?? null, (treated) => treatedLines(treated, sheet))}
    </div>
    <table class="dates">
      <tbody>
        ${row((labels) => labels.documentDate, html`<span class="strong">${day(document.documentDate)}</span>`)}${given(movedFromDay, (moved) => row((labels) => (document.type === 'tax_invoice' ? labels.fellDue : labels.moved[way]), day(moved)))}${row((labels) => labels.produced, figure(produced))}${given(serviceDate, (date) => row((labels) => labels.serviceDate, day(date)))}${given(
          document.allocationNumber,
          (number) =>
            row(
              (labels) => labels.allocationNumber,
              html`<span class="strong">${figure(number.slice(-ALLOCATION_DIGITS))}</span>`,
            ),
        )}${row((labels) => labels.reference, text(reference), 'order')}
      </tbody>
    </table>
  </section>`;
}

/** Who was treated and when. Source: docs/reference/israel-tax.md, "What a document says". */
function treatedLines(
  { patient, sessionDates }: NonNullable<DocumentContent['treated']>,
  { inEach }: Sheet,
): Markup {
  const named = (voice: Voice): Markup => {
    const id = given(
      patient.taxId ?? null,
      (number) => html` ${told(voice, ({ customerIds }) => customerIds.private, number)}`,
    );
    return html`${voice.text(`${voice.labels.patient}:`)} ${voice.text(patient.name)}${id}`;
  };
  const met = ({ labels, text, day }: Voice): Markup => {
    const days = sessionDates.map((one, at) => html`${at === 0 ? '' : ', '}${day(one)}`);
    return html`${text(`${labels.sessions}:`)} ${days}`;
  };
  return html`<p>${inEach(named)}</p>
    ${sessionDates.length === 0 ? null : html`<p>${inEach(met)}</p>`}`;
}

/** A word and its number, on a line of its language. */
function told({ labels, text, figure }: Voice, word: Word, number: string): Markup {
  return html`${text(word(labels))} ${figure(number)}`;
}

/** The words that mark a test document. They are always in Hebrew too, whatever the language of the page. */
export function testMark({ document }: Sheet): string {
  return document.content.locale === 'he' ? LABELS.he.test : `${LABELS.en.test} · ${LABELS.he.test}`;
}

/** The banner of a test document. On an English page its Hebrew words stand on a second line. */
function testBanner({ labels, text }: Sheet): Markup {
  const isHebrew = labels === LABELS.he;
  return inLines(text(labels.test), isHebrew ? null : createTypesetter('rtl').text(LABELS.he.test));
}

/** Original or copy, and whether the file itself is signed: framed words, a row of them in each language. */
function printMarks({ document, languages, text }: Sheet): Markup[] {
  const framed = (words: string): Markup => html`<span class="mark">${text(words)}</span> `;
  return languages.map(
    (labels) =>
      html`<p>
        ${framed(document.copy ? labels.copy : labels.original)}${isComputerised(document) ? framed(labels.computerised) : null}
      </p>`,
  );
}

function issuerNames({ document, languages, text }: Sheet): Markup[] {
  const { name } = document.content.issuer;
  const [first, second] = document.content.locale === 'he' ? [name.he, name.en] : [name.en, name.he];
  const beside =
    languages.length > 1 && second !== first ? [html`<p class="second">${text(second)}</p>`] : [];
  return [html`<p class="name">${text(first)}</p>`, ...beside];
}

/** The number of the business. Beside the legal document it bears no title of a dealer. */
function dealerLines({ document, isConfirmation, saysVat, inEach }: Sheet): Markup {
  const { taxId } = document.content.issuer;
  const dealerType = isConfirmation ? 'foreign' : document.content.issuer.dealerType;
  const called: Word = (labels) => (saysVat ? labels.taxInvoiceDealers : labels.dealers)[dealerType];
  return html`<p>${inEach((voice) => told(voice, called, taxId))}</p>`;
}

/** Street, town, country. A Hebrew page leaves out Israel. */
function addressLines({ street, houseNumber, zip, city, country }: Address, { document }: Sheet): string[] {
  const { locale } = document.content;
  const isHome = locale === 'he' && country === 'IL';
  const lines = [`${street} ${houseNumber}`, `${city} ${zip}`, isHome ? '' : countryName(country, locale)];
  return lines.map((line) => line.trim()).filter((line) => !isBlank(line));
}
