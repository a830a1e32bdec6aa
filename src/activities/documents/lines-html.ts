import type { DocumentLine } from '../../domain/document-content.ts';
import { sumMinor } from '../../domain/money.ts';
import { mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import { toAmountText, toRateText } from './figures.ts';
import type { Labels } from './labels.ts';
import { html, isolated, ltr } from './markup.ts';
import type { Markup } from './markup.ts';
import type { PrintableDocument } from './printable-document.ts';

/** What was paid for, a row each. */
export function lineTable(document: PrintableDocument, labels: Labels): Markup {
  const { lines, pricesIncludeVat } = document.content;
  const vatNote = pricesIncludeVat ? labels.withVat : labels.beforeVat;
  const note = saysVat(document) ? html` <small>${vatNote}</small>` : null;
  return html`<table class="sheet">
<thead><tr><th scope="col">${labels.description}</th><th scope="col" class="sum">${labels.quantity}</th><th scope="col" class="sum">${labels.unitPrice}${note}</th><th scope="col" class="sum">${labels.lineTotal}${note}</th></tr></thead>
<tbody>
${lines.map((line) => lineRow(line, document, labels))}
</tbody>
</table>`;
}

function lineRow(line: DocumentLine, document: PrintableDocument, labels: Labels): Markup {
  const amount = (minor: number): Markup => ltr(toAmountText(minor, document.currency));
  const isMarked = saysVat(document) && line.vatTreatment !== 'standard';
  const mark = isMarked ? html` <small>${labels.treatments[line.vatTreatment]}</small>` : null;
  return html`<tr><td>${isolated(line.description)}${mark}</td><td class="sum">${ltr(String(line.quantity))}</td><td class="sum">${amount(line.unitPrice)}</td><td class="sum">${amount(line.total)}</td></tr>
`;
}

/** The sums; net and VAT only where the dealer may show VAT (israel-tax.md §2). */
export function totalsTable(document: PrintableDocument, labels: Labels): Markup {
  const { split, currency, type } = document;
  const row = (kind: string, label: Markup | string, minor: number): Markup =>
    html`<tr class="${kind}"><th scope="row">${label}</th><td>${ltr(toAmountText(minor, currency))}</td></tr>
`;
  const untaxed = sumMinor(document.content.lines.filter((line) => line.vatTreatment !== 'standard').map((line) => line.total));
  const vatRows = [
    row('net', labels.net, split.net),
    ...(untaxed > 0 && split.vat > 0 ? [row('part', labels.netWithoutVat, untaxed)] : []),
    row('vat', html`${labels.vat} ${ltr(toRateText(split.rateBp))}`, split.vat),
  ];
  return html`<table class="totals"><tbody>
${saysVat(document) ? vatRows : null}${row('grand', labels.totals[type], split.total)}</tbody></table>`;
}

function saysVat({ content }: PrintableDocument): boolean {
  return mayIssueTaxInvoice(content.issuer);
}
