import { sumMinor } from './money.ts';
import type { Item } from './payer.ts';
import { splitExclusive, splitInclusive } from './vat.ts';
import type { VatSplit, VatTreatment } from './vat.ts';

/** A printed line. `unitPrice` and `total` in minor units; with VAT inside when `pricesIncludeVat`. */
export interface DocumentLine {
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly total: number;
  readonly vatTreatment: VatTreatment;
  /** On a credit that names lines: the place of the line that it takes from; the first is 1. */
  readonly creditsLine?: number;
}

/** What was sold, as the app described it. */
interface PricedPayment {
  readonly description: string;
  readonly items: readonly Item[] | null;
  readonly vatIncluded: boolean;
  readonly vatTreatment: VatTreatment;
}

/**
 * The items if they add up to what was paid, else one line about all of it: lines must add up to their document.
 * @param amount what was really paid, minor units, VAT included
 */
export function linesOf(payment: PricedPayment, amount: number, rateBp: number): DocumentLine[] {
  const lines = (payment.items ?? []).map((item) => ({
    description: item.description,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    total: item.quantity * item.unitPrice,
    vatTreatment: item.vatTreatment ?? payment.vatTreatment,
  }));
  if (lines.length > 0 && payableFor(lines, payment.vatIncluded, rateBp) === amount) return lines;
  const shared = lines[0]?.vatTreatment ?? payment.vatTreatment;
  const vatTreatment = lines.every((line) => line.vatTreatment === shared) ? shared : payment.vatTreatment;
  const hasVatOnTop = !payment.vatIncluded && vatTreatment === 'standard';
  const total = hasVatOnTop ? splitInclusive(amount, rateBp).net : amount;
  return [{ description: payment.description, quantity: 1, unitPrice: total, total, vatTreatment }];
}

function payableFor(lines: readonly DocumentLine[], vatIncluded: boolean, rateBp: number): number {
  const all = sumMinor(lines.map((line) => line.total));
  if (vatIncluded) return all;
  const untaxed = untaxedIn(lines);
  return untaxed + splitExclusive(all - untaxed, rateBp).total;
}

/**
 * VAT is computed once, on the sum of the standard-rated lines, so there is one rounding. The rate is 0 if there are
 * no such lines. It stays if their VAT is less than half a minor unit.
 */
export function splitOf(amount: number, lines: readonly DocumentLine[], rateBp: number): VatSplit {
  const untaxed = untaxedIn(lines);
  const taxed = splitInclusive(amount - untaxed, rateBp);
  return { net: untaxed + taxed.net, vat: taxed.vat, total: amount, rateBp: amount === untaxed ? 0 : rateBp };
}

/** Sum of the lines that carry no VAT, minor units. */
export function untaxedIn(lines: readonly DocumentLine[]): number {
  return sumMinor(lines.filter((line) => line.vatTreatment !== 'standard').map((line) => line.total));
}
