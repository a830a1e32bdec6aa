import type { Currency } from '../../domain/money.ts';
import type { Locale } from '../../domain/workspace.ts';

/**
 * What a column holds, by what its values are: text, a day (`YYYY-MM-DD`), an instant, minor units of money, a count, or a rate
 * in basis points.
 */
interface Values {
  readonly text: string | null;
  readonly day: string | null;
  readonly instant: Date | null;
  readonly money: number | null;
  readonly count: number | null;
  readonly rate: number | null;
}

/** One column of a table. */
export type Column<Row> = {
  readonly [Kind in keyof Values]: {
    readonly kind: Kind;
    readonly title: Titles;
    readonly of: (row: Row) => Values[Kind];
    /** In characters. */
    readonly width?: number;
    /** Whether the last line of a sheet has the sum of it, if it is money. Default true. */
    readonly isSummed?: boolean;
  };
}[keyof Values];

/** A title in each language. */
export type Titles = Readonly<Record<Locale, string>>;

/** A table of any length. */
export interface Table<Row> {
  readonly name: Titles;
  readonly columns: readonly Column<Row>[];
  readonly rows: Batches<Row>;
  /** Whether money has a sum in the last line of a sheet; the first column says "Total" there. Default true. */
  readonly hasTotals?: boolean;
}

/** Rows in batches, so that a table of any length needs little memory. */
export type Batches<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

/** A table whose rows are values in the order of its columns. */
export interface Sheet extends Omit<Table<never>, 'columns' | 'rows'> {
  readonly heads: readonly Pick<Column<never>, 'kind' | 'title' | 'width' | 'isSummed'>[];
  readonly rows: AsyncIterable<readonly (readonly Value[])[]>;
}
/** What a cell can hold. Money is a number of minor units. */
export type Value = string | number | Date | null;

/** The table with each row turned into the values of its columns. */
export function toSheet<Row>({ columns, rows, ...table }: Table<Row>): Sheet {
  return { ...table, heads: columns, rows: valuesOf(columns, rows) };
}

async function* valuesOf<Row>(
  columns: readonly Column<Row>[],
  batches: Batches<Row>,
): AsyncGenerator<readonly (readonly Value[])[]> {
  for await (const rows of batches) yield rows.map((row) => columns.map((column) => column.of(row)));
}

/** The same rows, each noted when it passes by. */
export async function* noting<Row>(
  batches: Batches<Row>,
  note: (row: Row) => void,
): AsyncGenerator<readonly Row[]> {
  for await (const rows of batches) {
    rows.forEach(note);
    yield rows;
  }
}

/** Columns by their kind: title in Hebrew, in English, the value of a row, and the width in characters. */
export const textColumn = <Row>(
  he: string,
  en: string,
  of: (row: Row) => string | null,
  width = 14,
): Column<Row> => ({
  kind: 'text',
  title: { he, en },
  of,
  width,
});
/** A column of calendar days, YYYY-MM-DD. */
export const dayColumn = <Row>(he: string, en: string, of: (row: Row) => string | null): Column<Row> => ({
  kind: 'day',
  title: { he, en },
  of,
});
/** A column of minor units. The last line of a sheet has its sum. */
export const moneyColumn = <Row>(he: string, en: string, of: (row: Row) => number | null): Column<Row> => ({
  kind: 'money',
  title: { he, en },
  of,
});
/** A column of moments, shown in the time zone of the file. */
export const instantColumn = <Row>(he: string, en: string, of: (row: Row) => Date | null): Column<Row> => ({
  kind: 'instant',
  title: { he, en },
  of,
  width: 18,
});
/** A column of rates in basis points. */
export const rateColumn = <Row>(he: string, en: string, of: (row: Row) => number | null): Column<Row> => ({
  kind: 'rate',
  title: { he, en },
  of,
});
/** A column of whole numbers. */
export const countColumn = <Row>(he: string, en: string, of: (row: Row) => number | null): Column<Row> => ({
  kind: 'count',
  title: { he, en },
  of,
});

/** How a file is written. */
export interface Manner {
  readonly locale: Locale;
  readonly currency: Currency;
  readonly timeZone: string;
}
