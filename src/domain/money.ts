/** Currencies a workspace may use. All have two decimals today, but code asks `exponentOf` and never uses the number 100. */
export const CURRENCIES = ['ILS', 'USD', 'EUR', 'GBP', 'CAD', 'AUD'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** An exact sum: `amount` is a safe integer in minor units (agorot, cents) of `currency`. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** Currencies of ISO 4217 whose minor unit has other than two decimals. */
const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const EXPONENTS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code) => [code, Number(exponent)] as const),
  ),
);

/** A sum that cannot be read exactly: not decimal text, too many decimals, or beyond 2^53−1 minor units. */
export class MoneyFormatError extends Error {
  override readonly name = 'MoneyFormatError';
}

/** Whether something is the code of a currency that we count in, in capital letters. */
export function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && (CURRENCIES as readonly string[]).includes(value);
}

/** Decimals of the currency's minor unit (ISO 4217). Vendors may tell of any currency, also of one that nobody knows. */
export function exponentOf(currency: string): number {
  return EXPONENTS.get(currency) ?? 2;
}

/**
 * Minor units as exact decimal text in major units: (35050, 2) → "350.50", (7, 3) → "0.007", (7, 0) → "7".
 * @throws MoneyFormatError when `minor` is not a safe integer
 */
export function toMajorText(minor: number, exponent: number): string {
  if (!Number.isSafeInteger(minor)) throw new MoneyFormatError(`${minor} is not an integer of minor units`);
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  const sign = minor < 0 ? '-' : '';
  return exponent === 0 ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** Minor units as a sentence for people names them: (35050, 'ILS') → "350.50 ILS". @throws MoneyFormatError */
export function toSumText(minor: number, currency: string): string {
  return `${toMajorText(minor, exponentOf(currency))} ${currency}`;
}

/**
 * Decimal text in major units as minor units, by string arithmetic: ("350.5", 2) → 35050.
 * Zeros past the exponent are accepted ("350.500"), any other digit there is refused: nothing is rounded silently.
 * @throws MoneyFormatError
 */
export function fromMajorText(text: string, exponent: number): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new MoneyFormatError(`"${text}" is not a decimal amount`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new MoneyFormatError(`"${text}" has more than ${exponent} decimals`);
  }
  const minor = Number(sign + whole + kept);
  if (!Number.isSafeInteger(minor)) throw new MoneyFormatError(`"${text}" is too large to be exact`);
  return minor === 0 ? 0 : minor;
}

/** A double keeps every decimal of up to 15 digits; with 16 digits, two neighbours may become equal. */
const MAX_EXACT_IN_DOUBLE = 999_999_999_999_999;

/**
 * A vendor's JSON number in major units, as minor units. Below 10^15 minor units, the shortest text of the parsed
 * double is the text that the vendor sent, so no float arithmetic is involved. Larger amounts are refused.
 * @throws MoneyFormatError
 */
export function fromMajorNumber(value: number, exponent: number): number {
  const text = value.toString();
  if (/e/i.test(text)) throw new MoneyFormatError(`${text} is out of range for an amount`);
  const minor = fromMajorText(text, exponent);
  if (Math.abs(minor) > MAX_EXACT_IN_DOUBLE) throw new MoneyFormatError(`${text} is too large to be exact`);
  return minor;
}

/** Sum of minor units. @throws MoneyFormatError if the sum, or a partial sum, exceeds 2^53−1 or is not an integer */
export function sumMinor(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => {
    const next = sum + amount;
    if (!Number.isSafeInteger(next))
      throw new MoneyFormatError('the sum is too large to be exact, or is not an integer');
    return next;
  }, 0);
}
