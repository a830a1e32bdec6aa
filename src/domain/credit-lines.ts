import type { DocumentContent } from './document-content.ts';
import { shareOut, untaxedIn } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import { sumMinor } from './money.ts';
import type { FieldProblem } from './problems.ts';
import { unitPriceOf } from './quantity.ts';
import { mayIssueTaxInvoice } from './tax-document.ts';
import type { VatSplit } from './vat.ts';

/** A part of a line that is credited. */
export interface CreditItem {
  /** The place of the line on the credited document; the first is 1. */
  readonly line: number;
  /** How many of its units; the credit then shows their price. */
  readonly quantity?: number | undefined;
  /** What was paid for it, VAT included, minor units. */
  readonly amount: number;
}

/** A document, as far as its lines go. */
export interface LinedDocument {
  readonly split: VatSplit;
  readonly content: Pick<DocumentContent, 'lines' | 'pricesIncludeVat' | 'issuer' | 'ils'>;
}

/**
 * Whether a partial credit must name its lines: the document has lines of several VAT treatments, so a bare sum does
 * not say how much VAT goes back. A dealer without VAT has no such documents.
 */
export function hasMixedLines({ content: { lines, issuer } }: LinedDocument): boolean {
  return mayIssueTaxInvoice(issuer) && new Set(lines.map(({ vatTreatment }) => vatTreatment)).size > 1;
}

/**
 * What was paid for each line, VAT included, minor units. They add up to the document. VAT on top of the prices is
 * shared by the lines in proportion.
 */
export function paidByLine({
  split,
  content: { lines, pricesIncludeVat },
}: {
  readonly split: VatSplit;
  readonly content: Pick<DocumentContent, 'lines' | 'pricesIncludeVat'>;
}): number[] {
  if (pricesIncludeVat) return lines.map(({ total }) => total);
  const isTaxed = ({ vatTreatment }: DocumentLine): boolean => vatTreatment === 'standard';
  const gross = split.total - untaxedIn(lines);
  const shares = shareOut(
    gross,
    lines.map((line) => (isTaxed(line) ? line.total : 0)),
  );
  return lines.map((line, place) => (isTaxed(line) ? (shares[place] ?? 0) : line.total));
}

/**
 * What the earlier credits left of each line, VAT included, minor units. The lines of one VAT treatment add up to what is
 * left of it; without mixed VAT all lines do. A credit that names no lines takes from the last ones.
 */
export function leftByLine(original: LinedDocument, earlier: readonly LinedDocument[]): number[] {
  const { lines } = original.content;
  const paid = paidByLine(original);
  const credited = earlier.flatMap(creditedLines);
  const isMixed = hasMixedLines(original);
  const groupOf = ({ vatTreatment }: Pick<DocumentLine, 'vatTreatment'>) => (isMixed ? vatTreatment : 'all');
  const leftOf = new Map(
    lines.map((line) => {
      const group = groupOf(line);
      const all = paid.filter((_, place) => groupOf(lines[place] ?? line) === group);
      const gone = credited.filter((credit) => groupOf(credit) === group);
      return [group, sumMinor(all) - sumMinor(gone.map(({ amount }) => amount))] as const;
    }),
  );
  return lines.map((line, place) => {
    const named = credited.filter((credit) => credit.line === place + 1);
    const own = (paid[place] ?? 0) - sumMinor(named.map(({ amount }) => amount));
    const group = groupOf(line);
    const left = Math.max(0, Math.min(own, leftOf.get(group) ?? 0));
    leftOf.set(group, (leftOf.get(group) ?? 0) - left);
    return left;
  });
}

function creditedLines(credit: LinedDocument) {
  const amounts = paidByLine(credit);
  return credit.content.lines.map(({ vatTreatment, creditsLine }, place) => ({
    line: creditsLine ?? null,
    vatTreatment,
    amount: amounts[place] ?? 0,
  }));
}

/** All that is left, line by line. */
export function restOf(left: readonly number[]): CreditItem[] {
  return left.map((amount, place) => ({ line: place + 1, amount })).filter(({ amount }) => amount > 0);
}

/** What is wrong with the lines of a credit of `amount`; null if they are right. `left`: what is left of each line. */
export function faultOfItems(
  { content: { lines } }: LinedDocument,
  left: readonly number[],
  items: readonly CreditItem[],
  amount: number,
): FieldProblem | null {
  for (const [place, item] of items.entries()) {
    const at = `#/items/${place}`;
    const line = lines[item.line - 1];
    const rest = left[item.line - 1] ?? 0;
    if (line === undefined)
      return { pointer: `${at}/line`, detail: `must be a line of the document, 1 to ${lines.length}` };
    if (items.findIndex((other) => other.line === item.line) < place)
      return { pointer: `${at}/line`, detail: `names line ${item.line} again: name each line once` };
    if (item.amount > rest)
      return {
        pointer: `${at}/amount`,
        detail: `must be ${rest} at most, what is left of line ${item.line}`,
      };
    const { quantity = 1 } = item;
    if (quantity > line.quantity)
      return { pointer: `${at}/quantity`, detail: `must be ${line.quantity} at most, as on the document` };
    if (unitPriceOf(item.amount, quantity) === null)
      return { pointer: `${at}/quantity`, detail: 'must divide the amount into whole minor units' };
  }
  const sum = items.reduce((all, item) => all + BigInt(item.amount), 0n);
  if (sum === BigInt(amount)) return null;
  return { pointer: '#/items', detail: `the amounts must add up to ${amount}, what goes back` };
}
