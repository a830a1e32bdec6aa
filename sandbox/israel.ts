import { divideRounded } from './decimal.ts';

/** VAT in basis points from that day on, newest first. Source: docs/reference/israel-tax.md, "VAT rate". */
const VAT_RATES: readonly (readonly [string, number])[] = [
  ['2025-01-01', 1800],
  ['0000-00-00', 1700],
];

/** Net amount in agorot, by first day, up to which a tax invoice to a dealer needs no allocation number. */
const ALLOCATION_THRESHOLDS: readonly (readonly [string, number])[] = [
  ['2026-06-01', 500_000],
  ['2026-01-01', 1_000_000],
  ['2025-01-01', 2_000_000],
  ['2024-05-05', 2_500_000],
  ['0000-00-00', Number.MAX_SAFE_INTEGER],
];

/** The VAT rate in basis points on `day` (YYYY-MM-DD). */
export const vatRateOn = (day: string): number => inForce(VAT_RATES, day);

/** The allocation threshold before VAT, in agorot, on `day` (YYYY-MM-DD). */
export const allocationThresholdOn = (day: string): number => inForce(ALLOCATION_THRESHOLDS, day);

/** The VAT inside a gross amount of minor units. */
export const vatWithin = (gross: bigint, rateBp: number): bigint =>
  divideRounded(gross * BigInt(rateBp), BigInt(10_000 + rateBp));

/** Created once, because creating one takes longer than the rest of an answer. */
const STAMP = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Jerusalem',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `YYYY-MM-DD HH:MM:SS` in Israel, the format without a zone that Israeli vendors use. */
export function israelStamp(instant: Date): string {
  return STAMP.format(instant);
}

/** YYYY-MM-DD in Israel. */
export const israelDay = (instant: Date): string => israelStamp(instant).slice(0, 10);

function inForce(table: readonly (readonly [string, number])[], day: string): number {
  const row = table.find(([from]) => from <= day);
  if (row === undefined) throw new Error(`no row of the dated table covers ${day}; add one`);
  return row[1];
}
