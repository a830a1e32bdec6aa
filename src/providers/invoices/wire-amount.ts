import { exponentOf, fromMajorText, MoneyFormatError, toMajorText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';

/** A JSON number in major units that serialises as exactly the text it was made of. */
export type WireDecimal = object;

// Node has JSON.rawJSON since 22, TypeScript's library does not know it yet.
const json = JSON as unknown as { rawJSON(text: string): WireDecimal };

/** Minor units as a JSON number in major units whose digits never were a float: 35050 → 350.50. */
export function toWireDecimal(minor: number, currency: Currency): WireDecimal {
  return json.rawJSON(toMajorText(minor, exponentOf(currency)));
}

/**
 * Minor units of an amount that the service shows, or null where it shows none. One finer than the currency (VAT that
 * was never rounded) is read as it would be printed.
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
