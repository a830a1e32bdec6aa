import type { DocumentLine } from '../../domain/document-lines.ts';
import { sumMinor } from '../../domain/money.ts';
import { toRateText } from './figures.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Sheet } from './sheet.ts';

/** What was paid for, a row each. */
export function lineTable(sheet: Sheet): Markup {
  const { labels, text } = sheet;
  const { lines, pricesIncludeVat } = sheet.document.content;
  const note = sheet.saysVat
    ? html` <small>${text(pricesIncludeVat ? labels.withVat : labels.beforeVat)}</small>`
    : null;
  return html`<table class="sheet">
    <thead>
      <tr>
        <th scope="col">${text(labels.description)}</th>
        <th scope="col" class="sum">${text(labels.quantity)}</th>
        <th scope="col" class="sum">${text(labels.unitPrice)}${note}</th>
        <th scope="col" class="sum">${text(labels.lineTotal)}${note}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((line) => lineRow(line, sheet))}
    </tbody>
  </table>`;
}

function lineRow(line: DocumentLine, { amount, figure, labels, saysVat, text }: Sheet): Markup {
  const isMarked = saysVat && line.vatTreatment !== 'standard';
  const mark = isMarked ? html` <small>${text(labels.treatments[line.vatTreatment])}</small>` : null;
  return html`<tr>
    <td>${text(line.description)}${mark}</td>
    <td class="sum">${figure(String(line.quantity))}</td>
    <td class="sum">${amount(line.unitPrice)}</td>
    <td class="sum">${amount(line.total)}</td>
  </tr> `;
}

/** The sums; net and VAT only where the dealer may show VAT. */
export function totalsTable(sheet: Sheet): Markup {
  const { amount, figure, labels, saysVat, text } = sheet;
  const { split, type, content } = sheet.document;
  const row = (kind: string, label: Markup, minor: number): Markup =>
    html`<tr class="${kind}">
      <th scope="row">${label}</th>
      <td class="sum">${amount(minor)}</td>
    </tr> `;
  const untaxed = sumMinor(
    content.lines.filter((line) => line.vatTreatment !== 'standard').map((line) => line.total),
  );
  const vatRows = [
    row('net', text(labels.net), split.net),
    ...(untaxed > 0 && split.vat > 0 ? [row('part', text(labels.netWithoutVat), untaxed)] : []),
    row('vat', html`${text(labels.vat)} ${figure(toRateText(split.rateBp))}`, split.vat),
  ];
  return html`<table class="totals">
    <tbody>
      ${saysVat ? vatRows : null}${row('grand', text(labels.totals[type]), split.total)}
    </tbody>
  </table>`;
}
