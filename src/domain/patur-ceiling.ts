/**
 * Turnover of a tax year up to which a dealer may be an osek patur, agorot. Source: docs/reference/israel-tax.md, "Who issues what".
 * A new year is one line here.
 */
const PATUR_CEILINGS: Readonly<Record<number, number>> = {
  2024: 12_000_000,
  2025: 12_000_000,
  2026: 12_283_300,
};

/** A yearly ceiling in agorot. `ofYear` is an earlier year where that of the year itself is not known yet. */
export interface PaturCeiling {
  readonly amount: number;
  readonly ofYear: number;
}

/** The ceiling of a tax year, or the latest known one, which says its year; null before the first known year. */
export function paturCeiling(year: number): PaturCeiling | null {
  const ofYear = Math.max(
    ...Object.keys(PATUR_CEILINGS)
      .map(Number)
      .filter((known) => known <= year),
  );
  const amount = PATUR_CEILINGS[ofYear];
  return amount === undefined ? null : { amount, ofYear };
}

/** Percent of the ceiling at which an osek patur is told, lowest first. */
export const PATUR_STEPS = [80, 100] as const;
export type PaturStep = (typeof PATUR_STEPS)[number];

/** The steps that a turnover has reached. Both in the same minor units. */
export function stepsReached(turnover: number, ceiling: number): readonly PaturStep[] {
  return PATUR_STEPS.filter((step) => turnover * 100 >= ceiling * step);
}
