const MINOR_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  JOD: 3,
  OMR: 3,
  TND: 3,
};

/** How many decimals the currency's minor unit has. Source: ISO 4217. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/**
 * The decimal that a JSON number or numeric text spells, times ten to the power of `digits`, or null when it is no
 * plain decimal or has more decimals than that. A JSON number is read by its shortest spelling, never multiplied.
 */
export function toScaled(value: unknown, digits: number): bigint | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits) return null;
  const magnitude = BigInt(whole + kept.padEnd(digits, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** Major units as a vendor sends them → integer minor units, or null when that cannot be done exactly. */
export function toMinor(value: unknown, currency: string): number | null {
  const scaled = toScaled(value, minorDigits(currency));
  if (scaled === null) return null;
  const minor = Number(scaled);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Integer minor units → major units as text with all decimals: 12990 → "129.90". */
export function toMajorText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Integer minor units → the JSON number a vendor answers: 12990 → 129.9. */
export const toMajor = (minor: number, currency: string): number => Number(toMajorText(minor, currency));

/** `numerator / denominator`, halves away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return numerator < 0n ? -((-numerator + half) / denominator) : (numerator + half) / denominator;
}
