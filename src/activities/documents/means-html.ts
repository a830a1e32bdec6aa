import type { Means } from '../../domain/means.ts';
import { toAmountText, toDayText } from './figures.ts';
import type { Labels } from './labels.ts';
import { html, isolated, ltr } from './markup.ts';
import type { Markup } from './markup.ts';
import type { PrintableDocument } from './printable-document.ts';

/** How the money came or went back: a row for each means. */
export function meansSection(document: PrintableDocument, labels: Labels): Markup {
  const heading = document.credits === null ? labels.moneyHeading.received : labels.moneyHeading.returned;
  return html`<section class="means">
<h2>${heading}</h2>
<table class="sheet">
<thead><tr><th scope="col">${labels.means}</th><th scope="col">${labels.details}</th><th scope="col" class="sum">${labels.amount}</th></tr></thead>
<tbody>
${document.content.means.map((means) => meansRow(means, document, labels))}
</tbody>
</table>
</section>`;
}

function meansRow(means: Means, document: PrintableDocument, labels: Labels): Markup {
  const details = detailsOf(means, document, labels).map((detail, index) => html`${index === 0 ? '' : ' · '}${detail}`);
  return html`<tr><td>${isolated(labels.methods[means.method])}</td><td>${details}</td><td class="sum">${ltr(toAmountText(means.amount, document.currency))}</td></tr>
`;
}

function detailsOf(means: Means, document: PrintableDocument, labels: Labels): Markup[] {
  const details: Markup[] = [];
  const say = (value: string | null, as: (value: string) => Markup): void => {
    if (value !== null && value !== '') details.push(as(value));
  };
  say(means.wallet, isolated);
  say(means.brand, isolated);
  say(means.last4, (digits) => ltr(`•••• ${digits}`));
  details.push(...dealOf(means, document, labels));
  say(means.approvalNumber, (number) => html`${labels.approval} ${ltr(number)}`);
  say(means.dueDate, (day) => html`${labels.dueDate} ${ltr(toDayText(day, document.content.locale))}`);
  return details;
}

function dealOf(means: Means, { currency }: PrintableDocument, labels: Labels): Markup[] {
  const kind = means.dealType === 'credit' || means.dealType === 'deferred' ? [html`${labels.deals[means.dealType]}`] : [];
  if (means.installments <= 1) return kind;
  const part = (label: string, minor: number | null): Markup[] =>
    minor === null ? [] : [html`${label} ${ltr(toAmountText(minor, currency))}`];
  return [
    ...kind,
    html`${labels.instalments} ${ltr(String(means.installments))}`,
    ...part(labels.firstInstalment, means.firstAmount),
    ...part(labels.furtherInstalments, means.restAmount),
  ];
}
