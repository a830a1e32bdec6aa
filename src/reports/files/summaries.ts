import type { Revenue, RevenuePart, RevenuePeriod, RevenueReport } from '../revenue.ts';
import { detailsOf, END_MARK } from './details.ts';
import type { About } from './details.ts';
import type { Column, Table, Titles } from './table.ts';
import { METHOD_WORDS, TOTAL } from './words.ts';

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

/** Whose file it is, of which days, with which numbers, and its sums by method and provider. */
export function summaryTable(about: About & { readonly report: RevenueReport }): Table<Line> {
  const { locale } = about.order;
  const columns: readonly Column<Line>[] = [
    { kind: 'text', title: { he: 'פרטי הדוח', en: 'summary' }, of: (line) => line.about[locale], width: 32 },
    { kind: 'text', title: { he: 'ערך', en: 'value' }, of: ({ text = null }) => text, width: 32 },
    ...sums<Line>((line) => line.sums ?? null),
  ];
  const { totals } = about.report;
  const lines: readonly Line[] = [
    ...detailsOf(about),
    { about: TOTAL, sums: totals },
    ...partsOf(totals.byMethod, (code) => ({
      he: METHOD_WORDS[code as keyof typeof METHOD_WORDS],
      en: code,
    })),
    ...partsOf(totals.byProvider, (code) => ({ he: code, en: code })),
    { about: END_MARK },
  ];
  return { name: { he: 'סיכום', en: 'Summary' }, columns, rows: [lines], hasTotals: false };
}

function partsOf(
  parts: Readonly<Record<string, RevenuePart>>,
  nameOf: (code: string) => Titles,
): readonly Line[] {
  return Object.entries(parts).map(([code, part]) => ({ about: nameOf(code), sums: part }));
}
