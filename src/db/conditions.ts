/** A row of a list that is sorted by an instant, with that instant to the microsecond. */
export type Listed<Row> = Row & { readonly sortKey: string };

/**
 * An instant as PostgreSQL has it: a `Date` knows milliseconds, and a list that goes on after one would leave out what
 * lies between.
 */
export function exactly(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The conditions of one statement with their values. A filter that is absent leaves no trace in the statement, so that each has its own plan. */
export interface Conditions {
  readonly where: string[];
  readonly values: unknown[];
  /** Adds a condition on the n-th parameter, unless the value is undefined. */
  readonly add: (condition: (n: number) => string, value: unknown) => void;
}

/** Begins with `column = $1`. */
export function conditions(column: string, value: unknown): Conditions {
  const where = [`${column} = $1`];
  const values: unknown[] = [value];
  return {
    where,
    values,
    add: (condition, given) => {
      if (given === undefined) return;
      values.push(given);
      where.push(condition(values.length));
    },
  };
}

/**
 * The order of documents in the files of accountants: by day, sales before credits, then by series and number. Ids are not in the
 * order of numbers where two documents are issued at the same moment.
 */
export const byDayAndNumber = (table = ''): string =>
  `${table}document_date, ${table}refund_id IS NOT NULL, ${table}type, ${table}number`;
