import { sumVatDays } from '../../db/vat-rows.ts';
import type { VatDay, VatOf, VatRow } from '../../db/vat-rows.ts';
import { exponentOf, sumMinor } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { REPORTED_FROM_DAY } from '../../domain/workspace.ts';
import { periodOf, periodsIn } from '../periods.ts';
import type { PeriodKind } from '../periods.ts';
import { byTreatment, signed } from './documents.ts';
import type { Source } from './source.ts';

/**
 * Sums of a period and rate, minor units, credits taken off. Credits that the customer did not confirm, and documents of an
 * earlier period, stand apart from the figures of the return.
 */
export interface VatLine {
  readonly period: string;
  readonly rateBp: number;
  readonly taxable: number;
  readonly vat: number;
  readonly zeroRated: number;
  readonly exempt: number;
  /** Credits that are taken off above: negative. */
  readonly confirmedNet: number;
  readonly confirmedVat: number;
  /** Negative. */
  readonly unconfirmedNet: number;
  readonly unconfirmedVat: number;
  readonly lateNet: number;
  readonly lateVat: number;
  /** Tax that customers withheld from what is counted. */
  readonly withheld: number;
  /** Documents that wait for their allocation number. */
  readonly waiting: number;
}

const SUMS = [
  'taxable',
  'vat',
  'zeroRated',
  'exempt',
  'confirmedNet',
  'confirmedVat',
  'unconfirmedNet',
  'unconfirmedVat',
  'lateNet',
  'lateVat',
  'withheld',
  'waiting',
] as const satisfies readonly (keyof VatLine)[];
/** A document, or many, in the columns of the return. */
export type Sums = Pick<VatLine, (typeof SUMS)[number]>;

/** A line for each period and rate; a period without documents has one line of zeros. */
export async function readVatLines(source: Source): Promise<readonly VatLine[]> {
  const { tx, order } = source;
  const kind = periodKind(order);
  const byPeriod = Map.groupBy(await sumVatDays(tx, vatOf(source)), ({ day }) => periodOf(day, kind));
  return periodsIn(order, kind).flatMap((period) => {
    const byRate = Map.groupBy(byPeriod.get(period) ?? [], ({ rateBp }) => rateBp);
    if (byRate.size === 0) return [{ period, rateBp: 0, ...addUp([]) }];
    return [...byRate]
      .sort(([one], [other]) => other - one)
      .map(([rateBp, days]) => ({ period, rateBp, ...addUp(days) }));
  });
}

/** How long the periods of the return are: a month unless the order says two. */
export const periodKind = ({ options }: Source['order']): PeriodKind =>
  options.months === 2 ? 'two_months' : 'month';

/** The order's question to `db`: whose documents, of which days, and how VAT is reported. */
export const vatOf = ({ workspace, order }: Source): VatOf => ({
  workspaceId: workspace.id,
  timeZone: workspace.timeZone,
  currency: order.currency,
  from: order.from,
  to: order.to,
  months: order.options.months ?? 1,
  reportedFromDay: workspace.vatReturn?.reportedFromDay ?? REPORTED_FROM_DAY,
});

function addUp(days: readonly VatDay[]): Sums {
  const parts = days.map((day) => ({ ...partsOf(day), waiting: day.waiting }));
  return Object.fromEntries(
    SUMS.map((name) => [name, sumMinor(parts.map((part) => part[name]))]),
  ) as unknown as Sums;
}

/** A document, or a sum of like ones, in the columns of the return. */
export function partsOf(
  row: Pick<
    VatRow,
    'part' | 'isCredit' | 'isConfirmed' | 'net' | 'vat' | 'zeroRated' | 'exempt' | 'rateBp' | 'withheld'
  >,
) {
  const when = (holds: boolean, sum: number): number => (holds ? signed({ isCredit: row.isCredit }, sum) : 0);
  const isCounted = row.part === 'counted';
  const { taxable, zeroRated, exempt } = byTreatment(row);
  return {
    taxable: when(isCounted, taxable),
    vat: when(isCounted, row.vat),
    zeroRated: when(isCounted, zeroRated),
    exempt: when(isCounted, exempt),
    confirmedNet: when(isCounted && row.isConfirmed, row.net),
    confirmedVat: when(isCounted && row.isConfirmed, row.vat),
    unconfirmedNet: when(row.part === 'unconfirmed', row.net),
    unconfirmedVat: when(row.part === 'unconfirmed', row.vat),
    lateNet: when(row.part === 'late', row.net),
    lateVat: when(row.part === 'late', row.vat),
    withheld: when(isCounted, row.withheld),
  };
}

/** Sales before VAT, less the credits that count. */
export const turnoverOf = ({
  taxable,
  zeroRated,
  exempt,
}: Pick<VatLine, 'taxable' | 'zeroRated' | 'exempt'>): number => taxable + zeroRated + exempt;

/** A period as the form takes it, minor units. */
export interface FormLine {
  readonly period: string;
  readonly taxable: number;
  readonly vat: number;
  readonly untaxed: number;
  readonly turnover: number;
}

/** Adds up lines of several rates: one line a period, minor units. */
export function toForm(lines: readonly VatLine[]): readonly FormLine[] {
  return [...Map.groupBy(lines, ({ period }) => period)].map(([period, own]) => {
    const sum = (of: (line: VatLine) => number): number => sumMinor(own.map(of));
    return {
      period,
      taxable: sum((line) => line.taxable),
      vat: sum((line) => line.vat),
      untaxed: sum((line) => line.zeroRated + line.exempt),
      turnover: sum(turnoverOf),
    };
  });
}

/** Whole shekels, halves away from zero. */
export function toWhole(minor: number, currency: Currency): number {
  const unit = 10 ** exponentOf(currency);
  const rounded = Math.floor((Math.abs(minor) + unit / 2) / unit);
  return minor < 0 ? 0 - rounded : rounded;
}
