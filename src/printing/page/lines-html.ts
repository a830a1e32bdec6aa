import type { DocumentLine } from '../../domain/document-lines.ts';
import { paidByLine } from '../../domain/credit-lines.ts';
import { sumMinor } from '../../domain/money.ts';
import { toRateNumber } from '../../domain/shekel-sums.ts';
import { lengthOf } from '../../domain/text.ts';
import type { VatTreatment } from '../../domain/vat.ts';
import { toAmountText, toRateText } from './figures.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Sheet, Word } from './sheet.ts';

/**
 * From this many characters on, the row of a description may continue on the next page: kept whole, it would leave
 * half a page empty.
 */
const LONG = 600;
const LONG_ROW = html` class="long"`;

/** What was paid for, one row each. */
export function lineTable(sheet: Sheet): Markup {
  const { say } = sheet;
  if (sheet.isConfirmation) return paidTable(sheet);
  const { lines, pricesIncludeVat } = sheet.document.content;
  const bearsVat = lines.some(({ vatTreatment }) => vatTreatment === 'standard');
  const priced = (word: Word): Markup =>
    sheet.inEach(({ labels, text }) => {
      const note = html` <small>${text(pricesIncludeVat ? labels.withVat : labels.beforeVat)}</small>`;
      return html`${text(word(labels))}${sheet.saysVat && bearsVat ? note : null}`;
    });
  return html`<table class="sheet">
    <thead>
      <tr>
        <th scope="col">${say((labels) => labels.description)}</th>
        <th scope="col" class="sum">${say((labels) => labels.quantity)}</th>
        <th scope="col" class="sum">${priced((labels) => labels.unitPrice)}</th>
        ${hasDiscounts(sheet) ? html`<th scope="col" class="sum">${say((labels) => labels.discount)}</th>` : null}
        <th scope="col" class="sum">${priced((labels) => labels.lineTotal)}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((line) => lineRow(line, sheet))}
    </tbody>
  </table>`;
}

/** What was paid for each line, whatever its price was before VAT. A confirmation shows no prices. */
function paidTable({ document, say, text, figure, amount }: Sheet): Markup {
  const paid = paidByLine(document);
  const row = ({ description, quantity }: DocumentLine, place: number): Markup =>
    html`<tr${lengthOf(description) > LONG ? LONG_ROW : null}>
      <td>${text(description)}</td>
      <td class="sum">${figure(String(quantity))}</td>
      <td class="sum">${amount(paid[place] ?? 0)}</td>
    </tr> `;
  return html`<table class="sheet">
    <thead>
      <tr>
        <th scope="col">${say((labels) => labels.description)}</th>
        <th scope="col" class="sum">${say((labels) => labels.quantity)}</th>
        <th scope="col" class="sum">${say((labels) => labels.lineTotal)}</th>
      </tr>
    </thead>
    <tbody>
      ${document.content.lines.map(row)}
    </tbody>
  </table>`;
}

/** Whether lines have discounts of their own: without one there is no column for them. */
const hasDiscounts = ({ document }: Sheet): boolean =>
  document.content.lines.some(({ discount = 0 }) => discount > 0);

/** What a line comes to is shown before its share of the discount of the document, which stands with the sums. */
function lineRow(line: DocumentLine, sheet: Sheet): Markup {
  const { amount, figure, saysVat, say, text } = sheet;
  const { vatTreatment, discount = 0, documentDiscount = 0 } = line;
  const off = discount > 0 ? amount(0 - discount) : null;
  const isMarked = saysVat && vatTreatment !== 'standard';
  const mark = isMarked
    ? html` <small class="abreast">${say(({ treatments }) => treatments[vatTreatment])}</small>`
    : null;
  return html`<tr${lengthOf(line.description) > LONG ? LONG_ROW : null}>
    <td>${text(line.description)}${mark}</td>
    <td class="sum">${figure(String(line.quantity))}</td>
    <td class="sum">${amount(line.unitPrice)}</td>
    ${hasDiscounts(sheet) ? html`<td class="sum">${off}</td>` : null}
    <td class="sum">${amount(line.total + documentDiscount)}</td>
  </tr> `;
}

