import { divideRounded, minorDigits, toScaled } from '../decimal.ts';
import type { Fields } from '../ledger/records.ts';

/** Maximum decimals of the price and the quantity of an item. */
const DIGITS = 6;

/** Price times quantity of one item, in minor units, rounded once. */
export function itemTotal({ price, quantity }: Fields, currency: string): number {
  const product = (toScaled(price, DIGITS) ?? 0n) * (toScaled(quantity, DIGITS) ?? 0n);
  return Number(divideRounded(product, 10n ** BigInt(2 * DIGITS - minorDigits(currency))));
}
