import type { Currency } from '../../domain/money.ts';
import type { Locale } from '../../domain/workspace.ts';

/** What a column holds, by what its values are: text, a day (`YYYY-MM-DD`), an instant, minor units of money, or a count. */
interface Values {
  readonly text: string | null;
  readonly day: string | null;
  readonly instant: Date | null;
  readonly money: number | null;
  readonly count: number | null;
}

/** One column of a table. */
export type Column<Row> = {
  readonly [Kind in keyof Values]: {
    readonly kind: Kind;
    readonly title: Titles;
    readonly of: (row: Row) => Values[Kind];
    /** In characters. */
    readonly width?: number;
  };
}[keyof Values];

export type Titles = Readonly<Record<Locale, string>>;

/** A table of any length. Its first column says what the row is about, and "Total" in the last line. */
export interface Table<Row> {
  readonly name: Titles;
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<readonly Row[]>;
}

/** How a file is written. */
export interface Manner {
  readonly locale: Locale;
  readonly currency: Currency;
  readonly timeZone: string;
}
