import type { Day } from '../../domain/calendar.ts';
import { paidByLine } from '../../domain/credit-lines.ts';
import type { DocumentLine } from '../../domain/document-lines.ts';
import { exponentOf, sumMinor, toMajorText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import { isExactPrice } from '../../domain/quantity.ts';
import { israeliVatRateBp, splitExclusive, splitInclusive } from '../../domain/vat.ts';
import type { VatSplit } from '../../domain/vat.ts';
import type { Locale } from '../../domain/workspace.ts';

/** A line of a document, with the text that a service may know. */
export type PricedLine = Omit<DocumentLine, 'creditsLine'>;

/** The lines of a document and what they come to. */
export interface PricedOrder {
  readonly split: VatSplit;
  readonly lines: readonly PricedLine[];
  readonly pricesIncludeVat: boolean;
}

/** Whether a line bears VAT on this document. */
export function bearsVat({ split }: Pick<PricedOrder, 'split'>, line: PricedLine): boolean {
  return split.rateBp > 0 && line.vatTreatment === 'standard';
}

/** Whether some lines have VAT and others have none. */
export function hasMixedVat(order: PricedOrder): boolean {
  return new Set(order.lines.map((line) => bearsVat(order, line))).size > 1;
}

/**
 * The lines in prices from which a service that adds up lines of one kind, and rounds VAT once, comes to exactly our
 * sums. Prices before VAT that miss the sum by their rounding become what was paid for each line, VAT included. So do
 * prices at another rate than that of `day`, such as in a credit of last year's document. The service adds VAT at the
 * rate of the day.
 * @param day date of the document at the service
 * @throws ProviderError `rejected` if no prices come to them: the service would make a document of another sum
 */
export function exactLines(order: PricedOrder, day: Day): Pick<PricedOrder, 'lines' | 'pricesIncludeVat'> {
  const { lines, pricesIncludeVat, split } = order;
  const taxed = split.total - sumOf(lines.filter((line) => !bearsVat(order, line)));
  const prices = sumOf(lines.filter((line) => bearsVat(order, line)));
  const inclusive = splitInclusive(taxed, split.rateBp);
  if (inclusive.vat !== split.vat) throw wrongSum(order);
  if (pricesIncludeVat) {
    if (prices !== taxed) throw wrongSum(order);
    return { lines, pricesIncludeVat };
  }
  const onTop = splitExclusive(prices, split.rateBp);
  const isOfItsDay = split.rateBp === 0 || split.rateBp === israeliVatRateBp(day);
  if (isOfItsDay && onTop.total === taxed && onTop.vat === split.vat) return { lines, pricesIncludeVat };
  return { lines: paidLines(order), pricesIncludeVat: true };
}

/**
 * A line for a service that multiplies quantity and price. Where that comes to another sum, by a discount or by
 * rounding, the line is one unit at its own sum. Its text then says of what.
 */
export function asUnits(
  line: PricedLine,
  { locale, currency }: { readonly locale: Locale; readonly currency: Currency },
): PricedLine {
  const { description, quantity, unitPrice, discount = 0, documentDiscount = 0, total, vatTreatment } = line;
  if (isExactPrice(quantity, unitPrice, total)) return line;
  const money = (minor: number): string => toMajorText(minor, exponentOf(currency));
  const less = discount + documentDiscount;
  const discounted = less === 0 ? '' : `, ${DISCOUNT[locale]} ${money(less)}`;
  const said = `${description} (${quantity} × ${money(unitPrice)}${discounted})`;
  return { description: said, quantity: 1, unitPrice: total, total, vatTreatment };
}

const DISCOUNT: Readonly<Record<Locale, string>> = { he: 'הנחה', en: 'discount' };

/** Each line with what was paid for it, VAT included, as one unit. */
export function paidLines({ split, lines, pricesIncludeVat }: PricedOrder): PricedLine[] {
  const paid = paidByLine({ split, content: { lines, pricesIncludeVat } });
  return lines.map(({ description, vatTreatment }, place) => {
    const total = paid[place] ?? 0;
    return { description, quantity: 1, unitPrice: total, total, vatTreatment };
  });
}

const sumOf = (lines: readonly PricedLine[]): number => sumMinor(lines.map(({ total }) => total));

function wrongSum({ split: { total, vat } }: PricedOrder): ProviderError {
  return new ProviderError(
    'rejected',
    `lines: the service would not come to a total of ${total} with VAT of ${vat}, in minor units; create the document there by hand`,
  );
}
