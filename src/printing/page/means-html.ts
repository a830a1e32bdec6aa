import type { CheckDetails, Means } from '../../domain/means.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Sheet, Voice } from './sheet.ts';

/** How the money was paid or refunded: one row for each means. A column of details that none has is left out. */
export function meansSection(sheet: Sheet): Markup {
  const { say, document } = sheet;
  const { means, credits } = document.content;
  const hasDetails = means.some((one) => [...namesOf(one, sheet), ...detailsOf(one, sheet)].length > 0);
  return html`<section class="means">
    <h2>
      ${say(({ moneyHeading }) => (credits === undefined ? moneyHeading.received : moneyHeading.returned))}
    </h2>
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col" class="${hasDetails ? 'kind' : 'lone'}">${say((labels) => labels.means)}</th>
          ${hasDetails ? html`<th scope="col">${say((labels) => labels.details)}</th>` : null}
          <th scope="col" class="sum">${say((labels) => labels.amount)}</th>
        </tr>
      </thead>
      <tbody>
        ${means.map((one) => meansRow(one, hasDetails, sheet))}
      </tbody>
    </table>
  </section>`;
}

/** The dot before a detail that begins a line lies outside of the cell, where nothing is seen (stylesheet.ts). */
function meansRow(means: Means, hasDetails: boolean, sheet: Sheet): Markup {
  const details = sheet.inEach((voice) => {
    const names = voice.labels === sheet.labels ? namesOf(means, sheet) : [];
    const all = [...names, ...detailsOf(means, voice)];
    return all.length === 0 ? null : html`<div class="details"><p>${all.map(detailOf)}</p></div>`;
  });
  return html`<tr>
    <td class="${hasDetails ? 'kind' : 'lone'}">${sheet.say((labels) => labels.methods[means.method])}</td>
    ${hasDetails ? html`<td>${details}</td>` : null}
    <td class="sum">${sheet.amount(means.amount)}</td>
  </tr> `;
}

function detailOf(detail: Markup, index: number): Markup {
  return html`<span class="detail"><span class="dot">${index === 0 ? '' : '· '}</span>${detail}</span> `;
}

/** Names of wallets and cards, the same in every language. */
function namesOf(means: Means, sheet: Sheet): Markup[] {
  return [
    ...known(means.wallet, (wallet) => sheet.text(sheet.labels.wallets[wallet] ?? wallet)),
    ...cardOf(means, sheet),
  ];
}

/** All else, in the words of a language. */
function detailsOf(means: Means, voice: Voice): Markup[] {
  const { labels, text, figure, day } = voice;
  return [
    ...dealOf(means, voice),
    ...known(means.check ?? null, (check) => checkOf(check, voice)).flat(),
    ...known(means.approvalNumber, (number) => pair(text(labels.approval), figure(number))),
    ...known(means.check?.dueDate ?? means.dueDate, (due) => pair(text(labels.dueDate), day(due))),
  ];
}

/** The brand as its owners write it, and the last digits, as one unit from left to right. */
function cardOf({ brand, last4 }: Means, { text }: Sheet): Markup[] {
  const parts = [
    ...known(brand, (name) => BRANDS[name.toLowerCase().replace(/[^a-z]/g, '')] ?? name),
    ...known(last4, (digits) => `•••• ${digits}`),
  ];
  return parts.length === 0 ? [] : [text(parts.join(' '))];
}

/** Vendors write them as codes: "visa", "american_express". What is not here is printed as it came. */
const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  isracard: 'Isracard',
  amex: 'American Express',
  americanexpress: 'American Express',
  diners: 'Diners Club',
  dinersclub: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  maestro: 'Maestro',
  unionpay: 'UnionPay',
};

/**
 * A cheque shows its number, bank and branch, which the law requires on a receipt, and its account.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
function checkOf(check: CheckDetails, { labels, text, figure }: Voice): Markup[] {
  const parts = ['number', 'bank', 'branch', 'account'] as const;
  return parts.map((part) => pair(text(labels.check[part]), figure(check[part])));
}

function dealOf({ dealType, installments, firstAmount, restAmount }: Means, voice: Voice): Markup[] {
  const { labels, text, figure, amount } = voice;
  const isNamed = dealType === 'credit' || dealType === 'deferred';
  const kind = isNamed ? [text(labels.deals[dealType])] : [];
  if (installments <= 1) return kind;
  if (firstAmount !== null && firstAmount === restAmount) {
    const each = html`${text(labels.equalInstalments)} ${amount(firstAmount)}`;
    return [...kind, pair(figure(String(installments)), each)];
  }
  return [
    ...kind,
    pair(text(labels.instalments), figure(String(installments))),
    ...known(firstAmount, (first) => pair(text(labels.firstInstalment), amount(first))),
    ...known(restAmount, (rest) => pair(text(labels.furtherInstalments), amount(rest))),
  ];
}

function known<T, M>(value: T | null, as: (value: T) => M): M[] {
  return value === null || value === '' ? [] : [as(value)];
}

/** A word and its figure, kept on one line. */
function pair(label: Markup, figure: Markup): Markup {
  return html`<span class="pair">${label} ${figure}</span>`;
}
