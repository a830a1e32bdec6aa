import type { Locale } from './workspace.ts';

/** A report of one page, in words: what it says is already in the language of its reader. */
export interface PrintedReport {
  readonly locale: Locale;
  readonly title: string;
  /** Whose it is, of which days, made when and by what: a name and its value. */
  readonly facts: readonly (readonly [string, string])[];
  /** What a person should look at. Empty: nothing. */
  readonly warnings: readonly string[];
  readonly warningsTitle: string;
  readonly tables: readonly PrintedTable[];
  /** Below the tables, as wide as the page. */
  readonly chart?: PrintedChart;
  /** Below it, side by side: from the top of each down. */
  readonly columns?: readonly (readonly (PrintedChart | PrintedTable)[])[];
  /** The words at its end. */
  readonly end: string;
}

/** A row has as many cells as there are heads; the first `texts` of them are text, the others are figures. */
export interface PrintedTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Default: 1. */
  readonly texts?: number;
}

/** A picture with its title. Null: there is nothing to draw, and `nothing` says so. */
export interface PrintedChart {
  readonly title: string;
  /** What the title does not say. */
  readonly note?: string;
  /** SVG as `reports/charts/bars.ts` draws it: trusted, so its text is escaped already. */
  readonly svg: string | null;
  readonly nothing: string;
}
