import { sumMinor } from './money.ts';

/** The three amounts of a document, minor units. Always `net + vat === total`. `rateBp` is in basis points (18 % = 1800). */
export interface VatSplit {
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly rateBp: number;
}

/** How VAT treats a sale. */
export const VAT_TREATMENTS = ['standard', 'zero_rated', 'exempt'] as const;
export type VatTreatment = (typeof VAT_TREATMENTS)[number];

const BASIS = 10_000n;

/** Israeli VAT by first day of validity, newest first. Source: docs/reference/israel-tax.md, "VAT rate". */
const IL_RATES: readonly { from: string; rateBp: number }[] = [
  { from: '2025-01-01', rateBp: 1800 },
  { from: '2015-10-01', rateBp: 1700 },
];

/**
 * Israeli standard rate on a tax point.
 * @param day YYYY-MM-DD in the workspace's time zone
 * @throws RangeError before the table begins: a guess would be a wrong document
 */
export function israeliVatRateBp(day: string): number {
  const row = IL_RATES.find((rate) => rate.from <= day);
  if (!row) throw new RangeError(`no VAT rate is known for ${day}; the table begins on 2015-10-01`);
  return row.rateBp;
}

/** Splits a VAT-inclusive total: net = round-half-up(total / (1 + rate)). */
export function splitInclusive(total: number, rateBp: number): VatSplit {
  const divisor = BASIS + BigInt(rateBp);
  const net = Number(divideHalfUp(BigInt(total) * BASIS, divisor));
  return { net, vat: total - net, total, rateBp };
}

/** Adds VAT to a net amount: vat = round-half-up(net × rate). @throws MoneyFormatError when the total is beyond 2^53−1 */
export function splitExclusive(net: number, rateBp: number): VatSplit {
  const vat = Number(divideHalfUp(BigInt(net) * BigInt(rateBp), BASIS));
  return { net, vat, total: sumMinor([net, vat]), rateBp };
}

/** Half-up division of a non-negative numerator. */
function divideHalfUp(numerator: bigint, divisor: bigint): bigint {
  return (numerator * 2n + divisor) / (divisor * 2n);
}
