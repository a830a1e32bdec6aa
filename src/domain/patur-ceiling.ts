import type { Day } from './calendar.ts';

/** Turnover of a tax year up to which a dealer may be an osek patur, agorot. Source: docs/reference/israel-tax.md, "Who issues what". */
const PATUR_CEILINGS: Readonly<Record<number, number>> = {
  2024: 12_000_000,
  2025: 12_000_000,
  2026: 12_283_300,
};

/** The ceiling of the tax year of a day; null for a year of which none is known. */
export const paturCeiling = (day: Day): number | null => PATUR_CEILINGS[Number(day.slice(0, 4))] ?? null;
