import type { NumbersInRange } from '../../db/transaction-rows.ts';
import { dayBefore } from '../../domain/export.ts';
import type { ExportOrder } from '../../domain/export.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale, Workspace } from '../../domain/workspace.ts';
import type { Revenue, RevenuePart, RevenuePeriod, RevenueReport } from '../revenue.ts';
import type { Column, Table, Titles } from './table.ts';
import { METHOD_WORDS, TOTAL, TYPE_WORDS } from './words.ts';

const sums = <Row>(of: (row: Row) => Revenue | null): readonly Column<Row>[] => [
  { kind: 'money', title: { he: 'סכום כולל', en: 'gross' }, of: (row) => of(row)?.gross ?? null },
  { kind: 'money', title: { he: 'לפני מע"מ', en: 'net' }, of: (row) => of(row)?.net ?? null },
  { kind: 'money', title: { he: 'מע"מ', en: 'vat' }, of: (row) => of(row)?.vat ?? null },
  { kind: 'money', title: { he: 'הוחזר', en: 'refunded' }, of: (row) => of(row)?.refunds ?? null },
  { kind: 'count', title: { he: 'מסמכים', en: 'documents' }, of: (row) => of(row)?.count ?? null },
];

/** The revenue of each month, also of months without any. */
export function monthlyTable({ periods }: RevenueReport): Table<RevenuePeriod> {
  const month: Column<RevenuePeriod> = {
    kind: 'text',
    title: { he: 'חודש', en: 'month' },
    of: ({ period }) => period,
  };
  return {
    name: { he: 'חודשי', en: 'Monthly' },
    columns: [month, ...sums<RevenuePeriod>((row) => row)],
    rows: [periods],
  };
}

/** A line of the summary: something said of the file, or sums. */
interface Line {
  readonly about: Titles;
  readonly text?: string;
  readonly sums?: Revenue;
}

/** What a file is about and made from. */
export interface About {
  readonly workspace: Pick<Workspace, 'legalName' | 'taxId' | 'timeZone'>;
  readonly order: ExportOrder;
  readonly report: RevenueReport;
  readonly numbers: readonly NumbersInRange[];
  readonly madeAt: Date;
}

/** Whose file it is, of which days, with which numbers, and its sums by method and provider. */
export function summaryTable(about: About): Table<Line> {
  const { locale } = about.order;
  const columns: readonly Column<Line>[] = [
    { kind: 'text', title: { he: 'פרטי הדוח', en: 'summary' }, of: (line) => line.about[locale], width: 32 },
    { kind: 'text', title: { he: 'ערך', en: 'value' }, of: ({ text = null }) => text, width: 32 },
    ...sums<Line>((line) => line.sums ?? null),
  ];
  const { totals } = about.report;
  const lines: readonly Line[] = [
    ...headOf(about),
    { about: TOTAL, sums: totals },
    ...partsOf(totals.byMethod, (code) => ({
      he: METHOD_WORDS[code as keyof typeof METHOD_WORDS],
      en: code,
    })),
    ...partsOf(totals.byProvider, (code) => ({ he: code, en: code })),
    { about: { he: '--- סוף הדוח ---', en: '--- end of report ---' } },
  ];
  return { name: { he: 'סיכום', en: 'Summary' }, columns, rows: [lines], hasTotals: false };
}

function headOf({ workspace, order, numbers, madeAt }: About): readonly Line[] {
  const { locale } = order;
  return [
    { about: { he: 'שם העסק', en: 'business' }, text: workspace.legalName[locale] },
    { about: { he: 'מספר עוסק', en: 'tax id' }, text: workspace.taxId },
    { about: { he: 'מתאריך', en: 'first day' }, text: order.from },
    { about: { he: 'עד תאריך (כולל)', en: 'last day' }, text: dayBefore(order.to) },
    { about: { he: 'הופק', en: 'made' }, text: madeText(madeAt, workspace.timeZone) },
    { about: { he: 'תוכנה', en: 'program' }, text: 'Tashlum' },
    ...numbers.map((one) => toNumbersLine(one, locale)),
  ];
}

const madeText = (madeAt: Date, timeZone: string): string => madeAt.toLocaleString('sv-SE', { timeZone });

function toNumbersLine({ type, first, last, count }: NumbersInRange, locale: Locale): Line {
  const span = `${displayNumber(type, first)} – ${displayNumber(type, last)}`;
  const text = locale === 'he' ? `${span} (${count} מסמכים)` : `${span} (${count} documents)`;
  return { about: TYPE_WORDS[type], text };
}

function partsOf(
  parts: Readonly<Record<string, RevenuePart>>,
  nameOf: (code: string) => Titles,
): readonly Line[] {
  return Object.entries(parts).map(([code, part]) => ({ about: nameOf(code), sums: part }));
}
