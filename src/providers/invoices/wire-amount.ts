import { exponentOf, fromMajorText, MoneyFormatError, toMajorText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';

/** A JSON number in major units that is written exactly as the text it was made from. */
export type WireDecimal = object;

// Node has JSON.rawJSON since version 22; TypeScript's library does not know it yet.
const json = JSON as unknown as { rawJSON(text: string): WireDecimal };

/** Minor units as a JSON number in major units, without a float on the way: 35050 → 350.50. */
export function toWireDecimal(minor: number, currency: Currency): WireDecimal {
  return json.rawJSON(toMajorText(minor, exponentOf(currency)));
}

/**
 * The amount of the service in minor units, or null if it shows none. An amount with more decimals than the currency
 * (unrounded VAT) is rounded as it would be printed.
 */
export function fromWireAmount(amount: number | null | undefined, currency: Currency): number | null {
  if (amount === null || amount === undefined) return null;
  const exponent = exponentOf(currency);
  try {
    return fromMajorText(amount.toFixed(exponent), exponent);
  } catch (error) {
    if (error instanceof MoneyFormatError) return null;
    throw error;
  }
}
