import type { Sql } from '../db/pool.ts';
import { sumRevenue } from '../db/report-sums.ts';
import { listTaxProfiles } from '../db/tax-profiles.ts';
import { dayAfter, fiscalYearOf } from '../domain/calendar.ts';
import type { Day } from '../domain/calendar.ts';
import { sumMinor } from '../domain/money.ts';
import { paturCeiling } from '../domain/patur-ceiling.ts';
import { profileOn } from '../domain/tax-document.ts';

/** What an osek patur has turned over in a tax year, beside its ceiling. Agorot; the share in basis points. */
export interface PaturTurnover {
  readonly year: number;
  readonly turnover: number;
  /** Null in years before the first known ceiling. */
  readonly ceiling: number | null;
  /** The year whose ceiling it is: an earlier one where that of `year` is not known yet. */
  readonly ceilingYear: number | null;
  /** Rounded down, so that 100 % is never shown too early. */
  readonly shareBp: number | null;
}

/**
 * The turnover in shekels from the beginning of a tax year through a day of it: documents by their date, credits taken off.
 * Null where the business is no osek patur on that day.
 */
export async function readPaturTurnover(
  tx: Sql,
  workspaceId: string,
  through: Day,
): Promise<PaturTurnover | null> {
  const profiles = await listTaxProfiles(tx, workspaceId);
  const isBorn = profiles.some(({ validFrom }) => validFrom <= through);
  if (!isBorn || profileOn(profiles, through).dealerType !== 'osek_patur') return null;
  const year = fiscalYearOf(through);
  const range = { from: `${year}-01-01`, to: dayAfter(through) };
  const sums = await sumRevenue(tx, { workspaceId, currency: 'ILS', ...range });
  const turnover = sumMinor(sums.map(({ gross, refunds }) => gross - refunds));
  const { amount = null, ofYear = null } = paturCeiling(year) ?? {};
  const shareBp = amount === null ? null : Math.floor((turnover * 10_000) / amount);
  return { year, turnover, ceiling: amount, ceilingYear: ofYear, shareBp };
}