/** The sums. Net and VAT only if the dealer may show VAT. */
export function totalsTable(sheet: Sheet): Markup {
  const { saysVat, say } = sheet;
  const { split, type } = sheet.document;
  const grand = row(
    sheet,
    'grand',
    say((labels) => labels.totals[type]),
    split.total,
  );
  return html`<table class="totals">
    <tbody>
      ${discountRows(sheet)}${saysVat ? vatRows(sheet) : null}${grand}${shekelRows(sheet)}
    </tbody>
  </table>`;
}

/** What the lines come to before the discount of the document, and that discount. A confirmation shows only the sum paid. */
function discountRows(sheet: Sheet): Markup[] {
  const { document, isConfirmation, say } = sheet;
  const { lines } = document.content;
  const discount = sumMinor(lines.map(({ documentDiscount = 0 }) => documentDiscount));
  if (isConfirmation || discount === 0) return [];
  const before = sumMinor(lines.map(({ total }) => total)) + discount;
  return [
    row(
      sheet,
      'part',
      say((labels) => labels.beforeDiscount),
      before,
    ),
    row(
      sheet,
      'part',
      say((labels) => labels.discount),
      0 - discount,
    ),
  ];
}

/**
 * The sum of each VAT treatment, if a document has several; then net and VAT. A document that is exempt as a whole shows
 * only its sum.
 */
function vatRows(sheet: Sheet): Markup[] {
  const { say, inEach } = sheet;
  const { split } = sheet.document;
  const bases = basesOf(sheet);
  const parts = bases.map(([treatment, base]) =>
    row(
      sheet,
      'part',
      say((labels) => labels.bases[treatment]),
      base,
    ),
  );
  if (bases.every(([treatment]) => treatment === 'exempt')) return parts;
  const net = row(
    sheet,
    'net',
    say((labels) => labels.net),
    split.net,
  );
  const rate = toRateText(split.rateBp);
  const said = inEach(({ labels, text, figure }) => html`${text(labels.vat)} ${figure(rate)}`);
  const vat = row(sheet, 'vat', said, split.vat);
  return [...(bases.length > 1 ? parts : []), net, vat];
}

/**
 * The sums of a document in another currency in shekels, and the rate with its day. A confirmation leaves them to the legal
 * document.
 */
function shekelRows({ document, isConfirmation, saysVat, say, inEach, figure }: Sheet): Markup[] {
  const { ils } = document.content;
  if (ils === undefined || isConfirmation) return [];
  const line = (label: Markup, value: string): Markup =>
    html`<tr class="part">
      <th scope="row">${label}</th>
      <td class="sum">${figure(value)}</td>
    </tr> `;
  const parts = saysVat && ils.vat > 0 ? (['net', 'vat', 'total'] as const) : (['total'] as const);
  return [
    ...parts.map((part) =>
      line(
        say(({ inShekels }) => inShekels[part]),
        toAmountText(ils[part], 'ILS'),
      ),
    ),
    line(
      inEach(({ labels, text, day }) => html`${text(labels.rateOfDay)} ${day(ils.rateDay)}`),
      toRateNumber(ils.rate),
    ),
  ];
}

/** What the lines of each treatment come to before VAT, minor units; without those that have none. */
function basesOf({ document: { content, split } }: Sheet): (readonly [VatTreatment, number])[] {
  const untaxed = (treatment: VatTreatment): number =>
    sumMinor(content.lines.filter((line) => line.vatTreatment === treatment).map((line) => line.total));
  const [zeroRated, exempt] = [untaxed('zero_rated'), untaxed('exempt')];
  const bases = [
    ['standard', split.net - zeroRated - exempt],
    ['zero_rated', zeroRated],
    ['exempt', exempt],
  ] as const;
  return bases.filter(([, base]) => base > 0);
}

function row({ amount }: Sheet, kind: string, label: Markup, minor: number): Markup {
  return html`<tr class="${kind}">
    <th scope="row">${label}</th>
    <td class="sum">${amount(minor)}</td>
  </tr> `;
}
