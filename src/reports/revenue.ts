import type { RevenueSum } from '../db/report-sums.ts';
import { sumMinor } from '../domain/money.ts';
import { periodOf, periodsIn } from './periods.ts';
import type { DayRange, PeriodKind } from './periods.ts';

/**
 * Sums of documents in minor units. `gross` = `net` + `vat` of the documents of sales; a document that takes a credit
 * back is one of them. `refunds` is the sum of the credit documents and is not taken off `gross`.
 */
export interface Revenue {
  readonly gross: number;
  readonly net: number;
  readonly vat: number;
  readonly refunds: number;
  /** Documents of sales. */
  readonly count: number;
}

/** A part of the revenue. `shareBp`: its share of the gross, in basis points. `average`: gross a document, minor units. */
export interface RevenuePart extends Revenue {
  readonly shareBp: number;
  readonly average: number;
}

/** The revenue of one period, also by way to pay and by provider. Amounts in minor units. */
export interface RevenuePeriod extends Revenue {
  readonly period: string;
  readonly byMethod: Readonly<Record<string, RevenuePart>>;
  readonly byProvider: Readonly<Record<string, RevenuePart>>;
}

/** The revenue of a range: as a whole, and by period. */
export interface RevenueReport {
  readonly totals: Omit<RevenuePeriod, 'period'>;
  readonly periods: readonly RevenuePeriod[];
}

/** Adds up the sums of days. A period without documents has zeros. */
export function revenueReport(
  sums: readonly RevenueSum[],
  range: DayRange,
  groupBy: PeriodKind,
): RevenueReport {
  const byPeriod = Map.groupBy(sums, ({ day }) => periodOf(day, groupBy));
  const periods = periodsIn(range, groupBy).map((period) => ({
    period,
    ...toTotals(byPeriod.get(period) ?? []),
  }));
  return { totals: toTotals(sums), periods };
}

function toTotals(sums: readonly RevenueSum[]): Omit<RevenuePeriod, 'period'> {
  const all = add(sums);
  return {
    ...all,
    byMethod: toParts(sums, all.gross, ({ method }) => method ?? 'other'),
    byProvider: toParts(sums, all.gross, ({ provider }) => provider),
  };
}

function add(sums: readonly RevenueSum[]): Revenue {
  const of = (key: keyof Revenue): number => sumMinor(sums.map((one) => one[key]));
  return { gross: of('gross'), net: of('net'), vat: of('vat'), refunds: of('refunds'), count: of('count') };
}

function toParts(
  sums: readonly RevenueSum[],
  gross: number,
  nameOf: (sum: RevenueSum) => string,
): Readonly<Record<string, RevenuePart>> {
  const parts = [...Map.groupBy(sums, nameOf)].map(([name, own]) => {
    const part = add(own);
    const shareBp = divideHalfUp(BigInt(part.gross) * 10_000n, gross);
    return [name, { ...part, shareBp, average: divideHalfUp(BigInt(part.gross), part.count) }] as const;
  });
  return Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** 0 where there is nothing to divide by. */
function divideHalfUp(numerator: bigint, divisor: number): number {
  if (divisor === 0) return 0;
  return Number((numerator * 2n + BigInt(divisor)) / (BigInt(divisor) * 2n));
}
