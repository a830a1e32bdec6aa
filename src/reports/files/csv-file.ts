import { stringify } from 'csv-stringify/sync';
import { dayInZone } from '../../domain/calendar.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Manner, Sheet, Value } from './table.ts';

/**
 * A table as CSV (RFC 4180): UTF-8 with a byte order mark, comma, CR LF, amounts in major units with a point. Days are
 * `31/01/2026` in Hebrew, ISO in English; a rate is in percent.
 */
export async function* writeCsv(sheet: Sheet, manner: Manner): AsyncGenerator<string> {
  const { heads } = sheet;
  yield `\u{FEFF}${toLines([heads.map(({ title }) => title[manner.locale])])}`;
  for await (const rows of sheet.rows)
    yield toLines(rows.map((values) => values.map((value, at) => toField(heads[at]?.kind, value, manner))));
}

const toLines = (records: readonly (readonly string[])[]): string =>
  stringify(records as string[][], { record_delimiter: 'windows' });

function toField(
  kind: Sheet['heads'][number]['kind'] | undefined,
  value: Value,
  { locale, currency, timeZone }: Manner,
): string {
  if (value === null) return '';
  if (value instanceof Date) return instantText(value, timeZone, locale);
  switch (kind) {
    case 'day':
      return dayText(String(value), locale);
    case 'money':
      return toMajorText(Number(value), exponentOf(currency));
    case 'rate':
      return toMajorText(Number(value), 2);
    case 'count':
      return String(value);
    case 'text':
    case 'instant':
    case undefined:
      return withoutFormula(String(value));
  }
}

/**
 * A spreadsheet takes text that begins like this for a formula, unless nothing follows. The apostrophe makes it text.
 * Source: OWASP, "CSV Injection".
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]./s.test(text) ? `'${text}` : text;
}

/** A day as people write it in the language of the file. */
export function dayText(day: string, locale: Manner['locale']): string {
  return locale === 'en' ? day : day.split('-').reverse().join('/');
}

function instantText(instant: Date, timeZone: string, locale: Manner['locale']): string {
  const time = instant.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${dayText(dayInZone(instant, timeZone), locale)} ${time}`;
}
