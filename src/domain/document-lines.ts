import { sumMinor } from './money.ts';
import type { Item } from './payer.ts';
import { priceOf } from './quantity.ts';
import { splitExclusive, splitInclusive } from './vat.ts';
import type { VatSplit, VatTreatment } from './vat.ts';

/**
 * A printed line. Sums in minor units; with VAT inside when `pricesIncludeVat`. `total` is quantity × `unitPrice`, rounded half up,
 * less both discounts, so that the lines add up to their document.
 */
export interface DocumentLine {
  readonly description: string;
  /** Up to four decimals. */
  readonly quantity: number;
  readonly unitPrice: number;
  /** The line's own discount, if it has one. */
  readonly discount?: number;
  /** Its share of the discount of the whole document, if there is one. */
  readonly documentDiscount?: number;
  readonly total: number;
  readonly vatTreatment: VatTreatment;
  /** On a credit that names lines: the place of the line that it takes from; the first is 1. */
  readonly creditsLine?: number;
}

/** What was sold, as the app described it. */
interface PricedPayment {
  readonly description: string;
  readonly items: readonly Item[] | null;
  /** Of all items together, minor units. */
  readonly discount?: number;
  readonly vatIncluded: boolean;
  readonly vatTreatment: VatTreatment;
}

/**
 * The items if they add up to what was paid, else one line about all of it: lines must add up to their document.
 * @param amount what was really paid, minor units, VAT included
 */
export function linesOf(payment: PricedPayment, amount: number, rateBp: number): DocumentLine[] {
  const lines = pricedLines(payment.items ?? [], payment);
  if (lines.length > 0 && payableFor(lines, payment.vatIncluded, rateBp) === amount) return lines;
  const shared = lines[0]?.vatTreatment ?? payment.vatTreatment;
  const vatTreatment = lines.every((line) => line.vatTreatment === shared) ? shared : payment.vatTreatment;
  const hasVatOnTop = !payment.vatIncluded && vatTreatment === 'standard';
  const total = hasVatOnTop ? splitInclusive(amount, rateBp).net : amount;
  return [{ description: payment.description, quantity: 1, unitPrice: total, total, vatTreatment }];
}

/**
 * Items with their totals. The discount of the document is shared by the lines in proportion to what they come to, whatever
 * their VAT; none takes more than its line, and together they are exactly the discount.
 */
export function pricedLines(
  items: readonly Item[],
  { discount = 0, vatTreatment }: Pick<PricedPayment, 'discount' | 'vatTreatment'>,
): DocumentLine[] {
  const totals = items.map((item) => Number(priceOf(item.quantity, item.unitPrice)) - (item.discount ?? 0));
  const shares = shareOut(discount, totals);
  return items.map((item, place) => {
    const share = shares[place] ?? 0;
    return {
      description: item.description,
      quantity: item.quantity,
      unitPrice: item.unitPrice,
      ...(item.discount ? { discount: item.discount } : {}),
      ...(share > 0 ? { documentDiscount: share } : {}),
      total: (totals[place] ?? 0) - share,
      vatTreatment: item.vatTreatment ?? vatTreatment,
    };
  });
}

/** Whole parts of a sum in proportion to weights; each is its share rounded down or up, and they add up to the sum. */
export function shareOut(sum: number, weights: readonly number[]): number[] {
  const whole = BigInt(sumMinor(weights));
  let before = 0n;
  return weights.map((weight) => {
    const upTo = before + BigInt(weight);
    const share = whole === 0n ? 0n : (BigInt(sum) * upTo) / whole - (BigInt(sum) * before) / whole;
    before = upTo;
    return Number(share);
  });
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
