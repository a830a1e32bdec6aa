import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import type { stream, Worksheet } from 'exceljs';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Manner, Sheet, Value } from './table.ts';
import { TOTAL } from './words.ts';

/**
 * Sheets as an xlsx file: right to left in Hebrew, the head frozen, days and sums as numbers, sums by formulas in the last
 * line. Rows are written as they come. Text is stored as text, so none of it is ever a formula.
 */
export async function* writeXlsx(sheets: readonly Sheet[], manner: Manner): AsyncGenerator<Uint8Array> {
  // Loaded by the files that need it: every other one would wait for a third of a second and hold 35 MB for nothing.
  const { default: exceljs } = await import('exceljs');
  const out = new PassThrough();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  // A failure destroys the stream, and so reaches the reader below.
  const writing = writeSheets(book, sheets, { ...manner, out }).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  yield* out as AsyncIterable<Uint8Array>;
  await writing;
}

type Writing = Manner & { readonly out: PassThrough };

async function writeSheets(
  book: stream.xlsx.WorkbookWriter,
  sheets: readonly Sheet[],
  writing: Writing,
): Promise<void> {
  for (const sheet of sheets) await writeSheet(book, sheet, writing);
  await book.commit();
}

async function writeSheet(book: stream.xlsx.WorkbookWriter, sheet: Sheet, writing: Writing): Promise<void> {
  const { locale, out } = writing;
  const { heads } = sheet;
  const page = book.addWorksheet(sheet.name[locale], {
    views: [{ state: 'frozen', ySplit: 1, rightToLeft: locale === 'he' }],
  });
  page.columns = heads.map(({ kind, width = 14 }) => ({ width, style: { numFmt: formatOf(kind, writing) } }));
  page.addRow(heads.map(({ title }) => title[locale])).font = { bold: true };
  const sums = heads.map(() => 0);
  let count = 0;
  for await (const rows of sheet.rows) {
    for (const values of rows) {
      values.forEach((value, at) => {
        if (heads[at]?.kind === 'money') sums[at] = (sums[at] ?? 0) + Number(value ?? 0);
      });
      page.addRow(values.map((value, at) => toCell(heads[at]?.kind, value, writing))).commit();
    }
    count += rows.length;
    if (out.writableNeedDrain) await once(out, 'drain');
    // The packer works beside this thread; rows that it has not taken yet would fill the memory.
    await new Promise(setImmediate);
  }
  if (sheet.hasTotals !== false) addTotals(page, sheet, { sums, count, ...writing });
  page.autoFilter = { from: { row: 1, column: 1 }, to: { row: count + 1, column: heads.length } };
  page.commit();
}

function addTotals(
  page: Worksheet,
  { heads }: Sheet,
  { sums, count, ...manner }: Manner & { readonly sums: readonly number[]; readonly count: number },
): void {
  const cells = heads.map(({ kind, isSummed = true }, at) => {
    if (at === 0) return TOTAL[manner.locale];
    if (kind !== 'money' || !isSummed) return null;
    const column = page.getColumn(at + 1).letter;
    // Without rows the range would be the cell of the sum itself.
    const formula = count === 0 ? 'SUM(0)' : `SUM(${column}2:${column}${count + 1})`;
    return { formula, result: toMajor(sums[at] ?? 0, manner) };
  });
  page.addRow(cells).font = { bold: true };
}

type Kind = Sheet['heads'][number]['kind'];

function toCell(kind: Kind | undefined, value: Value, manner: Manner): Value {
  if (value === null) return null;
  if (kind === 'money') return toMajor(Number(value), manner);
  if (kind === 'rate') return Number(value) / 10_000;
  if (kind === 'day') return new Date(`${String(value)}T00:00:00Z`);
  // A spreadsheet knows no zones: the wall clock of the workspace is written.
  return value instanceof Date ? new Date(`${wallClock(value, manner.timeZone)}Z`) : value;
}

const toMajor = (minor: number, { currency }: Manner): number =>
  Number(toMajorText(minor, exponentOf(currency)));

/** `2026-01-31T10:00:00` */
const wallClock = (instant: Date, timeZone: string): string =>
  instant.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');

function formatOf(kind: Kind, { locale, currency }: Manner): string {
  const day = locale === 'he' ? 'dd/mm/yyyy' : 'yyyy-mm-dd';
  const decimals = '0'.repeat(exponentOf(currency));
  const money = `#,##0${decimals && `.${decimals}`} "${currency === 'ILS' ? '₪' : currency}"`;
  return { text: '@', day, instant: `${day} hh:mm`, money, count: '0', rate: '0.##%' }[kind];
}
