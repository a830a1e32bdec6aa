import type { CheckDetails, Means } from '../../domain/means.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Sheet } from './sheet.ts';

/** How the money was paid or refunded: one row for each means. */
export function meansSection(sheet: Sheet): Markup {
  const { say, document } = sheet;
  const isReturned = document.content.credits !== undefined;
  return html`<section class="means">
    <h2>${say(({ moneyHeading }) => (isReturned ? moneyHeading.returned : moneyHeading.received))}</h2>
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col" class="kind">${say((labels) => labels.means)}</th>
          <th scope="col">${say((labels) => labels.details)}</th>
          <th scope="col" class="sum">${say((labels) => labels.amount)}</th>
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
    <td class="kind">${sheet.say((labels) => labels.methods[means.method])}</td>
    <td>${details}</td>
    <td class="sum">${sheet.amount(means.amount)}</td>
  </tr> `;
}

function detailsOf(means: Means, sheet: Sheet): Markup[] {
  const { say, text, figure, day } = sheet;
  return [
    ...known(means.wallet, (wallet) => say(({ wallets }) => wallets[wallet] ?? wallet)),
    ...known(means.brand, text),
    ...known(means.last4, (digits) => figure(`•••• ${digits}`)),
    ...dealOf(means, sheet),
    ...known(means.check ?? null, (check) => checkOf(check, sheet)).flat(),
    ...known(means.approvalNumber, (number) =>
      pair(
        say(({ approval }) => approval),
        figure(number),
      ),
    ),
    ...known(means.check?.dueDate ?? means.dueDate, (due) =>
      pair(
        say(({ dueDate }) => dueDate),
        day(due),
      ),
    ),
  ];
}

/**
 * A cheque shows its number, bank and branch, which the law requires on a receipt, and its account.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
function checkOf(check: CheckDetails, { say, figure }: Sheet): Markup[] {
  const parts = ['number', 'bank', 'branch', 'account'] as const;
  return parts.map((part) =>
    pair(
      say((labels) => labels.check[part]),
      figure(check[part]),
    ),
  );
}

function dealOf({ dealType, installments, firstAmount, restAmount }: Means, sheet: Sheet): Markup[] {
  const { say, figure, amount } = sheet;
  const isNamed = dealType === 'credit' || dealType === 'deferred';
  const kind = isNamed ? [say(({ deals }) => deals[dealType])] : [];
  if (installments <= 1) return kind;
  return [
    ...kind,
    pair(
      say((labels) => labels.instalments),
      figure(String(installments)),
    ),
    ...known(firstAmount, (first) =>
      pair(
        say((labels) => labels.firstInstalment),
        amount(first),
      ),
    ),
    ...known(restAmount, (rest) =>
      pair(
        say((labels) => labels.furtherInstalments),
        amount(rest),
      ),
    ),
  ];
}

function known<T, M>(value: T | null, as: (value: T) => M): M[] {
  return value === null || value === '' ? [] : [as(value)];
}

/** A word and its figure, kept on one line. */
function pair(label: Markup, figure: Markup): Markup {
  return html`<span class="pair">${label} ${figure}</span>`;
}
