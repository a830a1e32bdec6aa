import { stringify } from 'csv-stringify/sync';
import { dayInZone } from '../../domain/calendar.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Column, Manner, Table } from './table.ts';

/**
 * A table as CSV (RFC 4180): UTF-8 with a byte order mark, comma, CR LF, amounts in major units with a point. Days are
 * `31/01/2026` in Hebrew, ISO in English.
 */
export async function* writeCsv<Row>(table: Table<Row>, manner: Manner): AsyncGenerator<string> {
  const { columns } = table;
  yield `\u{FEFF}${toLines([columns.map(({ title }) => title[manner.locale])])}`;
  for await (const rows of table.rows)
    yield toLines(rows.map((row) => columns.map((column) => toField(column, row, manner))));
}

const toLines = (records: readonly (readonly string[])[]): string =>
  stringify(records as string[][], { record_delimiter: 'windows' });

function toField<Row>(column: Column<Row>, row: Row, { locale, currency, timeZone }: Manner): string {
  if (column.kind === 'instant') {
    const instant = column.of(row);
    return instant === null ? '' : instantText(instant, timeZone, locale);
  }
  const value = column.of(row);
  if (value === null) return '';
  switch (column.kind) {
    case 'text':
      return withoutFormula(String(value));
    case 'day':
      return dayText(String(value), locale);
    case 'money':
      return toMajorText(Number(value), exponentOf(currency));
    case 'count':
      return String(value);
  }
}

/**
 * A spreadsheet takes text that begins like this for a formula. The apostrophe makes it text. Source: OWASP, "CSV Injection".
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function dayText(day: string, locale: Manner['locale']): string {
  return locale === 'en' ? day : day.split('-').reverse().join('/');
}

function instantText(instant: Date, timeZone: string, locale: Manner['locale']): string {
  const time = instant.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${dayText(dayInZone(instant, timeZone), locale)} ${time}`;
}
