import type { PrintedChart, PrintedReport, PrintedTable } from '../../domain/printed-report.ts';
import { drawBars } from '../charts/bars.ts';
import type { Bar } from '../charts/bars.ts';
import { toRevenueBars } from '../charts/revenue-bars.ts';
import type { AgeGroup, OpenLinks } from '../outstanding.ts';
import type { RevenuePart, RevenuePeriod, RevenueReport } from '../revenue.ts';
import type { VatFigures, VatReport, VatRow } from '../vat.ts';
import { amountText, say } from './bundle-warnings.ts';
import { detailsOf, END_MARK } from './details.ts';
import type { Source } from './source.ts';
import { KIND_WORDS, METHOD_WORDS, TOTAL } from './words.ts';

/** What the reports of the API say of the days, and of the twelve months that end with them. */
export interface MonthFigures {
  readonly year: readonly RevenuePeriod[];
  readonly revenue: RevenueReport;
  readonly vat: VatReport;
  /** As they are when the page is made; null without any in the currency. */
  readonly open: OpenLinks | null;
  readonly otherCurrencies: readonly string[];
}

/** What the page is about. */
type About = Pick<Source, 'workspace' | 'order' | 'version'> & { readonly madeAt: Date };

/** Pixels of a chart as wide as the page, and of one half as wide. */
const [WIDE, HALF] = [673, 321];

/** The page in the language of its order. */
export function monthPage(figures: MonthFigures, about: About): PrintedReport {
  const { locale } = about.order;
  const { year, revenue, vat, open } = figures;
  const { totals } = revenue;
  const [business, number, , ...rest] = detailsOf({ ...about, numbers: [] });
  return {
    locale,
    title: KIND_WORDS.month[locale],
    facts: [business, number, ...rest]
      .filter((fact) => fact !== undefined)
      .map((fact) => [fact.about[locale], fact.text]),
    warningsTitle: say('לתשומת לב', 'Please look at', locale),
    warnings: notesOf(figures, about),
    tables: [sumsTable(revenue, about)],
    chart: {
      ...chartOf(
        say('הכנסות, 12 חודשים', 'Revenue, 12 months', locale),
        toRevenueBars(year, about.order),
        WIDE,
        about,
      ),
      ...(year.some(({ refunds }) => refunds > 0) && {
        note: say('החלק הלבן: החזרים', 'The white part: refunds', locale),
      }),
    },
    columns: [
      [
        partChart(say('לפי אמצעי תשלום', 'By method', locale), totals.byMethod, METHOD_WORDS, about),
        partChart(say('לפי ספק סליקה', 'By provider', locale), totals.byProvider, PROVIDER_WORDS, about),
      ],
      [vatTable(vat, about), openChart(open, about)],
    ],
    end: END_MARK[locale],
  };
}

function notesOf(
  { otherCurrencies }: MonthFigures,
  { workspace, order: { locale } }: About,
): readonly string[] {
  const others = otherCurrencies.join(', ');
  return [
    ...(workspace.mode === 'test'
      ? [
          say(
            'סביבת בדיקה: המסמכים אינם חוקיים',
            'A test workspace: the documents are not legal ones',
            locale,
          ),
        ]
      : []),
    ...(others === ''
      ? []
      : [say(`יש מסמכים גם במטבעות ${others}`, `There are documents in ${others} too`, locale)]),
  ];
}

function sumsTable({ totals }: RevenueReport, about: About): PrintedTable {
  const { locale } = about.order;
  const columns: readonly (readonly [string, string])[] = [
    [say('הכנסות', 'Revenue', locale), amountText(totals.gross, about)],
    [say('לפני מע"מ', 'Before VAT', locale), amountText(totals.net, about)],
    [say('מע"מ', 'VAT', locale), amountText(totals.vat, about)],
    [say('החזרים', 'Refunds', locale), amountText(totals.refunds, about)],
    [say('מסמכים', 'Documents', locale), String(totals.count)],
  ];
  return {
    title: say('סכומים', 'Sums', locale),
    heads: columns.map(([head]) => head),
    rows: [columns.map(([, figure]) => figure)],
    texts: 0,
  };
}

function vatTable({ rows, totals, unconfirmedCredits }: VatReport, about: About): PrintedTable {
  const { locale } = about.order;
  const isLong = new Set(rows.map(({ period }) => period)).size > 1;
  const toRow = (name: string, { net, vat }: VatFigures): readonly string[] => [
    name,
    amountText(net, about),
    amountText(vat, about),
  ];
  const nameOf = (row: VatRow): string => {
    const rate =
      row.vatTreatment === 'standard' ? `${row.rateBp / 100}%` : TREATMENT_WORDS[row.vatTreatment][locale];
    return isLong ? `${row.period} · ${rate}` : rate;
  };
  return {
    title: say('מע"מ, בניכוי זיכויים שאושרו', 'VAT, less confirmed credits', locale),
    heads: [say('שיעור', 'Rate', locale), say('עסקאות', 'Sales', locale), say('מע"מ', 'VAT', locale)],
    rows: [
      ...rows.map((row) => toRow(nameOf(row), row)),
      toRow(TOTAL[locale], totals),
      ...unconfirmedCredits.map((credits) => toRow(say('טרם אושרו', 'Not confirmed', locale), credits)),
    ],
  };
}

const TREATMENT_WORDS = {
  zero_rated: { he: 'שיעור אפס', en: 'Zero-rated' },
  exempt: { he: 'פטור', en: 'Exempt' },
};

/** Vendors keep their names. */
const PROVIDER_WORDS = { manual: 'ידני' };

function chartOf(
  title: string,
  bars: readonly Bar[],
  width: number,
  { order: { locale } }: About,
): PrintedChart {
  return {
    title,
    svg: bars.length === 0 ? null : drawBars({ locale, width, bars }),
    nothing: say('אין', 'None', locale),
  };
}

/** The largest first; what has only refunds is at the end. */
function partChart(
  title: string,
  parts: Readonly<Record<string, RevenuePart>>,
  words: Readonly<Record<string, string>>,
  about: About,
): PrintedChart {
  const bars = Object.entries(parts)
    .sort(([, one], [, other]) => other.gross - one.gross)
    .map(([code, { gross }]) => ({
      name: about.order.locale === 'he' ? (words[code] ?? code) : code.replaceAll('_', ' '),
      amount: gross,
      label: amountText(gross, about),
    }));
  return chartOf(title, bars, HALF, about);
}

/** Every age has a bar, also without links. */
function openChart(open: OpenLinks | null, about: About): PrintedChart {
  const { locale } = about.order;
  const bars = (open?.byAge ?? []).map((group) => ({
    name: ageText(group, about),
    amount: group.amount,
    label: `${amountText(group.amount, about)} (${group.count})`,
  }));
  return {
    ...chartOf(say('קישורים פתוחים לפי גיל', 'Open links by age', locale), bars, HALF, about),
    note: say('נכון למועד הפקת הדף', 'When this page was made', locale),
  };
}

function ageText({ fromDays, toDays }: AgeGroup, { order: { locale } }: About): string {
  if (toDays === null) return say(`${fromDays} ימים ומעלה`, `${fromDays} days or more`, locale);
  if (fromDays === 0) return say('עד יום', 'Under a day', locale);
  return say(`${fromDays}–${toDays - 1} ימים`, `${fromDays}–${toDays - 1} days`, locale);
}
