import { paidByLine } from '../../domain/credit-lines.ts';
import type { DocumentLine } from '../../domain/document-lines.ts';
import { sumMinor } from '../../domain/money.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import { splitExclusive, splitInclusive } from '../../domain/vat.ts';
import type { VatSplit } from '../../domain/vat.ts';

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
 * sums. Prices before VAT that miss the sum by their rounding become what was paid for each line, VAT included.
 * @throws ProviderError `rejected` if no prices come to them: the service would make a document of another sum
 */
export function exactLines(order: PricedOrder): Pick<PricedOrder, 'lines' | 'pricesIncludeVat'> {
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
  if (onTop.total === taxed && onTop.vat === split.vat) return { lines, pricesIncludeVat };
  return { lines: paidLines(order), pricesIncludeVat: true };
}

/** Each line with what was paid for it, VAT included, as one unit. */
export function paidLines({ split, lines, pricesIncludeVat }: PricedOrder): PricedLine[] {
  const paid = paidByLine({ split, content: { lines, pricesIncludeVat } });
  return lines.map((line, place) => {
    const total = paid[place] ?? 0;
    return { ...line, quantity: 1, unitPrice: total, total };
  });
}

const sumOf = (lines: readonly PricedLine[]): number => sumMinor(lines.map(({ total }) => total));

function wrongSum({ split: { total, vat } }: PricedOrder): ProviderError {
  return new ProviderError(
    'rejected',
    `lines: the service would not come to a total of ${total} with VAT of ${vat}, in minor units; create the document there by hand`,
  );
}
