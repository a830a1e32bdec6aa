import type { VatSum } from '../db/report-sums.ts';
import type { Day } from '../domain/calendar.ts';
import { sumMinor } from '../domain/money.ts';
import type { VatTreatment } from '../domain/vat.ts';
import { VAT_TREATMENTS } from '../domain/vat.ts';
import { periodOf, periodsIn } from './periods.ts';
import type { DayRange, PeriodKind } from './periods.ts';

/** Sums in minor units, `gross` = `net` + `vat`. */
export interface VatFigures {
  readonly net: number;
  readonly vat: number;
  readonly gross: number;
}

/**
 * The sales of one period with one rate, less the credits that count in it. `zero_rated` and `exempt` have rate 0, and
 * so have the sales of a dealer who charges no VAT (`standard`).
 */
export interface VatRow extends VatFigures {
  readonly period: string;
  readonly rateBp: number;
  readonly vatTreatment: VatTreatment;
}

/** Credits of a period that lower no VAT yet, because the customer did not confirm them. */
export interface UnconfirmedCredits extends VatFigures {
  readonly period: string;
}

/** The VAT of a range, minor units. */
export interface VatReport {
  readonly rows: readonly VatRow[];
  readonly totals: VatFigures;
  readonly unconfirmedCredits: readonly UnconfirmedCredits[];
}

/** The documents whose tax point lies in an earlier period of the return than their date. */
export function earlierTaxPoints<Moved extends { readonly documentDate: Day; readonly taxPoint: Day }>(
  moved: readonly Moved[],
  kind: PeriodKind,
): readonly (Moved & { readonly taxPeriod: string })[] {
  return moved
    .map((one) => ({ ...one, taxPeriod: periodOf(one.taxPoint, kind) }))
    .filter(({ taxPeriod, documentDate }) => taxPeriod < periodOf(documentDate, kind));
}

/** Adds up the sums of days. A period without documents has one row of zeros, with rate 0. */
export function vatReport(sums: readonly VatSum[], range: DayRange, kind: PeriodKind): VatReport {
  const byPeriod = Map.groupBy(sums, ({ day }) => periodOf(day, kind));
  const periods = periodsIn(range, kind);
  const rows = periods.flatMap((period) => rowsOf(period, byPeriod.get(period) ?? []));
  return {
    rows,
    totals: add(rows),
    unconfirmedCredits: periods.flatMap((period) => {
      const waiting = (byPeriod.get(period) ?? []).filter(({ isUnconfirmed }) => isUnconfirmed);
      return waiting.length === 0 ? [] : [{ period, ...add(waiting.map(toFigures)) }];
    }),
  };
}

function rowsOf(period: string, sums: readonly VatSum[]): readonly VatRow[] {
  const counted = sums.filter(({ isUnconfirmed }) => !isUnconfirmed).flatMap(toParts);
  const groups = Map.groupBy(counted, ({ rateBp, vatTreatment }) => `${rateBp} ${vatTreatment}`);
  const rows = [...groups.values()].flatMap((parts) => {
    const [first] = parts;
    return first === undefined
      ? []
      : [{ period, rateBp: first.rateBp, vatTreatment: first.vatTreatment, ...add(parts) }];
  });
  if (rows.length === 0) return [{ period, rateBp: 0, vatTreatment: 'standard', ...add([]) }];
  return rows.sort(byRate);
}

/** Highest rate first, then the treatments in their usual order. */
function byRate(one: VatRow, other: VatRow): number {
  const order = VAT_TREATMENTS.indexOf(one.vatTreatment) - VAT_TREATMENTS.indexOf(other.vatTreatment);
  return other.rateBp - one.rateBp || order;
}

type Part = VatFigures & Pick<VatRow, 'rateBp' | 'vatTreatment'>;

/** A document may have lines of all three kinds. What is nothing makes no row. */
function toParts(sum: VatSum): readonly Part[] {
  const sign = sum.isCredit ? -1 : 1;
  const taxed = sum.net - sum.zeroRated - sum.exempt;
  const untaxed = (net: number, vatTreatment: VatTreatment): readonly Part[] =>
    net === 0 ? [] : [{ rateBp: 0, vatTreatment, net: sign * net, vat: 0, gross: sign * net }];
  const standard: Part = {
    rateBp: sum.rateBp,
    vatTreatment: 'standard',
    net: sign * taxed,
    vat: sign * sum.vat,
    gross: sign * (taxed + sum.vat),
  };
  const isEmpty = taxed === 0 && sum.vat === 0;
  return [
    ...(isEmpty ? [] : [standard]),
    ...untaxed(sum.zeroRated, 'zero_rated'),
    ...untaxed(sum.exempt, 'exempt'),
  ];
}

const toFigures = ({ net, vat }: VatSum): VatFigures => ({ net, vat, gross: net + vat });

function add(figures: readonly VatFigures[]): VatFigures {
  const of = (key: keyof VatFigures): number => sumMinor(figures.map((one) => one[key]));
  return { net: of('net'), vat: of('vat'), gross: of('gross') };
}
