import type { OpenSum } from '../db/report-sums.ts';
import { sumMinor } from '../domain/money.ts';

/** Where a group of ages begins, whole days since the payment was created. */
export const AGE_STEPS = [0, 1, 7, 30, 90] as const;

/** Open links of one currency. Amounts in minor units. */
export interface OpenLinks {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
  readonly oldest: Date;
  readonly newest: Date;
  readonly byAge: readonly AgeGroup[];
}

/** `toDays` is the first day that is not in the group; null for the last one. */
export interface AgeGroup {
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly count: number;
  readonly amount: number;
}

/** Every age has a group, also with nothing in it. */
export function outstandingReport(sums: readonly OpenSum[]): readonly OpenLinks[] {
  return [...Map.groupBy(sums, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    count: sumMinor(own.map(({ count }) => count)),
    amount: sumMinor(own.map(({ amount }) => amount)),
    oldest: new Date(Math.min(...own.map(({ oldest }) => oldest.getTime()))),
    newest: new Date(Math.max(...own.map(({ newest }) => newest.getTime()))),
    byAge: AGE_STEPS.map((fromDays, index) => {
      const { count = 0, amount = 0 } = own.find((one) => one.fromDays === fromDays) ?? {};
      return { fromDays, toDays: AGE_STEPS[index + 1] ?? null, count, amount };
    }),
  }));
}
