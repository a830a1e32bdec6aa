import { dayInZone } from '../../domain/calendar.ts';
import type { DocumentContent } from '../../domain/document-content.ts';
import { isBlank } from '../../domain/text.ts';
import { countryName } from '../../domain/workspace.ts';
import type { Address } from '../../domain/workspace.ts';
import { isComputerised } from './computerised.ts';
import { toClockText, toDayText } from './figures.ts';
import { LABELS, titleOf } from './labels.ts';
import type { Labels } from './labels.ts';
import { logoImage } from './logo.ts';
import { given, html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { PrintableDocument } from './printable-document.ts';
import type { Sheet, Word } from './sheet.ts';
import { createTypesetter } from '../../typesetter.ts';

/**
 * Digits of an allocation number that are printed.
 * Source: docs/reference/israel-tax.md, "When an allocation number is needed".
 */
const ALLOCATION_DIGITS = 9;

/** The issuer, the title, the number, and whether this is the original. */
export function header(sheet: Sheet): Markup {
  const { document, languages, text } = sheet;
  const [first, ...others] = languages;
  return html`<header class="head">
    <div class="issuer">
      ${given(document.logo, (logo) => logoImage(logo, document.content.issuer.name[document.content.locale]))}
      ${issuerNames(sheet)} ${dealerLines(sheet)}
      ${addressLines(document.content.issuer.address, sheet).map((line) => html`<p class="soft">${text(line)}</p>`)}
    </div>
    <div class="title">
      <h1>${given(first ?? null, (labels) => numberedTitle(labels, sheet))}</h1>
      ${others.map((labels) => titleBeside(labels, document))}
      ${sheet.isConfirmation ? null : printMarks(sheet)}
    </div>
  </header>`;
}

/** The same in Hebrew, below an English one: a line of its own direction. */
function titleBeside(labels: Labels, document: PrintableDocument): Markup {
  const { text } = createTypesetter('rtl');
  const title = `${titleOf(labels, document)} ${labels.number} ${document.displayNumber}`;
  return html`<p lang="he" dir="rtl" class="second">${text(title)}</p>`;
}

/** Title and number, on one line. */
function numberedTitle(labels: Labels, { document, text, figure }: Sheet): Markup {
  return html`${text(titleOf(labels, document))}
    <span class="number">${text(labels.number)} ${figure(document.displayNumber)}</span>`;
}

/** Banners that must not be overlooked: a test, not a tax document, cancelled, or waiting for its number. */
export function banners(sheet: Sheet): Markup[] {
  const { document, say, text } = sheet;
  const says: readonly (readonly [boolean, Markup])[] = [
    [document.content.mode === 'test', text(testMark(sheet))],
    [sheet.isConfirmation, say((labels) => labels.notTaxDocument)],
    [document.status === 'cancelled', say((labels) => labels.cancelled)],
    [document.status === 'allocation_required', say((labels) => labels.allocationAwaited)],
  ];
  return says.filter(([applies]) => applies).map(([, words]) => html`<p class="banner">${words}</p> `);
}

/** The customer, and the dates and numbers of the document. */
export function facts(sheet: Sheet): Markup {
  const { document, text, say, figure, day } = sheet;
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
      ${given(customer.taxId, (id) => html`<p>${say((labels) => labels.customerIds[customer.taxIdKind])} ${figure(id)}</p>`)}
      ${given(customer.address, (address) => html`<p class="soft">${text(address)}</p>`)}
      ${given(customer.phone, (phone) => html`<p class="soft">${say((labels) => labels.phone)} ${figure(phone)}</p>`)}
      ${given(document.content.treated ?? null, (treated) => treatedLines(treated, sheet))}
    </div>
    <table class="dates">
      <tbody>
        ${row((labels) => labels.documentDate, html`<span class="strong">${day(document.documentDate)}</span>`)}${given(movedFromDay, (moved) => row((labels) => (document.type === 'tax_invoice' ? labels.dueDate : labels.moved[way]), day(moved)))}${row((labels) => labels.produced, figure(produced))}${given(serviceDate, (date) => row((labels) => labels.serviceDate, day(date)))}${given(
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
  { say, text, figure, day }: Sheet,
): Markup {
  const id = given(
    patient.taxId ?? null,
    (number) => html` ${say((labels) => labels.customerIds.private)} ${figure(number)}`,
  );
  const days = sessionDates.map((one, at) => html`${at === 0 ? '' : ', '}${day(one)}`);
  return html`<p>${say((labels) => `${labels.patient}:`)} ${text(patient.name)}${id}</p>
    ${given(days.length === 0 ? null : days, (all) => html`<p>${say((labels) => `${labels.sessions}:`)} ${all}</p>`)}`;
}

/** A test document says so in Hebrew, in every language. */
export function testMark({ document }: Sheet): string {
  return document.content.locale === 'he' ? LABELS.he.test : `${LABELS.en.test} · ${LABELS.he.test}`;
}

/** Original or copy, and whether the file itself is signed. */
function printMarks(sheet: Sheet): Markup {
  const { document } = sheet;
  const computerised = isComputerised(document) ? marks(sheet, (labels) => labels.computerised) : null;
  return html`<p>
    ${marks(sheet, (labels) => (document.copy ? labels.copy : labels.original))}${computerised}
  </p>`;
}

/** A framed word, once in each language. */
function marks({ languages, text }: Sheet, word: Word): Markup[] {
  return languages.map((labels) => html`<span class="mark">${text(word(labels))}</span> `);
}

function issuerNames({ document, languages, text }: Sheet): Markup[] {
  const { name } = document.content.issuer;
  const [first, second] = document.content.locale === 'he' ? [name.he, name.en] : [name.en, name.he];
  const beside =
    languages.length > 1 && second !== first ? [html`<p class="second">${text(second)}</p>`] : [];
  return [html`<p class="name">${text(first)}</p>`, ...beside];
}

/** The number of the business. Beside the legal document it bears no title of a dealer. */
function dealerLines({ document, isConfirmation, saysVat, say, figure }: Sheet): Markup {
  const { taxId } = document.content.issuer;
  const dealerType = isConfirmation ? 'foreign' : document.content.issuer.dealerType;
  const called: Word = (labels) => (saysVat ? labels.taxInvoiceDealers : labels.dealers)[dealerType];
  return html`<p>${say(called)} ${figure(taxId)}</p>`;
}

/** Street, town, country. A Hebrew page leaves out Israel. */
function addressLines({ street, houseNumber, zip, city, country }: Address, { document }: Sheet): string[] {
  const { locale } = document.content;
  const isHome = locale === 'he' && country === 'IL';
  const lines = [`${street} ${houseNumber}`, `${city} ${zip}`, isHome ? '' : countryName(country, locale)];
  return lines.map((line) => line.trim()).filter((line) => !isBlank(line));
}
