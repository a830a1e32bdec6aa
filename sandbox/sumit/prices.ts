import { divideRounded, minorDigits, toScaled } from '../decimal.ts';
import type { Fields } from '../ledger/records.ts';

const DIGITS = 4;
const SCALE = 10n ** BigInt(DIGITS);

/** Value of one unit in ten-thousandths of a shekel. SUMIT uses the rate of the day; here all days have the same. */
const RATES: Readonly<Record<string, bigint>> = {
  USD: 36_500n,
  EUR: 41_200n,
  CAD: 26_700n,
  GBP: 48_300n,
  AUD: 24_100n,
};

/**
 * The sum of a row in ten-thousandths of the currency of the document. The plain field is in shekels, whatever that
 * currency is; `DocumentCurrency_…` is in that currency. Null if neither or both are there, or there are too many
 * decimals.
 * Source: docs/reference/sumit.md, "Prices and currencies".
 */
export function toDocumentSum(row: Fields, name: string, currency: string): bigint | null {
  const own = row[`DocumentCurrency_${name}`];
  const shekels = toScaled(row[name], DIGITS);
  const rate = RATES[currency];
  if (rate === undefined) return own === undefined ? shekels : toScaled(own, DIGITS);
  if (own !== undefined) return row[name] === undefined ? toScaled(own, DIGITS) : null;
  return shekels === null ? null : divideRounded(shekels * SCALE, rate);
}

/** The same in minor units, rounded. */
export function toDocumentMinor(row: Fields, name: string, currency: string): number | null {
  const sum = toDocumentSum(row, name, currency);
  return sum === null ? null : Number(divideRounded(sum, 10n ** BigInt(DIGITS - minorDigits(currency))));
}

/** Minor units of the document's currency → agorot. */
export function toShekels(minor: number, currency: string): number {
  const rate = RATES[currency];
  return rate === undefined ? minor : Number(divideRounded(BigInt(minor) * rate, SCALE));
}
