import type { Means } from '../../domain/means.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Sheet } from './sheet.ts';

/** How the money came or went back: a row for each means. */
export function meansSection(sheet: Sheet): Markup {
  const { labels, text, document } = sheet;
  return html`<section class="means">
    <h2>${text(document.credits === null ? labels.moneyHeading.received : labels.moneyHeading.returned)}</h2>
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col" class="kind">${text(labels.means)}</th>
          <th scope="col">${text(labels.details)}</th>
          <th scope="col" class="sum">${text(labels.amount)}</th>
        </tr>
      </thead>
      <tbody>
        ${document.content.means.map((means) => meansRow(means, sheet))}
      </tbody>
    </table>
  </section>`;
}

function meansRow(means: Means, sheet: Sheet): Markup {
  const details = detailsOf(means, sheet).map((detail, index) => html`${index === 0 ? '' : ' · '}${detail}`);
  return html`<tr>
    <td class="kind">${sheet.text(sheet.labels.methods[means.method])}</td>
    <td>${details}</td>
    <td class="sum">${sheet.amount(means.amount)}</td>
  </tr> `;
}

function detailsOf(means: Means, sheet: Sheet): Markup[] {
  const { labels, text, figure, day } = sheet;
  const details: Markup[] = [];
  const say = (value: string | null, as: (value: string) => Markup): void => {
    if (value !== null && value !== '') details.push(as(value));
  };
  say(means.wallet, (wallet) => text(labels.wallets[wallet] ?? wallet));
  say(means.brand, text);
  say(means.last4, (digits) => figure(`•••• ${digits}`));
  details.push(...dealOf(means, sheet));
  say(means.approvalNumber, (number) => pair(text(labels.approval), figure(number)));
  say(means.dueDate, (due) => pair(text(labels.dueDate), day(due)));
  return details;
}

function dealOf(means: Means, { labels, text, figure, amount }: Sheet): Markup[] {
  const isNamed = means.dealType === 'credit' || means.dealType === 'deferred';
  const kind = isNamed ? [text(labels.deals[means.dealType])] : [];
  if (means.installments <= 1) return kind;
  const part = (label: string, minor: number | null): Markup[] =>
    minor === null ? [] : [pair(text(label), amount(minor))];
  return [
    ...kind,
    pair(text(labels.instalments), figure(String(means.installments))),
    ...part(labels.firstInstalment, means.firstAmount),
    ...part(labels.furtherInstalments, means.restAmount),
  ];
}

/** A word and its figure, never torn apart by the end of a line. */
function pair(label: Markup, figure: Markup): Markup {
  return html`<span class="pair">${label} ${figure}</span>`;
}
