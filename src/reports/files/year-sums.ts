import type { MonthSum } from '../../db/year-rows.ts';
import { sumMinor } from '../../domain/money.ts';
import { readPaturTurnover } from '../patur-turnover.ts';
import type { PaturTurnover } from '../patur-turnover.ts';
import { periodsIn } from '../periods.ts';
import type { DayRange } from '../periods.ts';
import { byTreatment } from './documents.ts';
import type { Source } from './source.ts';

/** Sums of a month, minor units, credits taken off; these stand beside, negative. */
export interface YearMonth {
  readonly month: string;
  readonly count: number;
  readonly taxable: number;
  readonly zeroRated: number;
  readonly exempt: number;
  readonly vat: number;
  readonly total: number;
  readonly creditsNet: number;
  readonly creditsVat: number;
}

/** Every month of the range, also one in which nothing happened. */
export function toYearMonths(sums: readonly MonthSum[], range: DayRange): readonly YearMonth[] {
  const byMonth = Map.groupBy(sums, ({ month }) => month);
  return periodsIn(range, 'month').map((month) => {
    const own = byMonth.get(month) ?? [];
    const credits = own.filter(({ isCredit }) => isCredit);
    const sum = (of: (one: MonthSum) => number): number =>
      sumMinor(own.map((one) => (one.isCredit ? 0 - of(one) : of(one))));
    return {
      month,
      count: sumMinor(own.map(({ count }) => count)),
      taxable: sum((one) => byTreatment(one).taxable),
      zeroRated: sum((one) => one.zeroRated),
      exempt: sum((one) => byTreatment(one).exempt),
      vat: sum((one) => one.vat),
      total: sum((one) => one.total),
      creditsNet: 0 - sumMinor(credits.map(({ net }) => net)),
      creditsVat: 0 - sumMinor(credits.map(({ vat }) => vat)),
    };
  });
}

/** Income of the whole range by how VAT treats it, minor units before VAT. */
export interface Account {
  readonly account: 'taxable' | 'zeroRated' | 'exempt';
  readonly amount: number;
}

/** Adds up the months, minor units before VAT. */
export function toAccounts(months: readonly YearMonth[]): readonly Account[] {
  return (['taxable', 'zeroRated', 'exempt'] as const).map((account) => ({
    account,
    amount: sumMinor(months.map((month) => month[account])),
  }));
}

/** The turnover of each year at whose end the business was an osek patur. Only sums in shekels have a ceiling. */
export async function readTurnovers({ tx, workspace, order }: Source): Promise<readonly PaturTurnover[]> {
  if (order.currency !== 'ILS') return [];
  const turnovers: PaturTurnover[] = [];
  for (const year of periodsIn(order, 'year')) {
    const turnover = await readPaturTurnover(tx, workspace.id, `${year}-12-31`);
    if (turnover !== null) turnovers.push(turnover);
  }
  return turnovers;
}
