import {
  countFindings,
  countPaidWithoutDocument,
  listDocumentsWithoutPayment,
  listFallingDates,
  listMissingPushes,
  listNumberGaps,
  listPaidWithoutDocument,
} from '../../db/document-gaps.ts';
import type { NumberGap, SeriesFindings } from '../../db/document-gaps.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, textColumn, toSheet } from './table.ts';
import type { Column, Titles } from './table.ts';
import { KIND_WORDS, TYPE_WORDS } from './words.ts';

/** So many findings of a sort are listed; the first sheet counts them all. */
const MOST_LISTED = 1_000;

/** The verdict on a series without gaps. */
export const NOTHING_MISSING: Titles = { he: 'אין מספרים חסרים', en: 'No numbers are missing' };
const MISSING: Titles = { he: 'חסרים מספרים', en: 'Numbers are missing' };
const ALL_SERIES: Titles = { he: 'כל הסדרות', en: 'All series' };

/** A series, or with `series` null the books as a whole. */
interface Line extends Omit<SeriesFindings, 'series' | 'first' | 'last'> {
  readonly series: DocumentType | null;
  readonly first: number | null;
  readonly last: number | null;
  readonly paidWithoutDocument: number | null;
  readonly verdict: string;
}

/** One thing that was found. */
interface Finding {
  readonly what: Titles;
  readonly series?: DocumentType;
  readonly number?: string;
  readonly id?: string;
  readonly note?: string | null;
}

/**
 * The check of numbers, of every series from its first number to its last, whatever the range: a number that is missing has
 * no date. It says aloud when nothing is missing. Source: docs/reference/israel-tax.md, "Numbering".
 */
export async function readGapSheets({ tx, workspace, order }: Source): Promise<Contents> {
  const { locale } = order;
  const series = await countFindings(tx, workspace.id);
  const gaps = await listNumberGaps(tx, workspace.id, MOST_LISTED);
  const paid = await listPaidWithoutDocument(tx, workspace.id, MOST_LISTED);
  const lines = toLines(series, gaps, {
    paid: await countPaidWithoutDocument(tx, workspace.id),
    locale,
  });
  const findings = [
    ...gaps.map(({ series: of, from, to }) => ({ what: MISSING, series: of, number: spanOf(of, from, to) })),
    ...paid.map(({ paymentId, review }) => ({ what: WHAT.paid, id: paymentId, note: review })),
    ...(await listDocumentsWithoutPayment(tx, workspace.id, MOST_LISTED)).map(({ documentId }) => ({
      what: WHAT.unpaid,
      id: documentId,
    })),
    ...(await listFallingDates(tx, workspace.id, MOST_LISTED)).map(({ documentId, series: of, number }) => ({
      what: WHAT.falling,
      series: of,
      number: displayNumber(of, number),
      id: documentId,
    })),
    ...(await listMissingPushes(tx, workspace.id, MOST_LISTED)).map(({ documentId, lastError }) => ({
      what: WHAT.unpushed,
      id: documentId,
      note: lastError,
    })),
  ];
  const shared = { hasTotals: false };
  return {
    totalRows: lines.length,
    sheets: [
      toSheet({ ...shared, name: KIND_WORDS.gaps, columns: lineColumns(locale), rows: [lines] }),
      toSheet({
        ...shared,
        name: { he: 'ממצאים', en: 'Findings' },
        columns: findingColumns(locale),
        rows: [findings],
      }),
    ],
  };
}

const WHAT = {
  paid: { he: 'תשלום בלי מסמך', en: 'paid without document' },
  unpaid: { he: 'מסמך בלי תשלום', en: 'document without payment' },
  falling: { he: 'תאריך שאינו עולה', en: 'date earlier than that of the number before' },
  unpushed: { he: 'לא נשלח לשירות החשבוניות', en: 'not at the invoice service' },
} as const satisfies Readonly<Record<string, Titles>>;

const spanOf = (series: DocumentType, from: number, to: number): string =>
  from === to ? displayNumber(series, from) : `${displayNumber(series, from)} – ${displayNumber(series, to)}`;

function toLines(
  series: readonly SeriesFindings[],
  gaps: readonly NumberGap[],
  { paid, locale }: { readonly paid: number; readonly locale: Locale },
): readonly Line[] {
  const sum = (of: (one: SeriesFindings) => number): number => series.reduce((all, one) => all + of(one), 0);
  const verdictOf = (missing: number, own: readonly NumberGap[]): string =>
    missing === 0
      ? NOTHING_MISSING[locale]
      : `${MISSING[locale]}: ${own.map((gap) => spanOf(gap.series, gap.from, gap.to)).join(', ')}`;
  const own = series.map((one) => ({
    ...one,
    paidWithoutDocument: null,
    verdict: verdictOf(
      one.missing,
      gaps.filter((gap) => gap.series === one.series),
    ),
  }));
  const missing = sum((one) => one.missing);
  const whole: Line = {
    series: null,
    first: null,
    last: null,
    count: sum((one) => one.count),
    missing,
    twice: sum((one) => one.twice),
    falling: sum((one) => one.falling),
    unpaid: sum((one) => one.unpaid),
    originalsKept: sum((one) => one.originalsKept),
    unpushed: sum((one) => one.unpushed),
    paidWithoutDocument: paid,
    verdict: missing === 0 ? NOTHING_MISSING[locale] : `${MISSING[locale]}: ${missing}`,
  };
  return [...own, whole];
}

function lineColumns(locale: Locale): readonly Column<Line>[] {
  return [
    textColumn(
      'סדרה',
      'series',
      ({ series }) => (series === null ? ALL_SERIES : TYPE_WORDS[series])[locale],
      24,
    ),
    countColumn('מספר ראשון', 'first', ({ first }) => first),
    countColumn('אחרון', 'last', ({ last }) => last),
    countColumn('כמות', 'count', ({ count }) => count),
    countColumn('חסרים', 'missing', ({ missing }) => missing),
    countColumn('כפולים', 'twice', ({ twice }) => twice),
    countColumn('תאריכים שאינם עולים', 'fallingDates', ({ falling }) => falling),
    countColumn('תשלום בלי מסמך', 'paidWithoutDocument', (line) => line.paidWithoutDocument),
    countColumn('מסמך בלי תשלום', 'documentsWithoutPayment', ({ unpaid }) => unpaid),
    countColumn('מקור שלא יצא', 'originalsKept', ({ originalsKept }) => originalsKept),
    countColumn('לא נשלח לשירות', 'notAtService', ({ unpushed }) => unpushed),
    textColumn('תוצאה', 'verdict', ({ verdict }) => verdict, 40),
  ];
}

function findingColumns(locale: Locale): readonly Column<Finding>[] {
  return [
    textColumn('ממצא', 'finding', ({ what }) => what[locale], 32),
    textColumn(
      'סדרה',
      'series',
      ({ series }) => (series === undefined ? null : TYPE_WORDS[series][locale]),
      24,
    ),
    textColumn('מספר', 'number', ({ number = null }) => number),
    textColumn('מזהה', 'id', ({ id = null }) => id, 32),
    textColumn('הערה', 'note', ({ note = null }) => note, 40),
  ];
}
